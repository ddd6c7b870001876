using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Seeding;

/// <summary>The province's calendar from <c>holidays.json</c>; an announced day that is not confirmed is kept without effect.</summary>
internal static class CalendarSeed
{
    public static CalendarRow Read(JsonNode holidays, string calendarId, DateTimeOffset now)
    {
        HourRange[] hours = [.. holidays["working_hours"]!["default"]!.AsArray()
            .Select(range => HourRange.Parse($"{range![0]!.GetValue<string>()}-{range[1]!.GetValue<string>()}"))];
        var data = new CalendarData
        {
            Id = calendarId,
            Version = 1,
            ValidFrom = new DateOnly(2025, 1, 1),
            Week = CalendarData.MondayToFriday(hours),
            SpecialDays =
            [
                .. holidays["days_off"]!.AsArray().Select(day => new SpecialDay(
                    Date(day!), SpecialDayKind.Holiday, day!["name"]!.GetValue<string>(), InForce: day["kind"]!.GetValue<string>() != "new_holiday_pending")),
                .. holidays["make_up_working_days"]!.AsArray().Select(day => new SpecialDay(
                    Date(day!), SpecialDayKind.SwappedWorkingDay, day!["name"]!.GetValue<string>())),
            ],
        };
        return new CalendarRow
        {
            CalendarId = calendarId,
            Version = 1,
            ValidFrom = data.ValidFrom,
            Json = data.ToJson(),
            CreatedAt = now,
            CreatedBy = Act.SystemId,
            Note = "Dữ liệu ban đầu",
        };
    }

    private static DateOnly Date(JsonNode day) =>
        DateOnly.ParseExact(day["date"]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
