using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Intake;

/// <summary>Từ chối tiếp nhận giải quyết hồ sơ (mẫu 03) before reception; after it the office stops the dossier (mẫu 05).</summary>
[Activity(
    "PublicService.Refuse",
    Palette.Category,
    "Từ chối",
    Description = "Trước khi tiếp nhận: từ chối tiếp nhận (mẫu 03). Sau khi tiếp nhận: thông báo dừng giải quyết (mẫu 05). Bắt buộc có lý do.")]
[Outcomes("Done")]
public sealed class Refuse : Activity
{
    [Field("Lý do", Hint = UiHints.MultiLine)]
    public Input<string> Reason { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var reason = step.Get(Reason) ?? string.Empty;
        if (subject.Dossier.ReceivedAt is null)
        {
            subject.Dossier.NotAccept(reason, subject.Act);
        }
        else
        {
            subject.Dossier.Stop(reason, subject.Act);
        }

        step.Emit(Messages.Notification.About(step, "TuChoi", new JsonObject { ["reason"] = reason }));
        return StepResult.Done;
    }
}

/// <summary>Công dân rút hồ sơ: ends the dossier at the citizen's wish.</summary>
[Activity(
    "PublicService.Withdraw",
    Palette.Category,
    "Rút hồ sơ",
    Description = "Kết thúc hồ sơ theo yêu cầu rút của công dân. Bắt buộc có lý do.")]
[Outcomes("Done")]
public sealed class Withdraw : Activity
{
    [Field("Lý do", Hint = UiHints.MultiLine)]
    public Input<string> Reason { get; } = new("Công dân yêu cầu rút hồ sơ");

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        subject.Dossier.Withdraw(step.Get(Reason)!, subject.Act);
        step.Emit(Messages.Notification.About(step, "RutHoSo", []));
        return StepResult.Done;
    }
}
