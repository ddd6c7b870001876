namespace PublicService.Dossiers.Tests.Moves;

/// <summary>Every pair of statuses of the four tables against a second list written by hand.</summary>
public sealed class MoveTableTests
{
    private static readonly string[] Business =
    [
        "Registered>Received", "Registered>NotAccepted", "Registered>AwaitingSupplement", "Registered>Withdrawn",
        "Received>InProgress", "Received>AwaitingSupplement", "Received>AwaitingPayment", "Received>Withdrawn", "Received>Stopped",
        "InProgress>AwaitingSupplement", "InProgress>AwaitingPayment", "InProgress>Withdrawn", "InProgress>Stopped", "InProgress>Finished",
        "AwaitingSupplement>Registered", "AwaitingSupplement>Received", "AwaitingSupplement>InProgress",
        "AwaitingSupplement>NotAccepted", "AwaitingSupplement>Withdrawn", "AwaitingSupplement>Stopped",
        "AwaitingPayment>Received", "AwaitingPayment>InProgress", "AwaitingPayment>Withdrawn", "AwaitingPayment>Stopped",
        "Finished>Returned", "Finished>InProgress",
    ];

    private static readonly string[] Financial =
    [
        "NothingDue>Due", "NothingDue>Waived", "Due>Paid", "Due>Waived", "Due>Cancelled",
        "Paid>Due", "Paid>Refunded", "Waived>Due", "Refunded>Due", "Cancelled>Due",
    ];

    private static readonly string[] Delivery =
    [
        "NotReady>AwaitingArrival", "NotReady>Ready", "AwaitingArrival>Ready", "AwaitingArrival>Delivered", "AwaitingArrival>NotReady",
        "Ready>InPost", "Ready>Delivered", "Ready>NotReady", "InPost>Ready", "InPost>Delivered",
    ];

    private static readonly string[] Sync = ["NeverSent>Pending", "Pending>Synced", "Pending>Rejected", "Pending>Pending", "Synced>Pending", "Rejected>Pending"];

    public static TheoryData<BusinessStatus, BusinessStatus> BusinessPairs() => Pairs<BusinessStatus>();

    public static TheoryData<FinancialStatus, FinancialStatus> FinancialPairs() => Pairs<FinancialStatus>();

    public static TheoryData<DeliveryStatus, DeliveryStatus> DeliveryPairs() => Pairs<DeliveryStatus>();

    public static TheoryData<SyncStatus, SyncStatus> SyncPairs() => Pairs<SyncStatus>();

    public static TheoryData<BusinessStatus> BusinessStatuses() => [.. Enum.GetValues<BusinessStatus>()];

    [Theory]
    [MemberData(nameof(BusinessPairs))]
    public void Business_moves(BusinessStatus from, BusinessStatus to) =>
        Assert.Equal(Business.Contains($"{from}>{to}"), BusinessMoves.Allows(from, to));

    [Theory]
    [MemberData(nameof(FinancialPairs))]
    public void Financial_moves(FinancialStatus from, FinancialStatus to) =>
        Assert.Equal(Financial.Contains($"{from}>{to}"), FinancialMoves.Allows(from, to));

    [Theory]
    [MemberData(nameof(DeliveryPairs))]
    public void Delivery_moves(DeliveryStatus from, DeliveryStatus to) =>
        Assert.Equal(Delivery.Contains($"{from}>{to}"), DeliveryMoves.Allows(from, to));

    [Theory]
    [MemberData(nameof(SyncPairs))]
    public void Sync_moves(SyncStatus from, SyncStatus to) =>
        Assert.Equal(Sync.Contains($"{from}>{to}"), SyncMoves.Allows(from, to));

    [Theory]
    [MemberData(nameof(BusinessStatuses))]
    public void A_dossier_can_be_brought_into_every_status(BusinessStatus status)
    {
        var dossier = A.In(status);

        Assert.Equal(status, dossier.BusinessStatus);
        Assert.Equal(status, dossier.Ledger[^1].StatusAfter);
    }

    [Theory]
    [InlineData(BusinessStatus.NotAccepted)]
    [InlineData(BusinessStatus.Withdrawn)]
    [InlineData(BusinessStatus.Stopped)]
    [InlineData(BusinessStatus.Returned)]
    public void An_ended_dossier_refuses_every_change_and_stays_as_it_was(BusinessStatus status)
    {
        var dossier = A.In(status);
        var lines = dossier.Ledger.Count;
        var act = A.Act("2026-03-06 09:00");
        Action[] changes =
        [
            () => dossier.Receive(TimeLimit.None, A.Calendar(), act),
            () => dossier.NotAccept("x", act),
            () => dossier.Forward("so-tp", act),
            () => dossier.ChangeForm("{}", act),
            () => dossier.Begin(act),
            () => dossier.RequestSupplement(["CCCD"], "x", null, act),
            () => dossier.ProvideSupplement(["CCCD"], A.Calendar(), act),
            () => dossier.RequestFee(1, act),
            () => dossier.RequestPayment(1, A.Law, "x", act),
            () => dossier.ConfirmPayment("1", A.Calendar(), act),
            () => dossier.WaivePayment(A.Law, "x", A.Calendar(), act),
            () => dossier.CancelPayment("x", A.Calendar(), act),
            () => dossier.RefundPayment("x", act),
            () => dossier.PauseFor(A.Law, "x", act),
            () => dossier.Resume(A.Calendar(), act),
            () => dossier.Extend(A.At("2026-05-01 09:00"), "x", A.Calendar(), act),
            () => dossier.Recompute(A.At("2026-05-01 09:00"), A.Calendar(), "x", act),
            () => dossier.Finish("1", null, act),
            () => dossier.Reopen("x", act),
            () => dossier.ConfirmArrival(act),
            () => dossier.HandToPost("1", act),
            () => dossier.TakeBackFromPost("x", act),
            () => dossier.Return("An", ReturnMethod.Counter, act),
            () => dossier.Withdraw("x", act),
            () => dossier.Stop("x", act),
        ];

        Assert.All(changes, change => Assert.Throws<RefusedException>(change));
        Assert.Equal(status, dossier.BusinessStatus);
        Assert.Equal(lines, dossier.Ledger.Count);
    }

    [Fact]
    public void Every_status_has_its_own_Vietnamese_word_and_the_business_codes_are_the_national_ones()
    {
        Assert.Equal(10, Enum.GetValues<BusinessStatus>().Select(status => status.Word()).Distinct().Count());
        Assert.Equal(6, Enum.GetValues<FinancialStatus>().Select(status => status.Word()).Distinct().Count());
        Assert.Equal(5, Enum.GetValues<DeliveryStatus>().Select(status => status.Word()).Distinct().Count());
        Assert.Equal(4, Enum.GetValues<SyncStatus>().Select(status => status.Word()).Distinct().Count());
        Assert.Equal((5, 9, 10), ((int)BusinessStatus.AwaitingSupplement, (int)BusinessStatus.Finished, (int)BusinessStatus.Returned));
    }

    private static TheoryData<T, T> Pairs<T>()
        where T : struct, Enum
    {
        var pairs = new TheoryData<T, T>();
        foreach (var from in Enum.GetValues<T>())
        {
            foreach (var to in Enum.GetValues<T>())
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }
}
