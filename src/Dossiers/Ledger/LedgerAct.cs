namespace PublicService.Dossiers;

/// <summary>What happened. Stored as text, so a name once used is never changed or given a second meaning.</summary>
public enum LedgerAct
{
    Submitted,
    Received,
    NotAccepted,
    Forwarded,
    Reorganised,
    VersionMoved,
    Begun,
    Finished,
    Reopened,
    Withdrawn,
    Stopped,
    FormChanged,
    ApplicantCorrected,

    SupplementRequested,
    SupplementProvided,

    FeeRequested,
    PaymentRequested,
    PaymentConfirmed,
    PaymentWaived,
    PaymentCancelled,
    PaymentRefunded,

    ClockPaused,
    ClockResumed,
    Extended,
    PromiseRecomputed,

    PaperAttached,
    PaperRemoved,

    ResultArrived,
    ResultPosted,
    ResultCameBack,
    ResultReturned,

    SyncConfirmed,
    SyncRejected,
    SyncRetried,

    // From here on: neutral notes, see LedgerActs.IsNote.
    TaskCreated,
    TaskClaimed,
    TaskReleased,
    TaskCompleted,
    TransferSent,
    TransferAnswered,
    OpinionAsked,
    OpinionGiven,
    ConsentBySilence,
    DeadlineWarned,
    DeadlineBreached,
    DataLookedUp,
    PaperDigitised,
    DraftSaved,
    Approved,
    Signed,
    DocumentIssued,
    Published,
    Notified,
    CredentialOffered,
    CredentialDelivered,
    LinkedDossierStarted,
    LinkedDossierEnded,
    StepSkipped,
    StepRetried,
    MovedBack,
    Rated,
    Commented,
    HandedOver,
    TaskCancelled,
    SyncAsked,
    ReturnPointChanged,
}

/// <summary>Which acts change the dossier and which only tell what happened around it.</summary>
public static class LedgerActs
{
    /// <summary>True for acts that <see cref="Dossier.Note"/> may write: they move no status and no clock.</summary>
    public static bool IsNote(this LedgerAct act) => act >= LedgerAct.TaskCreated;
}
