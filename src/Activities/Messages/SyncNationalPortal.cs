using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Messages;

/// <summary>
/// Đồng bộ Cổng Dịch vụ công quốc gia: asks for one more synchronisation. Every act of a dossier that the portal must hear of is told
/// without this step (<see cref="PortalNewsTable"/>), so a procedure needs it only for something of its own.
/// </summary>
[Activity(
    "PublicService.SyncNationalPortal",
    Palette.Category,
    "Đồng bộ Cổng DVCQG",
    Description = "Gửi thêm một lần tình trạng hiện tại của hồ sơ lên Cổng Dịch vụ công quốc gia. Các thay đổi trạng thái đã được tự động đồng bộ, không cần bước này.")]
[Outcomes("Done")]
public sealed class SyncNationalPortal : Activity
{
    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        subject.Dossier.Note(LedgerAct.SyncAsked, null, Act.System(subject.Act.At));
        return StepResult.Done;
    }
}
