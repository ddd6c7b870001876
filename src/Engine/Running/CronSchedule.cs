using System.Globalization;
using Quartz;

namespace PublicService.Engine.Running;

/// <summary>
/// Instants of a cron text, in UTC. Elsa writes six fields with seconds, where both day fields may be stars and Sunday is 0 or 7;
/// five fields without seconds are accepted as well. Quartz does the arithmetic.
/// </summary>
public static class CronSchedule
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

    /// <summary>The first instant after the given one; null when there is none.</summary>
    /// <exception cref="FormatException">The text is no cron expression.</exception>
    public static DateTimeOffset? Next(string expression, DateTimeOffset after)
    {
        var schedule = new CronExpression(ToQuartz(expression), TimeZoneInfo.Utc);
        return schedule.GetNextValidTimeAfter(after);
    }

    private static string ToQuartz(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (fields.Count == 5)
        {
            fields.Insert(0, "0");
        }

        if (fields.Count != 6)
        {
            throw new FormatException($"A cron expression has five or six fields: '{expression}'.");
        }

        fields[5] = string.Join(',', fields[5].Split(',').Select(NameDays));
        if (fields[5] == "*")
        {
            fields[5] = "?";
        }
        else if (fields[3] == "*")
        {
            fields[3] = "?";
        }

        return string.Join(' ', fields);
    }

    private static string NameDays(string part) => string.Join('-', part.Split('-').Select(day =>
        int.TryParse(day, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 7 ? Days[number] : day));
}
