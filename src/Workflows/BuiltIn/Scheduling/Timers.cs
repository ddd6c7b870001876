using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Scheduling;

/// <summary>Waits for a span of time.</summary>
[Activity("Elsa.Delay", "Scheduling", "Delay", Description = "Waits for a span of time.")]
[Outcomes("Done")]
public sealed class Delay : Activity
{
    [Field("Time span")]
    public Input<TimeSpan> TimeSpan { get; } = new(System.TimeSpan.FromMinutes(1));

    public override StepResult Enter(StepContext step) => Due.At(step, "Elsa.Delay", "ResumeAt", step.Now + step.Get(TimeSpan));
}

/// <summary>Starts the workflow again and again, or waits once for the interval.</summary>
[Activity("Elsa.Timer", "Scheduling", "Timer", Description = "Fires at an interval.", Kind = "Trigger")]
[Outcomes("Done")]
public sealed class Timer : Activity
{
    public Input<TimeSpan> Interval { get; } = new(System.TimeSpan.FromMinutes(1));

    public override StepResult Enter(StepContext step) =>
        step.Run.TriggerActivityId == step.Node.Id ? StepResult.Done : Due.At(step, "Elsa.Timer", "ResumeAt", step.Now + step.Get(Interval));

    public override TriggerStimulus? TriggerOf(ActivityNode node) =>
        new("Elsa.Timer", null, XmlConvert.ToString(node.Inputs[0].Value?.Constant is { } text ? InputCast.To<TimeSpan>(text) : Interval.Fallback));
}

/// <summary>Starts the workflow by a cron schedule (UTC), or waits for its next instant.</summary>
[Activity("Elsa.Cron", "Scheduling", "Cron", Description = "Fires by a cron schedule.", Kind = "Trigger")]
[Outcomes("Done")]
public sealed class Cron : Activity
{
    [Field("Cron expression")]
    public Input<string> CronExpression { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        if (step.Run.TriggerActivityId == step.Node.Id)
        {
            return StepResult.Done;
        }

        var expression = step.Get(CronExpression) ?? string.Empty;
        var next = step.Run.Environment.NextCron(expression, step.Now)
            ?? throw new InvalidOperationException($"Cron expression '{expression}' has no further instant.");
        return step.WaitFor("Elsa.Cron", null, new JsonObject { ["ExecuteAt"] = Due.Text(next), ["CronExpression"] = expression }, next);
    }

    public override TriggerStimulus? TriggerOf(ActivityNode node) =>
        node.Inputs[0].Value?.Constant?.ToString() is { Length: > 0 } cron ? new TriggerStimulus("Elsa.Cron", null, cron) : null;
}

/// <summary>Waits until an instant; one that has passed goes on at once.</summary>
[Activity("Elsa.StartAt", "Scheduling", "Start at", Description = "Goes on at an instant.", Kind = "Trigger")]
[Outcomes("Done")]
public sealed class StartAt : Activity
{
    [Field("Date and time")]
    public Input<DateTimeOffset> DateTime { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var at = step.Get(DateTime);
        return step.Run.TriggerActivityId == step.Node.Id || at <= step.Now
            ? StepResult.Done
            : Due.At(step, "Elsa.StartAt", "ExecuteAt", at);
    }

    public override TriggerStimulus? TriggerOf(ActivityNode node) =>
        node.Inputs[0].Value?.Constant?.ToString() is { Length: > 0 } instant ? new TriggerStimulus("Elsa.StartAt", null, instant) : null;
}

/// <summary>Bookmarks that a timer resumes.</summary>
internal static class Due
{
    public static StepResult At(StepContext step, string name, string property, DateTimeOffset due) =>
        step.WaitFor(name, null, new JsonObject { [property] = Text(due) }, due);

    public static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);
}
