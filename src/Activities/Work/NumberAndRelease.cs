using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Work;

/// <summary>Cấp số, đóng dấu, phát hành: the clerk gives the document its number; the dossier is finished (status 9, D9).</summary>
[Activity(
    "PublicService.NumberAndRelease",
    Palette.Category,
    "Cấp số, phát hành",
    Description = "Văn thư cấp số, đóng dấu và phát hành kết quả. Thời điểm này là thời điểm kết thúc xử lý của hồ sơ.")]
[Outcomes("Done")]
public sealed class NumberAndRelease : Activity
{
    private const string Released = "Đã phát hành";

    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Cấp số, đóng dấu, phát hành");

    [OfficeField("Cơ quan")]
    public Input<string> Office { get; } = new(OfficeRule.Competent);

    [Field("Thời hạn bước (giờ làm việc)")]
    public Input<int> Hours { get; } = new(1);

    [Field("Mã kết quả", Description = "Để trống: kết quả chính của thủ tục. Ghi mã khi kết quả là văn bản khác, ví dụ thông báo từ chối.", Source = FieldSources.Results)]
    public Input<string> ResultCode { get; } = new();

    [Field("Số, ký hiệu")]
    public Output Number { get; } = new("String");

    public override StepResult Enter(StepContext step) => step.Ask(
        step.Get(Title)!,
        Role.Clerk,
        OfficeRule.Resolve(step, step.Get(Office)),
        step.Get(Hours),
        [Released],
        (JsonObject)JsonNode.Parse("""
            {"type":"object","required":["resultNumber"],"additionalProperties":false,
             "properties":{"resultNumber":{"type":"string","title":"Số, ký hiệu","minLength":1,"maxLength":100}}}
            """)!,
        FormalActs.NumberAndRelease);

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var answer = step.Answer(signal);
        var subject = step.Subject();
        var number = answer.Form["resultNumber"]?.ToString() ?? string.Empty;
        subject.Dossier.Finish(number, step.Get(ResultCode) is { Length: > 0 } code ? code : subject.Result.Code, subject.Act);
        step.Set(Number, number);
        return StepResult.Done;
    }
}
