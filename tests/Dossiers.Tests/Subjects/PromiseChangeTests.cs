namespace PublicService.Dossiers.Tests.Subjects;

public sealed class PromiseChangeTests
{
    private static readonly WorkCalendar Calendar = A.Calendar();

    [Fact]
    public void An_extension_gives_a_new_date_and_keeps_the_first()
    {
        var dossier = A.InProgress();

        dossier.Extend(A.At("2026-03-20 09:00"), "Chờ ý kiến Bộ", Calendar, A.Act("2026-03-10 09:00"));

        Assert.Equal(("2026-03-20 09:00", "2026-03-16 09:00", true), (A.Wall(dossier.DueAt), A.Wall(dossier.OriginalDueAt), dossier.Extended));
        Assert.Equal(Articles.Apology, dossier.Ledger[^1].Article);
        Assert.Contains("2026-03-16", dossier.Ledger[^1].Data, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_one_extension()
    {
        var dossier = A.InProgress();
        dossier.Extend(A.At("2026-03-20 09:00"), "Lần một", Calendar, A.Act("2026-03-10 09:00"));

        A.ShouldBeRefused(
            "ALREADY_EXTENDED",
            () => dossier.Extend(A.At("2026-03-25 09:00"), "Lần hai", Calendar, A.Act("2026-03-11 09:00")));
    }

    [Theory]
    [InlineData("2026-03-13 09:00", 1, true)]
    [InlineData("2026-03-13 09:01", 1, false)]
    [InlineData("2026-03-15 10:00", 1, false)]
    [InlineData("2026-03-12 09:00", 2, true)]
    [InlineData("2026-03-12 09:01", 2, false)]
    [InlineData("2026-03-16 08:59", 0, true)]
    public void An_apology_is_sent_in_time_by_the_rule_of_the_calendar(string at, int noticeDays, bool inTime)
    {
        var dossier = A.InProgress();
        var calendar = new WorkCalendar(A.CalendarData() with { ApologyNoticeDays = noticeDays });
        void Extend() => dossier.Extend(A.At("2026-03-20 09:00"), "Lý do", calendar, A.Act(at));

        if (inTime)
        {
            Extend();
        }
        else
        {
            A.ShouldBeRefused("TOO_LATE_TO_EXTEND", Extend);
        }

        Assert.Equal(inTime, dossier.Extended);
    }

    [Fact]
    public void Refuses_an_extension_that_is_none()
    {
        var act = A.Act("2026-03-03 09:00");

        A.ShouldBeRefused("NEW_PROMISE_TOO_EARLY", () => A.InProgress().Extend(A.At("2026-03-16 09:00"), "x", Calendar, act));
        A.ShouldBeRefused("NO_PROMISE", () => A.InProgress(TimeLimit.None).Extend(A.At("2026-03-16 09:00"), "x", Calendar, act));
        A.ShouldBeRefused("REASON_REQUIRED", () => A.InProgress().Extend(A.At("2026-03-20 09:00"), "", Calendar, act));
        A.ShouldBeRefused("CLOCK_NOT_STARTED", () => A.Registered().Extend(A.At("2026-03-20 09:00"), "x", Calendar, act));
        A.ShouldBeRefused("DOSSIER_CLOSED", () => A.Finished().Extend(A.At("2026-03-20 09:00"), "x", Calendar, A.Act("2026-03-05 09:00")));
    }

    [Fact]
    public void An_extension_given_during_a_pause_already_holds_the_time_lost_before_it()
    {
        var dossier = A.AwaitingSupplement(at: "2026-03-03 09:00");
        A.ShouldBeRefused(
            "NEW_PROMISE_TOO_EARLY",
            () => dossier.Extend(A.At("2026-03-17 09:00"), "x", Calendar, A.Act("2026-03-05 09:00")));

        dossier.Extend(A.At("2026-03-20 09:00"), "Chờ", Calendar, A.Act("2026-03-05 09:00"));
        dossier.ProvideSupplement(["Bản vẽ"], Calendar, A.Act("2026-03-06 09:00"));

        Assert.Equal("2026-03-23 09:00", A.Wall(dossier.DueAt));
        Assert.Equal(dossier.DueAt, LegalClock.Read(dossier.Ledger, dossier.Limit, Calendar, A.At("2026-03-06 09:00")).DueAt);
    }

    [Fact]
    public void A_pause_names_the_law_and_is_opened_and_closed_once()
    {
        var dossier = A.InProgress();
        var act = A.Act("2026-03-03 09:00");

        A.ShouldBeRefused("ARTICLE_REQUIRED", () => dossier.PauseFor("", "Niêm yết", act));
        A.ShouldBeRefused("CLOCK_NOT_PAUSED", () => dossier.Resume(Calendar, act));
        dossier.PauseFor(A.Law, "Niêm yết", act);
        A.ShouldBeRefused("CLOCK_ALREADY_PAUSED", () => dossier.PauseFor(A.Law, "Niêm yết", act));
        A.ShouldBeRefused("CLOCK_PAUSED", () => dossier.Finish("1", null, act));
        A.ShouldBeRefused("CLOCK_NOT_STARTED", () => A.Registered().PauseFor(A.Law, "Niêm yết", act));
    }

    [Fact]
    public void A_pause_over_a_weekend_gives_no_time()
    {
        var dossier = A.InProgress();
        dossier.PauseFor(A.Law, "Niêm yết", A.Act("2026-03-06 17:00"));

        dossier.Resume(Calendar, A.Act("2026-03-09 07:00"));

        Assert.Equal(dossier.OriginalDueAt, dossier.DueAt);
    }
}
