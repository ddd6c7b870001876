namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    /// <summary>The national portal has accepted everything it had to hear. Messages of a dossier go in order: call it for the last one only.</summary>
    public void ConfirmSync(Act act) => Synchronise(SyncStatus.Synced, LedgerAct.SyncConfirmed, null, act);

    /// <summary>
    /// The national portal refused, or the message lacks what the portal demands and is held back rather than made up;
    /// <paramref name="reason"/> says which. An unsent dossier costs index points twice.
    /// </summary>
    public void RejectSync(string reason, Act act) => Synchronise(SyncStatus.Rejected, LedgerAct.SyncRejected, GivenReason(reason), act);

    /// <summary>Somebody sends it again, also when an earlier message still waits or was given up.</summary>
    public void RetrySync(Act act) => Synchronise(SyncStatus.Pending, LedgerAct.SyncRetried, null, act);

    /// <summary>
    /// Corrects who the applicant is, in every status: a wrong or missing identity keeps the dossier from the national portal, and nobody
    /// may make one up. The ledger keeps that it was corrected and why, not the personal data.
    /// </summary>
    /// <exception cref="RefusedException">REASON_REQUIRED, APPLICANT_REQUIRED.</exception>
    public void CorrectApplicant(Applicant applicant, string reason, Act act)
    {
        ArgumentNullException.ThrowIfNull(applicant);
        reason = GivenReason(reason);
        CheckTime(act);
        Take(applicant);
        Record(LedgerAct.ApplicantCorrected, act, reason);
    }

    private void Synchronise(SyncStatus to, LedgerAct kind, string? reason, Act act)
    {
        CheckTime(act);
        if (!SyncMoves.Allows(SyncStatus, to))
        {
            throw Refusals.SyncMove(SyncStatus, to);
        }

        SyncStatus = to;
        Record(kind, act, reason);
    }
}
