namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    /// <summary>The national portal accepted the present status. The outbox is ordered per dossier: call it for the last message only.</summary>
    public void ConfirmSync(Act act) => Synchronise(SyncStatus.Synced, LedgerAct.SyncConfirmed, null, act);

    /// <summary>The national portal refused; <paramref name="reason"/> is its answer. An unsent dossier costs index points twice.</summary>
    public void RejectSync(string reason, Act act) => Synchronise(SyncStatus.Rejected, LedgerAct.SyncRejected, GivenReason(reason), act);

    /// <summary>Somebody sends it again.</summary>
    public void RetrySync(Act act) => Synchronise(SyncStatus.Pending, LedgerAct.SyncRetried, null, act);

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
