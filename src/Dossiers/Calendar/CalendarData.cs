using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicService.Dossiers;

/// <summary>Why a date does not follow the weekly hours.</summary>
public enum SpecialDayKind
{
    /// <summary>Public holiday, compensatory or swapped day off.</summary>
    Holiday = 1,

    /// <summary>Ad-hoc closing of the office (storm, power); a partial one gives the hours that remain.</summary>
    Closing = 2,

    /// <summary>A day off that is worked instead of another (usually a Saturday); without hours it takes Monday's.</summary>
    SwappedWorkingDay = 3,

    /// <summary>A working day with other hours, which must be given.</summary>
    HalfDay = 4,
}

/// <summary>A date that does not follow the weekly hours.</summary>
/// <param name="InForce">False keeps an announced but unconfirmed day on file without effect, for example 24/11.</param>
public sealed record SpecialDay(
    DateOnly Date,
    SpecialDayKind Kind,
    string Name,
    IReadOnlyList<HourRange>? Hours = null,
    bool InForce = true);

/// <summary>
/// Source of a <see cref="WorkCalendar"/>: plain data, edited by administrators, kept as JSON. A change is a new version;
/// it reaches open dossiers only by an explicit, logged act.
/// </summary>
public sealed record CalendarData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required string Id { get; init; }

    public required int Version { get; init; }

    /// <summary>From this local date new promises use this version.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Hours per weekday; a weekday that is missing is off.</summary>
    public required IReadOnlyDictionary<DayOfWeek, IReadOnlyList<HourRange>> Week { get; init; }

    public IReadOnlyList<SpecialDay> SpecialDays { get; init; } = [];

    /// <summary>Latest reception for a same-day result (D4: 15:00).</summary>
    public TimeOnly CutOff { get; init; } = new(15, 0);

    /// <summary>An open dossier with no more than this working time left is "sắp đến hạn" (our choice: one working day).</summary>
    public int DueSoonMinutes { get; init; } = 480;

    /// <summary>Working days before the promise by which an apology must be sent (D11).</summary>
    public int ApologyNoticeDays { get; init; } = 1;

    /// <summary>Monday to Friday 07:00-11:30 and 13:30-17:00, as one province keeps them (D2); hours are set locally.</summary>
    public static IReadOnlyDictionary<DayOfWeek, IReadOnlyList<HourRange>> StandardWeek { get; } =
        MondayToFriday(HourRange.Parse("07:00-11:30"), HourRange.Parse("13:30-17:00"));

    public static IReadOnlyDictionary<DayOfWeek, IReadOnlyList<HourRange>> MondayToFriday(params HourRange[] hours) =>
        Enumerable.Range((int)DayOfWeek.Monday, 5).ToDictionary(day => (DayOfWeek)day, IReadOnlyList<HourRange> (_) => hours);

    /// <exception cref="JsonException">Not a calendar.</exception>
    public static CalendarData FromJson(string json) =>
        JsonSerializer.Deserialize<CalendarData>(json, Json) ?? throw new JsonException("The calendar is null.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
