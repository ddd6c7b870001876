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

    /// <summary>A dossier that waits for its citizen with minutes left is not looked at every few minutes for weeks.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

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
        var left = calendar.WorkingTimeBetween(subject.Dossier.PausedFrom ?? step.Now, due);
        if (subject.Dossier.PausedFrom is not null && left > TimeSpan.Zero)
        {
            // The clock stands, so there is nothing to say. Look again when the promise could come near if it ran on from now.
            var near = left - TimeSpan.FromMinutes(step.Get(WarnMinutes));
            return WaitUntil(step, calendar.AddWorking(step.Now, near > TimeSpan.Zero ? near : left > Shortest ? left : Shortest), due);
        }

        if (step.Now >= due)
        {
            subject.Dossier.NoteBreach(due, subject.Act);
            return StepResult.With(Breached);
        }

        var early = left - TimeSpan.FromMinutes(step.Get(WarnMinutes));
        var promise = Messages.Notification.Instant(due);
        var warned = step.Last(WarnedFor)?.ToString() == promise;
        if (early <= TimeSpan.Zero && !warned)
        {
            step.Set(WarnedFor, promise);
            subject.Dossier.Note(LedgerAct.DeadlineWarned, null, subject.Act);
            return StepResult.With(DueSoon);
        }

        return WaitUntil(step, warned ? due : calendar.AddWorking(step.Now, early), due);
    }

    private static StepResult WaitUntil(StepContext step, DateTimeOffset instant, DateTimeOffset due) =>
        step.WaitFor(BookmarkName, null, new JsonObject { ["DueAt"] = Messages.Notification.Instant(due) }, instant);
}
