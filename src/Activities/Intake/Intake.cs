using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Intake;

/// <summary>
/// Tiếp nhận hồ sơ (NĐ 118/2025, mẫu 01-03): the receptionist checks the papers and accepts, asks for a supplement or refuses.
/// Accepting starts the legal clock and makes the promise.
/// </summary>
[Activity(
    "PublicService.Intake",
    Palette.Category,
    "Tiếp nhận",
    Description = "Cán bộ tiếp nhận kiểm tra thành phần hồ sơ: tiếp nhận, yêu cầu bổ sung hoặc từ chối. Khi tiếp nhận, thời hạn giải quyết bắt đầu chạy và ngày hẹn trả được tính.")]
[Outcomes(Accepted, Supplement, Refused)]
public sealed class Intake : Activity
{
    public const string Accepted = "Tiếp nhận";
    public const string Supplement = "Yêu cầu bổ sung";
    public const string Refused = "Từ chối";

    [Field("Tên công việc")]
    public Input<string> Title { get; } = new("Tiếp nhận, kiểm tra hồ sơ");

    [Field("Thời hạn bước (giờ làm việc)")]
    public Input<int> Hours { get; } = new(1);

    [Field("Dữ liệu nhập", Description = "Lý do và giấy tờ cần bổ sung do cán bộ nhập.")]
    public Output Form { get; } = new();

    public override StepResult Enter(StepContext step) => step.Ask(
        step.Get(Title)!,
        Role.Receptionist,
        step.Subject().Dossier.ReceivingOfficeId,
        step.Get(Hours),
        [Accepted, Supplement, Refused]);

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var answer = step.Answer(signal);
        var subject = step.Subject();
        step.Set(Form, answer.Form.DeepClone());
        if (answer.Outcome == Accepted)
        {
            subject.Dossier.Receive(subject.Limit, subject.Calendar, subject.Act);
            step.Emit(Messages.Notification.About(step, "TiepNhan", new JsonObject { ["dueAt"] = Messages.Notification.Instant(subject.Dossier.DueAt) }));
        }

        return StepResult.With(answer.Outcome);
    }
}
