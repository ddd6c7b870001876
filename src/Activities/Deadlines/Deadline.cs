using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Deadlines;

/// <summary>
/// Thời hạn giải quyết: watches the dossier's promise and leaves when it is near or broken, or pauses and resumes the legal clock
/// for a step whose time the procedure excludes (D7, D15). A timer decides nothing: it asks the dossier.
/// </summary>
[Activity(
    "PublicService.Deadline",
    Palette.Category,
    "Thời hạn",
    Description = "Theo dõi hạn trả kết quả (báo sắp đến hạn, quá hạn), hoặc tạm dừng, tiếp tục thời hạn giải quyết khi pháp luật cho phép.")]
[Outcomes(DueSoon, Breached, "Done")]
public sealed class Deadline : Activity
{
    public const string DueSoon = "Sắp đến hạn";
    public const string Breached = "Quá hạn";

    private const string BookmarkName = "PublicService.Deadline";

    [Field("Việc cần làm", Options = ["Watch=Theo dõi hạn", "Pause=Tạm dừng thời hạn", "Resume=Tiếp tục thời hạn"])]
    public Input<string> Mode { get; } = new("Watch");

    [Field("Báo trước (phút làm việc)")]
    public Input<int> WarnMinutes { get; } = new(120);

    [Field("Căn cứ pháp lý", Description = "Bắt buộc khi tạm dừng.")]
    public Input<string> Article { get; } = new();

    [Field("Lý do")]
    public Input<string> Reason { get; } = new();

    /// <summary>One warning for each promise; a promise that moved is warned of again.</summary>
    [Field("Đã báo cho hạn")]
    public Output WarnedFor { get; } = new("DateTimeOffset");

    public override IReadOnlyList<string> OutcomesOf(ActivityNode node) =>
        node.Inputs[0].Value?.Constant?.ToString() is "Pause" or "Resume" ? [ActivityDescriptor.DefaultOutcome] : [DueSoon, Breached];

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        switch (step.Get(Mode))
        {
            case "Pause":
                subject.Dossier.PauseFor(step.Get(Article) ?? string.Empty, step.Get(Reason) ?? string.Empty, subject.Act);
                return StepResult.Done;
            case "Resume":
                subject.Dossier.Resume(subject.Calendar, subject.Act);
                return StepResult.Done;
            default:
                return Watch(step);
        }
    }

    public override StepResult Resume(StepContext step, Signal signal) => Watch(step);

    /// <summary>Leaves when the dossier is near its promise or past it; otherwise waits for the next instant that can matter.</summary>
    private StepResult Watch(StepContext step)
    {
        var subject = step.Subject();
        if (subject.Dossier is not { IsOpen: true, DueAt: { } due })
        {
            // Nothing to watch: no appointment, or the dossier has ended. The branch ends here.
            return StepResult.With([]);
        }

        var calendar = subject.Calendar;
        if (subject.Dossier.PausedFrom is { } pausedFrom)
        {
            // While paused the promise moves; it cannot come earlier than the working time that was left.
            due = calendar.AddWorking(step.Now, calendar.WorkingTimeBetween(pausedFrom, due));
        }

        var early = calendar.WorkingTimeBetween(step.Now, due) - TimeSpan.FromMinutes(step.Get(WarnMinutes));
        var promise = Messages.Notification.Instant(due);
        var warned = step.Last(WarnedFor)?.ToString() == promise;
        if (step.Now >= due)
        {
            subject.Dossier.NoteBreach(due, subject.Act);
            return StepResult.With(Breached);
        }

        if (early <= TimeSpan.Zero && !warned)
        {
            step.Set(WarnedFor, promise);
            subject.Dossier.Note(LedgerAct.DeadlineWarned, null, subject.Act);
            return StepResult.With(DueSoon);
        }

        return step.WaitFor(BookmarkName, null, new JsonObject { ["DueAt"] = promise }, warned ? due : calendar.AddWorking(step.Now, early));
    }
}
