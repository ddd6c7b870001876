using System.Globalization;
using System.Text.Json;

namespace PublicService.Dossiers.Tests.Calendar;

/// <summary>The collected public holidays 2025 to 2027 against the seed file, which administrators of a province may exchange but nobody changes by accident.</summary>
public sealed class HolidayFileTests
{
    private static readonly JsonElement Facts = Fixture.Read("holidays.json");

    public static TheoryData<string> DaysOff() => Dates("days_off");

    public static TheoryData<string> DaysWorked() => Dates("make_up_working_days");

    [Theory]
    [MemberData(nameof(DaysOff))]
    public void Is_a_day_off(string date) =>
        Assert.False(new WorkCalendar(A.CalendarData() with { SpecialDays = NationalHolidays.All(cultureDay: true) }).IsWorkingDay(Day(date)));

    [Theory]
    [MemberData(nameof(DaysWorked))]
    public void Is_worked_although_a_Saturday(string date)
    {
        Assert.Equal(DayOfWeek.Saturday, Day(date).DayOfWeek);
        Assert.Equal(8, A.Calendar().HoursOn(Day(date)).Sum(range => (range.To - range.From).TotalHours));
    }

    [Fact]
    public void The_seed_holds_nothing_else()
    {
        var known = Facts.GetProperty("days_off").EnumerateArray().Concat(Facts.GetProperty("make_up_working_days").EnumerateArray())
            .Select(day => Day(day.GetProperty("date").GetString()!));

        Assert.Equal(known.Order(), NationalHolidays.All().Select(day => day.Date).Order());
    }

    [Fact]
    public void Tet_2026_closes_five_working_days()
    {
        var calendar = A.Calendar();

        var hours = calendar.WorkingTimeBetween(A.At("2026-02-14 00:00"), A.At("2026-02-23 00:00"));

        Assert.Equal(TimeSpan.Zero, hours);
        Assert.Equal(80, calendar.WorkingTimeBetween(A.At("2026-02-09 00:00"), A.At("2026-02-28 00:00")).TotalHours);
    }

    private static TheoryData<string> Dates(string list) =>
        [.. Facts.GetProperty(list).EnumerateArray().Select(day => day.GetProperty("date").GetString()!)];

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
