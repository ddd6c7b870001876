using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Intake;

/// <summary>Chuyển hồ sơ đến cơ quan có thẩm quyền (NĐ 118/2025 Điều 14): never restarts the clock (D12).</summary>
[Activity(
    "PublicService.Forward",
    Palette.Category,
    "Chuyển cơ quan có thẩm quyền",
    Description = "Chuyển hồ sơ đến cơ quan khác giải quyết. Thời hạn giải quyết không bắt đầu lại. Bỏ qua khi hồ sơ đã ở cơ quan đó.")]
[Outcomes("Done")]
public sealed class Forward : Activity
{
    [OfficeField("Cơ quan nhận")]
    public Input<string> Office { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var office = OfficeRule.Resolve(step, step.Get(Office));
        subject.OfficeOf(office).MustBeValidOn(Dossiers.VietnamTime.DateOf(step.Now));
        if (office != subject.Dossier.CompetentOfficeId)
        {
            subject.Dossier.Forward(office, subject.Act);
        }

        return StepResult.Done;
    }
}
