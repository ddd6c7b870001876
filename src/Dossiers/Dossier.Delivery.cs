namespace PublicService.Dossiers;

/// <summary>Hình thức trả kết quả. 0 and 1 as production systems send them; 2 [from memory].</summary>
public enum ReturnMethod
{
    Counter = 0,
    Post = 1,
    Electronic = 2,
}

public sealed partial class Dossier
{
    public DateTimeOffset? ReturnedAt { get; private set; }

    public string? ReturnedTo { get; private set; }

    public ReturnMethod? ReturnMethod { get; private set; }

    /// <summary>How the applicant asked for the result when handing in (form 01); what really happened is <see cref="ReturnMethod"/>.</summary>
    public ReturnMethod? WantedReturn { get; private init; }

    /// <summary>The receiving place confirms that the result has arrived.</summary>
    public void ConfirmArrival(Act act) =>
        Carry(DeliveryStatus.AwaitingArrival, DeliveryStatus.Ready, LedgerAct.ResultArrived, null, null, act);

    /// <summary>Handed to the public post.</summary>
    public void HandToPost(string trackingNumber, Act act)
    {
        trackingNumber = Given(trackingNumber, "TRACKING_NUMBER_REQUIRED", "số hiệu bưu gửi");
        Carry(DeliveryStatus.Ready, DeliveryStatus.InPost, LedgerAct.ResultPosted, null, trackingNumber, act);
    }

    /// <summary>The post could not deliver it.</summary>
    public void TakeBackFromPost(string reason, Act act) =>
        Carry(DeliveryStatus.InPost, DeliveryStatus.Ready, LedgerAct.ResultCameBack, GivenReason(reason), null, act);

    /// <summary>The citizen has the result (status 10). Legal however late it is (D12).</summary>
    /// <param name="receiver">Name of the person who took it.</param>
    public void Return(string receiver, ReturnMethod method, Act act)
    {
        receiver = Given(receiver, "RECEIVER_REQUIRED", "người nhận kết quả");
        Check(BusinessStatus.Returned, act);
        CheckDelivery(DeliveryStatus.Delivered);
        DeliveryStatus = DeliveryStatus.Delivered;
        (ReturnedAt, ReturnedTo, ReturnMethod) = (act.At, receiver, method);
        MoveTo(BusinessStatus.Returned);
        Record(LedgerAct.ResultReturned, act, data: new { receiver, method });
    }

    private void Carry(DeliveryStatus from, DeliveryStatus to, LedgerAct kind, string? reason, string? trackingNumber, Act act)
    {
        CheckTime(act);
        if (DeliveryStatus != from || BusinessStatus is not BusinessStatus.Finished)
        {
            throw Refusals.DeliveryMove(DeliveryStatus, to);
        }

        CheckDelivery(to);
        DeliveryStatus = to;
        Record(kind, act, reason, data: trackingNumber is null ? null : new { trackingNumber });
    }

    private void CheckDelivery(DeliveryStatus to)
    {
        if (!DeliveryMoves.Allows(DeliveryStatus, to))
        {
            throw Refusals.DeliveryMove(DeliveryStatus, to);
        }
    }
}
