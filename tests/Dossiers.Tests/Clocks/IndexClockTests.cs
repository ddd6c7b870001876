namespace PublicService.Dossiers.Tests.Clocks;

public sealed class IndexClockTests
{
    private static readonly WorkCalendar Calendar = A.Calendar();

    [Fact]
    public void Two_supplements_are_in_time_by_law_and_overdue_by_the_index()
    {
        var dossier = A.AwaitingSupplement(at: "2026-03-03 09:00");
        dossier.ProvideSupplement(["Bản vẽ"], Calendar, A.Act("2026-03-04 09:00"));
        dossier.RequestSupplement(["CCCD"], "Thiếu thêm", null, A.Act("2026-03-05 09:00"));
        dossier.ProvideSupplement(["CCCD"], Calendar, A.Act("2026-03-06 09:00"));
        dossier.Finish("1", null, A.Act("2026-03-09 09:00"));

        Assert.Equal(Band.FinishedEarly, Legal(dossier, "2026-03-10 09:00").Band);
        Assert.Equal(Band.FinishedLate, Index(dossier, "2026-03-10 09:00").Band);
    }

    [Fact]
    public void Supplement_time_is_subtracted()
    {
        var dossier = A.AwaitingSupplement(at: "2026-03-03 09:00");
        dossier.ProvideSupplement(["Bản vẽ"], Calendar, A.Act("2026-03-10 09:00"));

        var reading = Index(dossier, "2026-03-10 09:00");

        Assert.Equal("2026-03-23 09:00", A.Wall(reading.DueAt));
        Assert.Equal((480, 5 * 480), (reading.UsedMinutes, reading.PausedMinutes));
    }

    [Theory]
    [InlineData("2026-03-03 09:00", Band.FinishedEarly)]
    [InlineData("2026-03-16 08:00", Band.FinishedOnTime)]
    [InlineData("2026-03-17 09:00", Band.FinishedLate)]
    public void One_open_supplement_request_counts_as_the_finish(string asked, Band band)
    {
        var dossier = A.AwaitingSupplement(asked);

        var reading = Index(dossier, "2026-06-01 09:00");

        Assert.Equal(band, reading.Band);
        Assert.Equal(asked, A.Wall(reading.EndedAt));
    }

    [Fact]
    public void Tax_time_pauses_the_legal_clock_only()
    {
        var dossier = A.AwaitingPayment(at: "2026-03-03 09:00");
        dossier.ConfirmPayment("BL-1", Calendar, A.Act("2026-03-10 09:00"));
        dossier.Finish("1", null, A.Act("2026-03-18 09:00"));

        Assert.Equal(Band.FinishedEarly, Legal(dossier, "2026-04-01 09:00").Band);
        Assert.Equal(Band.FinishedLate, Index(dossier, "2026-04-01 09:00").Band);
    }

    [Fact]
    public void A_request_before_reception_counts_as_a_request()
    {
        var dossier = A.Registered();
        dossier.RequestSupplement(["CCCD"], "Thiếu", null, A.Act("2026-03-02 08:30"));
        dossier.ProvideSupplement(["CCCD"], Calendar, A.Act("2026-03-02 09:00"));
        dossier.Receive(TimeLimit.WorkingDays(3), Calendar, A.Act("2026-03-02 09:30"));
        dossier.RequestSupplement(["Bản vẽ"], "Thiếu", null, A.Act("2026-03-02 10:00"));

        Assert.Equal(2, dossier.SupplementRequests);
        Assert.True(Index(dossier, "2026-03-02 11:00").Band.IsLate());
        Assert.False(Legal(dossier, "2026-03-02 11:00").Band.IsLate());
    }

    [Fact]
    public void An_extension_is_the_promise_the_index_knows()
    {
        var dossier = A.InProgress();
        dossier.Extend(A.At("2026-03-20 09:00"), "Chờ ý kiến", Calendar, A.Act("2026-03-10 09:00"));
        dossier.Finish("1", null, A.Act("2026-03-19 09:00"));

        Assert.Equal(Band.FinishedEarly, Index(dossier, "2026-04-01 09:00").Band);
    }

    [Fact]
    public void A_ledger_without_a_written_promise_is_compared_with_the_legal_limit()
    {
        var dossier = A.Finished("2026-03-17 09:00");
        var imported = dossier.Ledger.Select(entry => entry with { DueAfter = null });

        var reading = IndexClock.Read(imported, TimeLimit.WorkingDays(10), Calendar, A.At("2026-04-01 09:00"));

        Assert.Equal(Band.FinishedLate, reading.Band);
        Assert.Equal("2026-03-16 09:00", A.Wall(reading.DueAt));
    }

    [Fact]
    public void Without_status_nine_the_return_is_the_finish()
    {
        var dossier = A.Finished("2026-03-13 09:00");
        dossier.Return("Trần Văn An", ReturnMethod.Electronic, A.Act("2026-03-20 09:00"));
        var imported = dossier.Ledger.Where(entry => entry.Act is not LedgerAct.Finished);

        var reading = IndexClock.Read(imported, dossier.Limit, Calendar, A.At("2026-04-01 09:00"));

        Assert.Equal("2026-03-20 09:00", A.Wall(reading.EndedAt));
    }

    private static ClockReading Index(Dossier dossier, string now) => IndexClock.Read(dossier.Ledger, dossier.Limit, Calendar, A.At(now));

    private static ClockReading Legal(Dossier dossier, string now) => LegalClock.Read(dossier.Ledger, dossier.Limit, Calendar, A.At(now));
}
