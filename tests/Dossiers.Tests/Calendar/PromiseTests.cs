namespace PublicService.Dossiers.Tests.Calendar;

public sealed class PromiseTests
{
    [Theory]
    [InlineData("same_day", 1, "2026-03-02 09:00", "2026-03-02 17:00", "the same day")]
    [InlineData("same_day", 1, "2026-03-02 15:00", "2026-03-02 17:00", "at the cut-off")]
    [InlineData("same_day", 1, "2026-03-02 15:01", "2026-03-03 17:00", "after the cut-off")]
    [InlineData("same_day", 1, "2026-03-06 16:00", "2026-03-09 17:00", "after the cut-off on a Friday")]
    [InlineData("same_day", 1, "2026-03-02 20:00", "2026-03-03 17:00", "in the evening")]
    [InlineData("same_day", 1, "2026-03-02 05:00", "2026-03-02 17:00", "early in the morning")]
    [InlineData("same_day", 1, "2026-03-07 16:00", "2026-03-09 17:00", "online on a Saturday after 15:00")]
    [InlineData("working_day", 3, "2026-03-05 10:00", "2026-03-10 10:00", "three working days over a weekend")]
    [InlineData("working_day", 5, "2026-02-12 10:00", "2026-02-26 10:00", "five working days over Tết")]
    [InlineData("day", 15, "2026-03-02 10:00", "2026-03-17 10:00", "calendar days")]
    [InlineData("day", 5, "2026-03-02 10:00", "2026-03-09 10:00", "ends on a Saturday, moves to Monday")]
    [InlineData("day", 3, "2026-02-13 10:00", "2026-02-23 10:00", "ends in Tết, moves after it")]
    [InlineData("working_hour", 8, "2026-03-02 10:00", "2026-03-03 10:00", "eight working hours")]
    [InlineData("working_hour", 4, "2026-03-02 06:00", "2026-03-02 11:00", "from the opening")]
    [InlineData("month", 1, "2026-01-30 10:00", "2026-03-02 10:00", "a short month that ends on a Saturday")]
    [InlineData("none", 0, "2026-03-02 10:00", "", "no appointment")]
    public void A_dossier_is_promised_for(string unit, int value, string received, string due, string why)
    {
        var promise = A.Calendar().PromiseFor(A.At(received), TimeLimit.Parse(value, unit));

        Assert.True(due == A.Wall(promise), $"{why}: {A.Wall(promise)}");
    }

    [Fact]
    public void The_cut_off_of_the_procedure_goes_before_the_one_of_the_calendar()
    {
        var calendar = new WorkCalendar(A.CalendarData() with { CutOff = new(10, 0) });

        Assert.Equal("2026-03-03 17:00", A.Wall(calendar.PromiseFor(A.At("2026-03-02 11:00"), TimeLimit.SameDay())));
        Assert.Equal("2026-03-02 17:00", A.Wall(calendar.PromiseFor(A.At("2026-03-02 11:00"), TimeLimit.SameDay(new(14, 0)))));
    }

    [Fact]
    public void Nothing_lost_leaves_a_promise_at_closing_time_on_its_day()
    {
        var due = A.At("2026-03-03 17:00");

        var moved = A.Calendar().Postpone(due, A.At("2026-03-07 08:00"), A.At("2026-03-08 20:00"));

        Assert.Equal(due, moved);
    }

    [Fact]
    public void A_day_lost_moves_a_promise_at_opening_time_to_the_next_opening()
    {
        var moved = A.Calendar().Postpone(A.At("2026-03-04 07:00"), A.At("2026-03-02 09:00"), A.At("2026-03-03 09:00"));

        Assert.Equal("2026-03-05 07:00", A.Wall(moved));
    }
}
