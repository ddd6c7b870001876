using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Results;

/// <summary>Trả kết quả cho công dân (status 10) at the receiving place, by post or electronically; how late it is never blocks it (D12).</summary>
[Activity(
    "PublicService.ReturnResult",
    Palette.Category,
    "Trả kết quả",
    Description = "Cán bộ trả kết quả giao kết quả cho công dân tại nơi tiếp nhận, qua bưu chính hoặc bản điện tử.")]
[Outcomes("Done")]
public sealed class ReturnResult : Activity
{
    private const string Returned = "Đã trả";

    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Trả kết quả");

    [Field("Nơi trả")]
    public Input<string> Office { get; } = new(OfficeRule.Receiving);

    [Field("Thời hạn bước (giờ làm việc)", Description = "0: không đặt hạn; công dân có thể đến nhận bất cứ lúc nào.")]
    public Input<int> Hours { get; } = new(0);

    public override StepResult Enter(StepContext step) => step.Ask(
        step.Get(Title)!,
        Role.ResultOfficer,
        OfficeRule.Resolve(step, step.Get(Office)),
        step.Get(Hours),
        [Returned],
        (JsonObject)JsonNode.Parse("""
            {"type":"object","required":["receiver","method"],"additionalProperties":false,
             "properties":{"receiver":{"type":"string","title":"Người nhận","minLength":1,"maxLength":200},
                           "method":{"type":"string","title":"Hình thức trả","enum":["Counter","Post","Electronic"]}}}
            """)!,
        FormalActs.HandOver);

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var answer = step.Answer(signal);
        var dossier = step.Subject().Dossier;
        if (dossier.DeliveryStatus is DeliveryStatus.AwaitingArrival)
        {
            dossier.ConfirmArrival(step.Subject().Act);
        }

        var method = Enum.TryParse<ReturnMethod>(answer.Form["method"]?.ToString(), out var chosen) ? chosen : ReturnMethod.Counter;
        dossier.Return(answer.Form["receiver"]?.ToString() ?? string.Empty, method, step.Subject().Act);
        step.Emit(Messages.Notification.About(step, "TraKetQua", []));
        return StepResult.Done;
    }
}
