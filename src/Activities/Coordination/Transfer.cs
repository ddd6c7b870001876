using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Coordination;

/// <summary>
/// Luân chuyển, liên thông: a part of the work is done by another department (ngang), another level (dọc) or a foreign system. The
/// dossier stays where it is and its clock runs on (D7); the step has a limit of its own, and silence may count as consent (D14).
/// </summary>
[Activity(
    "PublicService.Transfer",
    Palette.Category,
    "Liên thông",
    Description = "Chuyển một phần việc cho cơ quan cùng cấp (ngang), cấp khác (dọc) hoặc hệ thống ngoài và chờ trả lời. Thời hạn của hồ sơ vẫn chạy.")]
public sealed class Transfer : Activity
{
    public const string Overdue = "Quá hạn";

    private const string TimerName = "PublicService.Transfer.Timer";

    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Phối hợp giải quyết");

    [OfficeField("Nơi nhận")]
    public Input<string> Office { get; } = new();

    [Field("Hệ thống ngoài", Description = "Tên hệ thống khi nơi nhận xử lý trên hệ thống riêng; để trống khi cán bộ xử lý tại đây.")]
    public Input<string> System { get; } = new();

    [Field("Vai trò", Options = ["PHOI_HOP=Cơ quan phối hợp", "CHUYEN_VIEN=Chuyên viên thụ lý", "TIEP_NHAN=Cán bộ tiếp nhận", "LD_PHONG=Lãnh đạo phòng", "LD_DON_VI=Lãnh đạo đơn vị", "LD_TINH=Lãnh đạo UBND tỉnh"])]
    public Input<string> Role { get; } = new(Dossiers.Role.Coordinator);

    [Field("Hướng", Options = ["Ngang=Liên thông ngang", "Doc=Liên thông dọc"])]
    public Input<string> Direction { get; } = new("Ngang");

    [Field("Các kết quả", Hint = UiHints.DynamicOutcomes)]
    public Input<string[]> Outcomes { get; } = new();

    [Field("Thời hạn trả lời (ngày)", Description = "0: không đặt hạn.")]
    public Input<int> Days { get; } = new(0);

    [Field("Đơn vị ngày", Options = ["Working=Ngày làm việc", "Calendar=Ngày"])]
    public Input<string> Unit { get; } = new("Working");

    [Field("Kết quả khi im lặng", Description = "Để trống: hết hạn đi theo nhánh “Quá hạn”. Chọn một kết quả: im lặng được coi là kết quả đó.", Source = FieldSources.OwnOutcomes)]
    public Input<string> SilenceOutcome { get; } = new();

    [Field("Dữ liệu gửi đi", Hint = UiHints.JsonEditor, IsSensitive = true)]
    public Input<JsonNode> Content { get; } = new();

    [Field("Dữ liệu trả lời")]
    public Output Answer { get; } = new();

    public override IReadOnlyList<string> OutcomesOf(ActivityNode node) =>
        ConstantOf(node, nameof(Days)) is null or "0" || ConstantOf(node, nameof(SilenceOutcome)) is { Length: > 0 }
            ? base.OutcomesOf(node)
            : [.. base.OutcomesOf(node), Overdue];

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        subject.BeginWork();
        var office = OfficeRule.Resolve(step, step.Get(Office));
        subject.OfficeOf(office).MustBeValidOn(VietnamTime.DateOf(step.Now));
        var days = step.Get(Days);
        subject.Dossier.Note(
            LedgerAct.TransferSent,
            HumanTask.Data(new JsonObject { ["title"] = step.Get(Title), ["to"] = office, ["system"] = step.Get(System), ["direction"] = step.Get(Direction), ["days"] = days }),
            subject.Act);
        DateTimeOffset? until = days <= 0 ? null : step.Get(Unit) == "Calendar" ? step.Now.AddDays(days) : subject.CalendarOf(office).AddWorkingDays(step.Now, days);
        if (until is not null)
        {
            step.WaitFor(TimerName, null, null, until);
        }

        return step.Get(System) is { Length: > 0 } system
            ? Callback.Ask(step, "transfer", system, Known(step), new JsonObject { ["office"] = office, ["title"] = step.Get(Title), ["content"] = step.Get(Content)?.DeepClone() })
            : step.Ask(step.Get(Title)!, step.Get(Role)!, office, until, Known(step));
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        if (signal.Bookmark.Name == TimerName)
        {
            return Silent(step);
        }

        var (outcome, data) = signal.Bookmark.Name == Callback.BookmarkName
            ? (Callback.Outcome(signal.Input, Known(step)), signal.Input["data"])
            : Answered(step, signal);
        step.Set(Answer, data?.DeepClone());
        step.Subject().Dossier.Note(LedgerAct.TransferAnswered, HumanTask.Data(new JsonObject { ["title"] = step.Get(Title), ["outcome"] = outcome }), step.Subject().Act);
        return StepResult.With(outcome);
    }

    public override IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition)
    {
        if (ConstantOf(node, nameof(SilenceOutcome)) is { Length: > 0 } silence && !base.OutcomesOf(node).Contains(silence))
        {
            yield return new Finding("SILENCE_WITHOUT_OUTCOME", FindingLevel.Error, node.Id, $"“Kết quả khi im lặng” ({silence}) không phải là một kết quả của bước.");
        }
    }

    private StepResult Silent(StepContext step)
    {
        var subject = step.Subject();
        if (step.Get(SilenceOutcome) is not { Length: > 0 } silence)
        {
            subject.Dossier.Note(LedgerAct.DeadlineBreached, HumanTask.Data(new JsonObject { ["title"] = step.Get(Title) }), subject.Act);
            return StepResult.With(Overdue);
        }

        subject.Dossier.Note(LedgerAct.ConsentBySilence, HumanTask.Data(new JsonObject { ["title"] = step.Get(Title), ["outcome"] = silence }), subject.Act);
        return StepResult.With(silence);
    }

    private static (string Outcome, JsonNode? Data) Answered(StepContext step, Signal signal)
    {
        var answer = step.Answer(signal);
        return (answer.Outcome, answer.Form);
    }

    private string[] Known(StepContext step) => step.Get(Outcomes) ?? [ActivityDescriptor.DefaultOutcome];

    private static string? ConstantOf(ActivityNode node, string name) =>
        node.Inputs.First(input => input.Descriptor.Name == name).Value?.Constant?.ToString();
}
