using static PublicService.Dossiers.LedgerAct;

namespace PublicService.Dossiers;

/// <summary>What the national portal has to hear of an act.</summary>
[Flags]
public enum PortalNews
{
    None = 0,

    /// <summary>What the portal shows of the dossier has changed: DongBoHoSoMC.</summary>
    Dossier = 1,

    /// <summary>A step that belongs to the course of the dossier: CapNhatTienDoHoSoMC.</summary>
    Progress = 2,
}

/// <summary>
/// Which acts are synchronised with the national portal. The table stands with the law and not in a procedure's workflow, so that no
/// procedure can forget one.
/// </summary>
public static class PortalNewsTable
{
    /// <summary>What the portal must hear of this act. A new act that changes the dossier is told unless this table says otherwise; a new note is not.</summary>
    public static PortalNews News(this LedgerAct act) => act switch
    {
        Submitted or Begun or FeeRequested or PaymentWaived or PaymentCancelled or PaymentRefunded => PortalNews.Dossier,
        Extended or PromiseRecomputed or ClockResumed or ApplicantCorrected or DocumentIssued => PortalNews.Dossier,
        SyncRetried or SyncAsked => PortalNews.Dossier,
        TaskCompleted or TransferSent or TransferAnswered or OpinionAsked or OpinionGiven or ConsentBySilence => PortalNews.Progress,
        Published or Approved or Signed or MovedBack or StepSkipped or ResultArrived or ResultPosted or ResultCameBack => PortalNews.Progress,
        SyncConfirmed or SyncRejected => PortalNews.None,
        // A reorganisation moves tens of thousands at once: the new office goes with the next message of each.
        Reorganised => PortalNews.None,
        // An affair of the office: what the portal shows of the dossier stays.
        VersionMoved => PortalNews.None,
        // Goes with the next message; a closed dossier takes no paper and no form.
        PaperAttached or PaperRemoved or FormChanged or ClockPaused => PortalNews.None,
        _ => act.IsNote() ? PortalNews.None : PortalNews.Dossier | PortalNews.Progress,
    };
}
