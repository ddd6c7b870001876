using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Deadlines;

/// <summary>
/// Xin lỗi và đề nghị gia hạn (mẫu 04): the leader signs a letter with a new date, once, and before the promise is broken (D11). Without
/// a letter the work goes on and the dossier is overdue.
/// </summary>
[Activity(
    "PublicService.Apologise",
    Palette.Category,
    "Xin lỗi, hẹn lại",
    Description = "Lãnh đạo ký văn bản xin lỗi và hẹn lại ngày trả (mẫu 04). Chỉ một lần và trước hạn.")]
[Outcomes(Sent, NotSent)]
public sealed class Apologise : Activity
{
    public const string Sent = "Đã gửi";
    public const string NotSent = "Không gửi";

    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Ký văn bản xin lỗi, hẹn lại ngày trả");

    [Field("Người ký", Options = ["LD_PHONG=Lãnh đạo phòng", "LD_DON_VI=Lãnh đạo đơn vị", "LD_TINH=Lãnh đạo UBND tỉnh"])]
    public Input<string> Role { get; } = new(Dossiers.Role.OfficeLeader);

    [Field("Cơ quan")]
    public Input<string> Office { get; } = new(OfficeRule.Competent);

    public override StepResult Enter(StepContext step) => step.Ask(
        step.Get(Title)!,
        step.Get(Role)!,
        OfficeRule.Resolve(step, step.Get(Office)),
        4,
        [Sent, NotSent],
        (JsonObject)JsonNode.Parse("""
            {"type":"object","additionalProperties":false,
             "properties":{"newDueAt":{"type":"string","title":"Ngày hẹn trả mới","format":"date-time"},
                           "reason":{"type":"string","title":"Lý do quá hạn","maxLength":1000}}}
            """)!);

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var answer = step.Answer(signal);
        if (answer.Outcome == Sent)
        {
            var subject = step.Subject();
            if (!DateTimeOffset.TryParse(answer.Form["newDueAt"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var newDue))
            {
                throw new RefusedException("NEW_DUE_REQUIRED", "Văn bản xin lỗi phải ghi ngày hẹn trả mới.");
            }

            subject.Dossier.Extend(newDue, answer.Form["reason"]?.ToString() ?? string.Empty, subject.Calendar, subject.Act);
            step.Emit(Messages.Notification.About(step, "XinLoi", new JsonObject { ["dueAt"] = Messages.Notification.Instant(subject.Dossier.DueAt) }));
        }

        return StepResult.With(answer.Outcome);
    }
}
