namespace PublicService.Dossiers.Tests.Calendar;

public sealed class WorkCalendarTests
{
    [Theory]
    [InlineData("2026-03-02 06:00", "2026-03-02 07:00", "before opening")]
    [InlineData("2026-03-02 07:00", "2026-03-02 07:00", "at opening")]
    [InlineData("2026-03-02 11:30", "2026-03-02 13:30", "lunch begins")]
    [InlineData("2026-03-02 12:15", "2026-03-02 13:30", "at lunch")]
    [InlineData("2026-03-02 17:00", "2026-03-03 07:00", "at closing")]
    [InlineData("2026-03-02 20:00", "2026-03-03 07:00", "after closing")]
    [InlineData("2026-03-06 18:00", "2026-03-09 07:00", "Friday evening")]
    [InlineData("2026-02-14 09:00", "2026-02-23 07:00", "Saturday before Tết")]
    [InlineData("2026-02-17 09:00", "2026-02-23 07:00", "first day of Tết")]
    [InlineData("2026-08-22 09:00", "2026-08-22 09:00", "swapped working Saturday")]
    [InlineData("2026-08-31 09:00", "2026-09-03 07:00", "swapped day off and Quốc khánh")]
    [InlineData("2026-04-27 09:00", "2026-04-28 07:00", "day off for Giỗ Tổ on a Sunday")]
    public void Work_opens_next_at(string at, string opening, string why)
    {
        var next = A.Calendar().NextOpening(A.At(at));

        Assert.True(opening == A.Wall(next), why);
    }

    [Theory]
    [InlineData("2026-03-02 06:00", 60, "2026-03-02 08:00", "a timer before opening runs from the opening")]
    [InlineData("2026-03-02 17:30", 60, "2026-03-03 08:00", "a timer after closing runs from the next morning")]
    [InlineData("2026-03-02 12:00", 60, "2026-03-02 14:30", "a timer at lunch runs from the afternoon")]
    [InlineData("2026-03-02 11:00", 60, "2026-03-02 14:00", "lunch does not count")]
    [InlineData("2026-03-02 16:30", 60, "2026-03-03 07:30", "the night does not count")]
    [InlineData("2026-03-06 16:30", 60, "2026-03-09 07:30", "the weekend does not count")]
    [InlineData("2026-02-13 16:00", 120, "2026-02-23 08:00", "Tết 2026 does not count")]
    [InlineData("2026-08-21 16:00", 120, "2026-08-22 08:00", "the swapped Saturday counts")]
    [InlineData("2026-03-02 07:00", 480, "2026-03-02 17:00", "eight hours end with the day")]
    [InlineData("2026-03-02 17:00", 0, "2026-03-03 07:00", "no time from outside hours is the next opening")]
    public void Working_time_added(string from, int minutes, string end, string why)
    {
        var sum = A.Calendar().AddWorking(A.At(from), TimeSpan.FromMinutes(minutes));

        Assert.True(end == A.Wall(sum), $"{why}: {A.Wall(sum)}");
    }

    [Theory]
    [InlineData("2026-03-02 09:00", 1, "2026-03-03 09:00", "P1D is one working day")]
    [InlineData("2026-03-06 09:00", 1, "2026-03-09 09:00", "P1D on a Friday")]
    [InlineData("2026-03-02 06:00", 1, "2026-03-03 07:00", "before hours it starts at the opening")]
    [InlineData("2026-03-07 10:00", 1, "2026-03-10 07:00", "on a Saturday it starts on Monday")]
    [InlineData("2026-02-13 09:00", 1, "2026-02-23 09:00", "over Tết")]
    [InlineData("2026-08-21 09:00", 1, "2026-08-22 09:00", "the swapped Saturday is a working day")]
    [InlineData("2026-03-09 09:00", -1, "2026-03-06 09:00", "back over a weekend")]
    [InlineData("2026-03-09 17:00", -1, "2026-03-06 17:00", "back from a closing stays at the closing")]
    [InlineData("2026-03-02 12:00", 0, "2026-03-02 13:30", "no days")]
    public void Working_days_added(string from, int days, string end, string why)
    {
        var sum = A.Calendar().AddWorkingDays(A.At(from), days);

        Assert.True(end == A.Wall(sum), $"{why}: {A.Wall(sum)}");
    }

    [Fact]
    public void A_half_day_is_a_working_day_for_days_and_half_a_day_for_hours()
    {
        var calendar = A.Calendar(new SpecialDay(new(2026, 3, 3), SpecialDayKind.HalfDay, "Chiều nghỉ", [HourRange.Parse("07:00-11:30")]));

        Assert.Equal("2026-03-04 14:00", A.Wall(calendar.AddWorkingDays(A.At("2026-03-02 14:00"), 2)));
        Assert.Equal("2026-03-03 11:30", A.Wall(calendar.AddWorkingDays(A.At("2026-03-02 14:00"), 1)));
        Assert.Equal("2026-03-04 10:30", A.Wall(calendar.AddWorking(A.At("2026-03-02 14:00"), TimeSpan.FromHours(11))));
    }

    [Fact]
    public void An_office_closed_by_a_storm_does_not_work_that_day()
    {
        var calendar = A.Calendar(
            new SpecialDay(new(2026, 3, 3), SpecialDayKind.Closing, "Bão"),
            new SpecialDay(new(2026, 3, 4), SpecialDayKind.Closing, "Mất điện buổi chiều", [HourRange.Parse("07:00-11:30")]));

        Assert.Equal("2026-03-04 09:00", A.Wall(calendar.AddWorkingDays(A.At("2026-03-02 09:00"), 1)));
        Assert.Equal(4.5, calendar.WorkingTimeBetween(A.At("2026-03-03 00:00"), A.At("2026-03-05 00:00")).TotalHours);
    }

    [Fact]
    public void A_day_not_in_force_changes_nothing()
    {
        var announced = A.Calendar();
        var inForce = new WorkCalendar(A.CalendarData() with { SpecialDays = NationalHolidays.All(cultureDay: true) });

        Assert.True(announced.IsWorkingDay(new(2026, 11, 24)));
        Assert.False(inForce.IsWorkingDay(new(2026, 11, 24)));
    }

    [Fact]
    public void Nonsense_is_not_a_calendar()
    {
        var data = A.CalendarData();
        var holiday = new SpecialDay(new(2026, 1, 1), SpecialDayKind.Closing, "twice");

        Assert.Throws<ArgumentException>(() => A.Calendar(holiday));
        Assert.Throws<ArgumentException>(() => A.Calendar(new SpecialDay(new(2026, 3, 3), SpecialDayKind.HalfDay, "no hours")));
        Assert.Throws<ArgumentException>(() => new WorkCalendar(data with { Week = CalendarData.MondayToFriday() }));
        Assert.Throws<ArgumentException>(() => new WorkCalendar(
            data with { Week = CalendarData.MondayToFriday(HourRange.Parse("07:00-12:00"), HourRange.Parse("11:00-17:00")) }));
        Assert.Throws<ArgumentException>(() => HourRange.Parse("11:00-07:00"));
        Assert.Throws<ArgumentOutOfRangeException>(() => A.Calendar().AddWorking(A.At("2026-03-02 09:00"), TimeSpan.FromHours(-1)));
    }

    [Fact]
    public void A_calendar_survives_the_way_through_JSON()
    {
        var half = new SpecialDay(new(2026, 3, 3), SpecialDayKind.HalfDay, "Chiều nghỉ", [HourRange.Parse("07:00-11:30")]);
        var json = A.CalendarData(half).ToJson();

        var again = CalendarData.FromJson(json);

        Assert.Contains("07:00-11:30", json, StringComparison.Ordinal);
        Assert.Equal(json, again.ToJson());
        Assert.Equal("2026-03-03 11:30", A.Wall(new WorkCalendar(again).AddWorkingDays(A.At("2026-03-02 14:00"), 1)));
    }

    [Fact]
    public void A_promise_uses_the_latest_version_in_force_on_the_day()
    {
        var first = new WorkCalendar(A.CalendarData());
        var second = new WorkCalendar(A.CalendarData() with { Version = 2, ValidFrom = new(2026, 4, 1) });
        var corrected = new WorkCalendar(A.CalendarData() with { Version = 3, ValidFrom = new(2026, 4, 1) });
        WorkCalendar[] versions = [second, corrected, first];

        Assert.Same(first, WorkCalendar.InForce(versions, new(2026, 3, 31)));
        Assert.Same(corrected, WorkCalendar.InForce(versions, new(2026, 4, 1)));
        Assert.Null(WorkCalendar.InForce(versions, new(2024, 12, 31)));
    }

    [Fact]
    public void Ten_thousand_deadlines_over_a_year_cost_no_minute_loop()
    {
        var calendar = A.Calendar();
        var start = A.At("2026-03-02 09:00");

        var last = Enumerable.Range(1, 10_000).Max(hours => calendar.AddWorking(start, TimeSpan.FromHours(hours)));

        Assert.True(last > start.AddYears(4));
    }
}
