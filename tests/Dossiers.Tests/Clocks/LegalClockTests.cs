namespace PublicService.Dossiers.Tests.Clocks;

public sealed class LegalClockTests
{
    private static readonly WorkCalendar Calendar = A.Calendar();

    [Fact]
    public void Does_not_run_before_reception()
    {
        var reading = Read(A.Registered(), "2026-03-05 09:00");

        Assert.Equal(Band.NotStarted, reading.Band);
        Assert.Null(reading.StartedAt);
        Assert.Null(reading.DueAt);
        Assert.Empty(reading.Segments);
    }

    [Fact]
    public void Counts_from_the_next_opening_when_received_in_the_evening()
    {
        var dossier = A.Received(TimeLimit.WorkingDays(2), at: "2026-03-02 20:00");

        var reading = Read(dossier, "2026-03-03 09:00");

        Assert.Equal("2026-03-03 07:00", A.Wall(reading.StartedAt));
        Assert.Equal("2026-03-05 07:00", A.Wall(reading.DueAt));
        Assert.Equal((120, 840), (reading.UsedMinutes, reading.RemainingMinutes));
    }

    [Fact]
    public void A_pause_planned_for_five_days_that_took_three_moves_the_promise_by_three()
    {
        var dossier = A.InProgress(TimeLimit.WorkingDays(10));
        dossier.PauseFor("Luật Đất đai, niêm yết 5 ngày", "Niêm yết công khai", A.Act("2026-03-03 09:00"));

        dossier.Resume(Calendar, A.Act("2026-03-06 09:00"));

        Assert.Equal("2026-03-16 09:00", A.Wall(dossier.OriginalDueAt));
        Assert.Equal("2026-03-19 09:00", A.Wall(dossier.DueAt));
        Assert.Equal((480, 3 * 480), (Read(dossier, "2026-03-06 09:00").UsedMinutes, Read(dossier, "2026-03-06 09:00").PausedMinutes));
    }

    [Fact]
    public void Stands_still_while_the_citizen_looks_for_papers()
    {
        var dossier = A.AwaitingSupplement(at: "2026-03-03 09:00");

        var soon = Read(dossier, "2026-03-03 10:00");
        var later = Read(dossier, "2026-06-03 10:00");

        Assert.True(later.IsPaused);
        Assert.Equal(soon.RemainingMinutes, later.RemainingMinutes);
        Assert.Equal(Band.InTime, later.Band);
        Assert.Equal("2026-03-16 10:00", A.Wall(soon.DueAt));
    }

    [Fact]
    public void Two_pauses_at_the_same_time_count_once()
    {
        var dossier = A.InProgress();
        dossier.PauseFor(A.Law, "Niêm yết", A.Act("2026-03-03 09:00"));
        dossier.RequestSupplement(["CCCD"], "Thiếu", null, A.Act("2026-03-04 09:00"));
        dossier.Resume(Calendar, A.Act("2026-03-05 09:00"));
        Assert.NotNull(dossier.PausedFrom);

        dossier.ProvideSupplement(["CCCD"], Calendar, A.Act("2026-03-06 09:00"));

        Assert.Equal("2026-03-19 09:00", A.Wall(dossier.DueAt));
        Assert.Equal(3 * 480, Read(dossier, "2026-03-06 09:00").PausedMinutes);
    }

    [Fact]
    public void Forwarding_opinions_and_fees_never_stop_it()
    {
        var dossier = A.InProgress();
        dossier.Forward("so-tnmt", A.Act("2026-03-03 09:00"));
        dossier.Note(LedgerAct.OpinionAsked, null, A.Act("2026-03-03 10:00"));
        dossier.RequestFee(100_000, A.Act("2026-03-04 09:00"));
        dossier.ConfirmPayment("BL-1", Calendar, A.Act("2026-03-05 09:00"));

        var reading = Read(dossier, "2026-03-06 09:00");

        Assert.Equal((4 * 480, 0), (reading.UsedMinutes, reading.PausedMinutes));
        Assert.Equal(dossier.OriginalDueAt, dossier.DueAt);
    }

    [Theory]
    [InlineData("2026-03-13 16:00", Band.FinishedEarly, "Trước hạn")]
    [InlineData("2026-03-16 07:30", Band.FinishedOnTime, "Đúng hạn")]
    [InlineData("2026-03-16 09:00", Band.FinishedOnTime, "Đúng hạn")]
    [InlineData("2026-03-16 09:01", Band.FinishedLate, "Quá hạn")]
    public void Judges_a_finished_dossier(string finished, Band band, string word)
    {
        var dossier = A.Finished(finished);

        var reading = Read(dossier, "2026-12-01 09:00");

        Assert.Equal(band, reading.Band);
        Assert.Equal(word, reading.Band.Word());
        Assert.Equal(finished, A.Wall(reading.EndedAt));
    }

    [Theory]
    [InlineData("2026-03-12 09:00", Band.InTime, "Còn hạn")]
    [InlineData("2026-03-13 09:00", Band.DueSoon, "Sắp đến hạn")]
    [InlineData("2026-03-16 09:00", Band.DueSoon, "Sắp đến hạn")]
    [InlineData("2026-03-16 09:01", Band.Overdue, "Quá hạn")]
    public void Judges_an_open_dossier(string now, Band band, string word)
    {
        var reading = Read(A.InProgress(), now);

        Assert.Equal(band, reading.Band);
        Assert.Equal(word, reading.Band.Word());
    }

    [Fact]
    public void An_overdue_dossier_can_still_be_finished_and_returned()
    {
        var dossier = A.InProgress();

        dossier.Finish("12", null, A.Act("2026-05-04 09:00"));
        dossier.ConfirmArrival(A.Act("2026-05-05 09:00"));
        dossier.Return("Trần Văn An", ReturnMethod.Counter, A.Act("2026-05-06 09:00"));

        Assert.Equal(BusinessStatus.Returned, dossier.BusinessStatus);
        Assert.Equal("2026-05-04 09:00", A.Wall(Read(dossier, "2026-06-01 09:00").EndedAt));
    }

    [Fact]
    public void A_dossier_without_appointment_is_measured_but_never_late()
    {
        var dossier = A.InProgress(TimeLimit.None);

        var reading = Read(dossier, "2026-06-01 09:00");

        Assert.Null(dossier.DueAt);
        Assert.Null(reading.RemainingMinutes);
        Assert.Equal(Band.NoPromise, reading.Band);
        Assert.True(reading.UsedMinutes > 10_000);
    }

    [Fact]
    public void A_dossier_stopped_while_paused_was_not_late()
    {
        var dossier = A.AwaitingSupplement(at: "2026-03-03 09:00");

        dossier.Stop("Công dân không bổ sung", A.Act("2026-04-15 09:00"));

        Assert.Equal(Band.FinishedEarly, Read(dossier, "2026-05-01 09:00").Band);
    }

    [Fact]
    public void A_result_taken_back_leaves_the_clock_as_if_it_had_never_stopped()
    {
        var dossier = A.Finished("2026-03-04 09:00");

        dossier.Reopen("Sai tên chủ hộ", A.Act("2026-03-05 09:00"));

        var reading = Read(dossier, "2026-03-06 09:00");
        Assert.Equal(4 * 480, reading.UsedMinutes);
        Assert.Null(reading.EndedAt);
    }

    [Fact]
    public void A_calendar_changed_while_the_dossier_is_open_moves_nothing_until_somebody_says_so()
    {
        var dossier = A.InProgress();
        dossier.RequestSupplement(["CCCD"], "Thiếu", null, A.Act("2026-03-03 09:00"));
        dossier.ProvideSupplement(["CCCD"], Calendar, A.Act("2026-03-05 09:00"));
        var storm = new WorkCalendar(A.CalendarData(new SpecialDay(new(2026, 3, 4), SpecialDayKind.Closing, "Bão")) with { Version = 2 });
        var now = A.At("2026-03-06 09:00");

        var due = LegalClock.Read(dossier.Ledger, dossier.Limit, storm, now).DueAt;
        var afresh = LegalClock.DueAfresh(dossier.Ledger, dossier.Limit, storm, now);
        Assert.Equal("2026-03-18 09:00", A.Wall(due));
        Assert.Equal("2026-03-18 09:00", A.Wall(afresh));

        dossier.Recompute(A.At("2026-03-19 09:00"), storm, "Nghỉ bão theo Công điện", A.Act(now));

        Assert.Equal("2026-03-19 09:00", A.Wall(LegalClock.Read(dossier.Ledger, dossier.Limit, storm, now).DueAt));
        Assert.Equal(("2026-03-16 09:00", false), (A.Wall(dossier.OriginalDueAt), dossier.Extended));
        Assert.Equal(2, dossier.CalendarVersion);
    }

    [Fact]
    public void A_holiday_declared_later_reaches_the_promise_only_through_a_new_computation()
    {
        var dossier = A.InProgress();
        var newHoliday = A.Calendar(new SpecialDay(new(2026, 3, 10), SpecialDayKind.Holiday, "Nghỉ bổ sung"));
        var now = A.At("2026-03-06 09:00");

        var read = LegalClock.Read(dossier.Ledger, dossier.Limit, newHoliday, now).DueAt;
        var afresh = LegalClock.DueAfresh(dossier.Ledger, dossier.Limit, newHoliday, now);

        Assert.Equal("2026-03-16 09:00", A.Wall(read));
        Assert.Equal("2026-03-17 09:00", A.Wall(afresh));
    }

    [Fact]
    public void The_end_of_a_past_period_gives_the_reading_of_that_day()
    {
        var dossier = A.Finished("2026-03-20 09:00");

        Assert.Equal(Band.InTime, Read(dossier, "2026-03-10 09:00").Band);
        Assert.Equal(Band.Overdue, Read(dossier, "2026-03-17 09:00").Band);
        Assert.Equal(Band.FinishedLate, Read(dossier, "2026-03-31 17:00").Band);
    }

    [Fact]
    public void The_timeline_tells_why()
    {
        var dossier = A.InProgress();
        dossier.RequestPayment(5_000_000, "Luật Quản lý thuế", "Nộp lệ phí trước bạ", A.Act("2026-03-03 09:00"));
        dossier.ConfirmPayment("BL-9", Calendar, A.Act("2026-03-04 09:00"));

        var segments = Read(dossier, "2026-03-05 09:00").Segments;

        Assert.Equal([SegmentKind.Running, SegmentKind.Paused, SegmentKind.Running], segments.Select(segment => segment.Kind));
        Assert.Equal(
            [LedgerAct.Received, LedgerAct.PaymentRequested, LedgerAct.PaymentConfirmed],
            segments.Select(segment => segment.Because));
        Assert.Equal([Articles.Reception, "Luật Quản lý thuế", "Luật Quản lý thuế"], segments.Select(segment => segment.Article));
        Assert.Equal("Nộp lệ phí trước bạ", segments[1].Reason);
    }

    private static ClockReading Read(Dossier dossier, string now) => LegalClock.Read(dossier.Ledger, dossier.Limit, Calendar, A.At(now));
}
