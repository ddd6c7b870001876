namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>How the finish stood against the promise; null while not finished.</summary>
    public Band? FinishedBand { get; private set; }

    /// <summary>Số, ký hiệu of the result document.</summary>
    public string? ResultNumber { get; private set; }

    /// <summary>Code of the digitised result, for example KQ.G15.000031.</summary>
    public string? ResultCode { get; private set; }

    /// <summary>An officer starts to work on the received dossier (status 4).</summary>
    public void Begin(Act act)
    {
        if (BusinessStatus is not BusinessStatus.Received)
        {
            throw Refusals.BusinessMove(BusinessStatus, BusinessStatus.InProgress);
        }

        Check(BusinessStatus.InProgress, act);
        MoveTo(BusinessStatus.InProgress);
        Record(LedgerAct.Begun, act);
    }

    /// <summary>The result is numbered and released (status 9): this is the finish time of both clocks (D9). Being overdue never blocks it (D12).</summary>
    public void Finish(string? resultNumber, string? resultCode, Act act)
    {
        Check(BusinessStatus.Finished, act);
        if (OpenPauses is not PauseKinds.None)
        {
            throw Refusals.ClockPaused();
        }

        FinishedAt = act.At;
        FinishedBand = DueAt is { } due ? Bands.OfFinished(due, act.At) : Band.NoPromise;
        (ResultNumber, ResultCode) = (resultNumber, resultCode);
        DeliveryStatus = ReceivingOfficeId == CompetentOfficeId ? DeliveryStatus.Ready : DeliveryStatus.AwaitingArrival;
        MoveTo(BusinessStatus.Finished);
        Record(LedgerAct.Finished, act, data: new { resultNumber, resultCode });
    }

    /// <summary>Takes back a released result that is wrong, before it leaves for the citizen. The clock counts on as if it had never stopped.</summary>
    public void Reopen(string reason, Act act)
    {
        reason = GivenReason(reason);
        Check(BusinessStatus.InProgress, act);
        if (BusinessStatus is not BusinessStatus.Finished)
        {
            throw Refusals.BusinessMove(BusinessStatus, BusinessStatus.InProgress);
        }

        CheckDelivery(DeliveryStatus.NotReady);
        (FinishedAt, FinishedBand) = (null, null);
        DeliveryStatus = DeliveryStatus.NotReady;
        MoveTo(BusinessStatus.InProgress);
        Record(LedgerAct.Reopened, act, reason, data: new { ResultNumber });
        (ResultNumber, ResultCode) = (null, null);
    }

    /// <summary>The citizen takes the dossier back (status 7).</summary>
    public void Withdraw(string reason, Act act)
    {
        End(BusinessStatus.Withdrawn, LedgerAct.Withdrawn, reason, act);
    }

    /// <summary>Form 05: the office stops the dossier (status 8), for example when no supplement came in time.</summary>
    public void Stop(string reason, Act act)
    {
        if (ReceivedAt is null)
        {
            throw Refusals.ClockNotStarted();
        }

        End(BusinessStatus.Stopped, LedgerAct.Stopped, reason, act);
    }

    private void End(BusinessStatus status, LedgerAct kind, string reason, Act act)
    {
        reason = GivenReason(reason);
        Check(status, act);
        EndPauses();
        MoveTo(status);
        Record(kind, act, reason, Articles.Stop);
    }
}
