using System.Globalization;
using System.Xml;
using PublicService.Workflows.Catalog;

namespace PublicService.Engine.Running;

/// <summary>When the schedule of a start trigger (Timer, Cron, StartAt) comes round, in UTC.</summary>
public static class TriggerSchedule
{
    /// <summary>The first instant of a trigger published now; null for events and for a StartAt that has passed.</summary>
    /// <exception cref="FormatException">The text is no schedule.</exception>
    public static DateTimeOffset? First(TriggerStimulus trigger, DateTimeOffset now) =>
        trigger.Schedule is null ? null : First(trigger.Name, trigger.Schedule, now);

    /// <summary>The instant after one that has come. Those missed while no engine ran are made up for by one start, not by many.</summary>
    public static DateTimeOffset? Next(string name, string schedule, DateTimeOffset due, DateTimeOffset now) => name switch
    {
        "Elsa.StartAt" => null,
        // Counted from the last one, so that being swept a little late does not move all that follow.
        "Elsa.Timer" => due + Interval(schedule) is var next && next > now ? next : now + Interval(schedule),
        _ => First(name, schedule, now),
    };

    private static DateTimeOffset? First(string name, string schedule, DateTimeOffset now) => name switch
    {
        "Elsa.Timer" => now + Interval(schedule),
        "Elsa.Cron" => CronSchedule.Next(schedule, now),
        "Elsa.StartAt" => DateTimeOffset.Parse(schedule, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) is var at && at > now ? at : null,
        _ => null,
    };

    private static TimeSpan Interval(string schedule) => XmlConvert.ToTimeSpan(schedule) is var span && span > TimeSpan.Zero
        ? span
        : throw new FormatException($"An interval must be longer than nothing: '{schedule}'.");
}
