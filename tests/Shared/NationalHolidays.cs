using System.Globalization;
using System.Text.Json;

namespace PublicService.Dossiers;

/// <summary>Days off and swapped days of <c>seed/holidays.json</c>, for calendars of tests.</summary>
internal static class NationalHolidays
{
    private static readonly IReadOnlyList<(SpecialDay Day, bool IsPending)> Seed = Read();

    /// <param name="cultureDay">24/11, Ngày Văn hóa Việt Nam: announced, not confirmed to be in force, so it can be switched.</param>
    public static IReadOnlyList<SpecialDay> All(bool cultureDay = false) =>
        [.. Seed.Select(one => one.IsPending ? one.Day with { InForce = cultureDay } : one.Day)];

    private static List<(SpecialDay Day, bool IsPending)> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "seed", "holidays.json")));
        return
        [
            .. file.RootElement.GetProperty("days_off").EnumerateArray()
                .Select(day => (Special(day, SpecialDayKind.Holiday), day.GetProperty("kind").GetString() == "new_holiday_pending")),
            .. file.RootElement.GetProperty("make_up_working_days").EnumerateArray()
                .Select(day => (Special(day, SpecialDayKind.SwappedWorkingDay), false)),
        ];
    }

    private static SpecialDay Special(JsonElement day, SpecialDayKind kind) => new(
        DateOnly.ParseExact(day.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), kind, day.GetProperty("name").GetString()!);
}
