using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Work;

/// <summary>
/// Việc của một người: waits until somebody with the role at the office chooses one of the outcomes. A citizen's step may take
/// silence for an answer after some working days (D14).
/// </summary>
[Activity(
    "PublicService.OfficerTask",
    Palette.Category,
    "Xử lý hồ sơ",
    Description = "Giao việc cho người có vai trò tại cơ quan và chờ người đó chọn một kết quả. Có thể quy định: quá số ngày làm việc mà không trả lời thì coi như đã chọn một kết quả.")]
public sealed class OfficerTask : Activity
{
    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Xử lý hồ sơ");

    [Field("Vai trò", Options = ["TIEP_NHAN=Cán bộ tiếp nhận", "CHUYEN_VIEN=Chuyên viên thụ lý", "LD_PHONG=Lãnh đạo phòng", "LD_DON_VI=Lãnh đạo đơn vị", "LD_TINH=Lãnh đạo UBND tỉnh", "VAN_THU=Văn thư", "TRA_KQ=Cán bộ trả kết quả", "PHOI_HOP=Cơ quan phối hợp", "HOI_DONG=Hội đồng, đoàn kiểm tra", "CONG_DAN=Công dân"])]
    public Input<string> Role { get; } = new(Dossiers.Role.CaseOfficer);

    [OfficeField("Cơ quan")]
    public Input<string> Office { get; } = new(OfficeRule.Competent);

    [Field("Thời hạn bước (giờ làm việc)")]
    public Input<int> Hours { get; } = new(8);

    [Field("Các kết quả", Hint = UiHints.DynamicOutcomes)]
    public Input<string[]> Outcomes { get; } = new();

    [Field("Biểu mẫu", Description = "JSON Schema của dữ liệu phải nhập.", Hint = UiHints.JsonEditor)]
    public Input<JsonNode> Form { get; } = new();

    [Field("Im lặng sau (ngày làm việc)", Description = "0: không áp dụng.", Category = "Im lặng là đồng ý")]
    public Input<int> SilenceDays { get; } = new(0);

    [Field("Kết quả khi im lặng", Category = "Im lặng là đồng ý")]
    public Input<string> SilenceOutcome { get; } = new();

    [Field("Dữ liệu đã nhập")]
    public Output Data { get; } = new();

    [Field("Kết quả đã chọn")]
    public Output Outcome { get; } = new("String");

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        subject.BeginWork();
        if (step.Get(SilenceDays) is > 0 and var days)
        {
            step.WaitFor(TaskRequest.BookmarkName + ".Silence", null, null, subject.Calendar.AddWorkingDays(step.Now, days));
        }

        return step.Ask(
            step.Get(Title)!,
            step.Get(Role)!,
            OfficeRule.ResolveCurrent(step, step.Get(Office)),
            step.Get(Hours),
            step.Get(Outcomes) ?? [ActivityDescriptor.DefaultOutcome],
            step.Get(Form) as JsonObject,
            ActOf(step.Get(Role)));
    }

    /// <summary>A leader's decision is an approval, whatever the analyst calls it.</summary>
    internal static FormalActs ActOf(string? role) =>
        role is Dossiers.Role.DepartmentHead or Dossiers.Role.OfficeLeader or Dossiers.Role.ProvinceLeader ? FormalActs.Approve : FormalActs.None;

    public override StepResult Resume(StepContext step, Signal signal)
    {
        if (signal.Bookmark.Name != TaskRequest.BookmarkName)
        {
            var silence = step.Get(SilenceOutcome)!;
            step.Subject().Dossier.Note(LedgerAct.ConsentBySilence, HumanTask.Data(new JsonObject { ["title"] = step.Get(Title), ["outcome"] = silence }), step.Subject().Act);
            step.Set(Outcome, silence);
            return StepResult.With(silence);
        }

        var answer = step.Answer(signal);
        step.Set(Data, answer.Form.DeepClone());
        step.Set(Outcome, answer.Outcome);
        return StepResult.With(answer.Outcome);
    }

    public override IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition)
    {
        var days = InputOf(node, nameof(SilenceDays));
        var outcome = InputOf(node, nameof(SilenceOutcome))?.ToString();
        if (days is not null && days.ToString() != "0" && !OutcomesOf(node).Contains(outcome))
        {
            yield return new Finding("SILENCE_WITHOUT_OUTCOME", FindingLevel.Error, node.Id, "Đã đặt số ngày im lặng nhưng “Kết quả khi im lặng” không phải là một kết quả của bước.");
        }
    }

    private static JsonNode? InputOf(ActivityNode node, string name) =>
        node.Inputs.First(input => input.Descriptor.Name == name).Value?.Constant;
}
