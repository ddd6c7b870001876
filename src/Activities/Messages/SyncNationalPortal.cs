using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Messages;

/// <summary>Đồng bộ Cổng Dịch vụ công quốc gia: tells the portal how the dossier stands now, truthfully, through the outbox.</summary>
[Activity(
    "PublicService.SyncNationalPortal",
    Palette.Category,
    "Đồng bộ Cổng DVCQG",
    Description = "Gửi tình trạng hiện tại của hồ sơ lên Cổng Dịch vụ công quốc gia. Không chờ trả lời; lỗi được gửi lại và đối soát.")]
[Outcomes("Done")]
public sealed class SyncNationalPortal : Activity
{
    /// <summary>Outbox kind of such messages.</summary>
    public const string Kind = "national-portal";

    public override StepResult Enter(StepContext step)
    {
        var dossier = step.Subject().Dossier;
        step.Emit(new SendMessage(Kind, new JsonObject
        {
            ["dossier"] = dossier.Code,
            ["procedure"] = dossier.ProcedureCode,
            ["status"] = (int)dossier.BusinessStatus,
            ["at"] = Notification.Instant(step.Now),
            ["office"] = dossier.CompetentOfficeId,
            ["dueAt"] = Notification.Instant(dossier.DueAt),
        }));
        return StepResult.Done;
    }
}
