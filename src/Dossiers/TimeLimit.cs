using System.Globalization;
using System.Text.Json;

namespace PublicService.Dossiers;

/// <summary>What a time limit is counted in (D1).</summary>
public enum LimitUnit
{
    /// <summary>The procedure promises no date (D13).</summary>
    None = 0,
    WorkingDay = 1,
    CalendarDay = 2,
    WorkingHour = 3,
    Month = 4,

    /// <summary>Result the same working day, or the next one when received after the cut-off (D4).</summary>
    SameDay = 5,
}

/// <summary>The time a procedure allows, as published. Errors: <see cref="ArgumentException"/> when the value does not fit the unit.</summary>
public sealed record TimeLimit
{
    public TimeLimit(int value, LimitUnit unit, TimeOnly? cutOff = null)
    {
        if (unit is LimitUnit.None ? value != 0 : value is < 1 or > 3650)
        {
            throw new ArgumentException($"{value} is not a time limit in {unit}.", nameof(value));
        }

        (Value, Unit, CutOff) = (value, unit, cutOff);
    }

    public int Value { get; }

    public LimitUnit Unit { get; }

    /// <summary>For <see cref="LimitUnit.SameDay"/> only: latest reception for the same day; null takes the calendar's (15:00, D4).</summary>
    public TimeOnly? CutOff { get; }

    public static TimeLimit None { get; } = new(0, LimitUnit.None);

    public static TimeLimit WorkingDays(int days) => new(days, LimitUnit.WorkingDay);

    public static TimeLimit CalendarDays(int days) => new(days, LimitUnit.CalendarDay);

    public static TimeLimit WorkingHours(int hours) => new(hours, LimitUnit.WorkingHour);

    public static TimeLimit Months(int months) => new(months, LimitUnit.Month);

    public static TimeLimit SameDay(TimeOnly? cutOff = null) => new(1, LimitUnit.SameDay, cutOff);

    /// <summary>Reads the <c>time</c> object of a procedure: <c>{"value":3,"unit":"working_day","cutoff":"15:00"}</c>. Other fields are ignored.</summary>
    /// <exception cref="FormatException">The unit is unknown or the value is missing: portal data are dirty and must be reviewed, not guessed.</exception>
    public static TimeLimit Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var time = document.RootElement;
        var unit = time.TryGetProperty("unit", out var word) ? word.GetString() : null;
        var value = time.TryGetProperty("value", out var number) && number.ValueKind is JsonValueKind.Number ? number.GetInt32() : 0;
        var cutOff = time.TryGetProperty("cutoff", out var clock) ? clock.GetString() : null;
        return Parse(value, unit, cutOff);
    }

    /// <summary>The same from its parts; <paramref name="cutOff"/> is <c>HH:mm</c>.</summary>
    public static TimeLimit Parse(int value, string? unit, string? cutOff = null) => unit switch
    {
        "working_day" => WorkingDays(value),
        "day" => CalendarDays(value),
        "working_hour" => WorkingHours(value),
        "month" => Months(value),
        "same_day" => SameDay(cutOff is null ? null : TimeOnly.ParseExact(cutOff, "HH:mm", CultureInfo.InvariantCulture)),
        "none" => None,
        _ => throw new FormatException($"Unknown unit of a time limit: '{unit}'."),
    };

    /// <summary>
    /// Reads a duration as analysts write it in a definition: <c>P3D</c> is three working days, <c>PT4H</c> four working hours, <c>P1M</c> one month.
    /// Mixed durations are refused: a working day has no fixed length in hours.
    /// </summary>
    public static TimeLimit ParseDuration(string duration)
    {
        ArgumentNullException.ThrowIfNull(duration);
        var (unit, digits) = duration switch
        {
            ['P', 'T', .. var hours, 'H'] => (LimitUnit.WorkingHour, hours),
            ['P', .. var days, 'D'] => (LimitUnit.WorkingDay, days),
            ['P', .. var months, 'M'] when !months.StartsWith('T') => (LimitUnit.Month, months),
            _ => throw new FormatException($"Not a duration in working days (P3D), working hours (PT4H) or months (P1M): '{duration}'."),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new(value, unit)
            : throw new FormatException($"Not a whole number of days, hours or months: '{duration}'.");
    }

    /// <summary>As printed on form 01, for example <c>3 ngày làm việc</c>.</summary>
    public string Word() => Unit switch
    {
        LimitUnit.None => "Không hẹn ngày trả",
        LimitUnit.WorkingDay => $"{Value} ngày làm việc",
        LimitUnit.CalendarDay => $"{Value} ngày",
        LimitUnit.WorkingHour => $"{Value} giờ làm việc",
        LimitUnit.Month => $"{Value} tháng",
        LimitUnit.SameDay => "Trong ngày làm việc",
    };
}
