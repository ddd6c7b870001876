namespace PublicService.Dossiers.Tests.Subjects;

public sealed class ResultTests
{
    [Fact]
    public void A_result_of_another_office_has_to_arrive_first()
    {
        var dossier = A.Finished();

        Assert.Equal(DeliveryStatus.AwaitingArrival, dossier.DeliveryStatus);
        A.ShouldBeRefused("DELIVERY_MOVE_NOT_ALLOWED", () => dossier.HandToPost("EA1", A.Act("2026-03-04 10:00")));
        dossier.ConfirmArrival(A.Act("2026-03-04 14:00"));

        Assert.Equal(DeliveryStatus.Ready, dossier.DeliveryStatus);
    }

    [Fact]
    public void A_result_made_where_it_was_received_is_ready_at_once()
    {
        var dossier = A.InProgress();
        dossier.Forward("tt-hong-gai", A.Act("2026-03-03 09:00"));

        dossier.Finish("1", null, A.Act("2026-03-04 09:00"));

        Assert.Equal(DeliveryStatus.Ready, dossier.DeliveryStatus);
    }

    [Fact]
    public void The_post_can_fail_and_the_counter_hands_over()
    {
        var dossier = A.Finished();
        dossier.ConfirmArrival(A.Act("2026-03-04 14:00"));
        dossier.HandToPost("EA123456789VN", A.Act("2026-03-05 09:00"));
        A.ShouldBeRefused("DELIVERY_MOVE_NOT_ALLOWED", () => dossier.ConfirmArrival(A.Act("2026-03-05 09:00")));
        dossier.TakeBackFromPost("Không có người nhận", A.Act("2026-03-09 09:00"));

        dossier.Return("Trần Văn An", ReturnMethod.Counter, A.Act("2026-03-10 09:00"));

        Assert.Equal((BusinessStatus.Returned, DeliveryStatus.Delivered), (dossier.BusinessStatus, dossier.DeliveryStatus));
        Assert.Equal(("Trần Văn An", ReturnMethod.Counter), (dossier.ReturnedTo, dossier.ReturnMethod));
        Assert.Equal("2026-03-10 09:00", A.Wall(dossier.ReturnedAt));
    }

    [Fact]
    public void Handing_over_needs_a_receiver_and_a_result()
    {
        A.ShouldBeRefused("RECEIVER_REQUIRED", () => A.Finished().Return("", ReturnMethod.Counter, A.Act("2026-03-10 09:00")));
        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => A.InProgress().Return("An", ReturnMethod.Counter, A.Act("2026-03-10 09:00")));
        A.ShouldBeRefused("TRACKING_NUMBER_REQUIRED", () => A.Finished().HandToPost("", A.Act("2026-03-10 09:00")));
    }

    [Fact]
    public void A_wrong_result_is_taken_back_before_it_leaves_and_not_after()
    {
        var dossier = A.Finished();
        dossier.Reopen("Sai tên", A.Act("2026-03-04 10:00"));
        Assert.Equal((BusinessStatus.InProgress, DeliveryStatus.NotReady), (dossier.BusinessStatus, dossier.DeliveryStatus));
        Assert.Null(dossier.FinishedAt);
        Assert.Contains("12/GPXD", dossier.Ledger[^1].Data, StringComparison.Ordinal);

        dossier.Finish("13/GPXD", null, A.Act("2026-03-04 11:00"));
        dossier.ConfirmArrival(A.Act("2026-03-04 14:00"));
        dossier.HandToPost("EA1", A.Act("2026-03-05 09:00"));

        A.ShouldBeRefused("DELIVERY_MOVE_NOT_ALLOWED", () => dossier.Reopen("Sai lần nữa", A.Act("2026-03-05 10:00")));
        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => A.Received().Reopen("x", A.Act("2026-03-05 10:00")));
    }

    [Fact]
    public void Work_begins_on_a_received_dossier_only()
    {
        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => A.Registered().Begin(A.Act("2026-03-05 10:00")));
        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => A.Finished().Begin(A.Act("2026-03-05 10:00")));
        A.ShouldBeRefused("BUSINESS_MOVE_NOT_ALLOWED", () => A.AwaitingSupplement().Begin(A.Act("2026-03-05 10:00")));
    }

    [Fact]
    public void A_dossier_nobody_received_is_refused_or_withdrawn_but_not_stopped()
    {
        var dossier = A.Registered();

        A.ShouldBeRefused("CLOCK_NOT_STARTED", () => dossier.Stop("x", A.Act("2026-03-05 10:00")));
        dossier.Withdraw("Nộp nhầm", A.Act("2026-03-05 10:00"));

        Assert.Equal(BusinessStatus.Withdrawn, dossier.BusinessStatus);
    }

    [Fact]
    public void Every_change_of_status_waits_to_be_synchronised_and_a_rejection_can_be_sent_again()
    {
        var dossier = A.Registered();
        Assert.Equal(SyncStatus.Pending, dossier.SyncStatus);
        dossier.ConfirmSync(Act.System(A.At("2026-03-02 08:05")));
        Assert.Equal(SyncStatus.Synced, dossier.SyncStatus);

        dossier.Receive(TimeLimit.WorkingDays(3), A.Calendar(), A.Act("2026-03-02 09:00"));
        Assert.Equal(SyncStatus.Pending, dossier.SyncStatus);
        dossier.RejectSync("Sai mã TTHC", Act.System(A.At("2026-03-02 09:01")));
        A.ShouldBeRefused("SYNC_MOVE_NOT_ALLOWED", () => dossier.ConfirmSync(Act.System(A.At("2026-03-02 09:02"))));
        dossier.RetrySync(A.Act("2026-03-02 09:03"));

        Assert.Equal(SyncStatus.Pending, dossier.SyncStatus);
        Assert.Equal("Sai mã TTHC", dossier.Ledger.Single(entry => entry.Act is LedgerAct.SyncRejected).Reason);
    }
}
