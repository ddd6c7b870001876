using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Intake;

/// <summary>Dừng giải quyết hồ sơ đã tiếp nhận (mẫu 05), for example when no supplement came in time.</summary>
[Activity(
    "PublicService.Stop",
    Palette.Category,
    "Dừng giải quyết",
    Description = "Thông báo dừng giải quyết hồ sơ đã tiếp nhận (mẫu 05). Bắt buộc có lý do.")]
[Outcomes("Done")]
public sealed class Stop : Activity
{
    [Field("Lý do", Hint = UiHints.MultiLine)]
    public Input<string> Reason { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var reason = step.Get(Reason) ?? string.Empty;
        subject.Dossier.Stop(reason, subject.Act);
        step.Emit(Messages.Notification.About(step, "DungGiaiQuyet", new JsonObject { ["reason"] = reason }));
        return StepResult.Done;
    }
}
