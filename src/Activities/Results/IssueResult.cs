using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Results;

/// <summary>Kết quả điện tử của hồ sơ (NĐ 118/2025 Điều 22 khoản 1): what the host stores as the dossier's result.</summary>
/// <param name="Data">Content of the result, taken from the approved dossier alone.</param>
public sealed record ResultIssued(string Code, string Name, string? Number, JsonObject Data) : Effect;

/// <summary>Issues the electronic result of a finished dossier.</summary>
[Activity(
    "PublicService.IssueResult",
    Palette.Category,
    "Ban hành kết quả điện tử",
    Description = "Lập kết quả điện tử từ dữ liệu hồ sơ đã duyệt và lưu vào hồ sơ. Thực hiện sau khi cấp số.")]
[Outcomes("Done")]
public sealed class IssueResult : Activity
{
    [Field("Nội dung kết quả", Description = "Dữ liệu ghi trên kết quả; mặc định là dữ liệu biểu mẫu của hồ sơ.", Hint = UiHints.JsonEditor, IsSensitive = true)]
    public Input<JsonNode> Content { get; } = new();

    [Field("Mã kết quả", Description = "Để trống: kết quả chính của thủ tục.", Source = FieldSources.Results)]
    public Input<string> ResultCode { get; } = new();

    [Field("Tên kết quả", Description = "Tên của kết quả có mã ở trên.")]
    public Input<string> ResultName { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var dossier = subject.Dossier;
        if (dossier.BusinessStatus is not BusinessStatus.Finished)
        {
            throw new RefusedException("RESULT_NOT_RELEASED", "Chỉ ban hành kết quả điện tử sau khi kết quả đã được cấp số, phát hành.");
        }

        var content = step.Get(Content) as JsonObject ?? JsonNode.Parse(dossier.FormData) as JsonObject ?? [];
        var (code, name) = step.Get(ResultCode) is { Length: > 0 } other ? (other, step.Get(ResultName) ?? other) : subject.Result;
        step.Emit(new ResultIssued(code, name, dossier.ResultNumber, (JsonObject)content.DeepClone()));
        dossier.Note(LedgerAct.DocumentIssued, HumanTask.Data(new JsonObject { ["result"] = code, ["number"] = dossier.ResultNumber }), Act.System(subject.Act.At));
        step.Emit(Messages.Notification.About(step, "CoKetQua", new JsonObject { ["result"] = name, ["number"] = dossier.ResultNumber }));
        return StepResult.Done;
    }
}
