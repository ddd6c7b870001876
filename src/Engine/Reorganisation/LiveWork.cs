using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>What lies at the old offices: everything open, and what is decided but still has work waiting.</summary>
internal static class LiveWork
{
    /// <summary>Dossiers a plan concerns, by one of their offices or by an open task.</summary>
    public static IQueryable<Dossier> At(EngineDb db, IReadOnlyCollection<string> old) => db.Dossiers.AsNoTracking()
        .Where(dossier => dossier.BusinessStatus == BusinessStatus.Registered
            || dossier.BusinessStatus == BusinessStatus.Received
            || dossier.BusinessStatus == BusinessStatus.InProgress
            || dossier.BusinessStatus == BusinessStatus.AwaitingSupplement
            || dossier.BusinessStatus == BusinessStatus.AwaitingPayment
            || (dossier.BusinessStatus == BusinessStatus.Finished && db.Tasks.Any(task => task.DossierId == dossier.Id && task.State == TaskState.Open)))
        .Where(dossier => old.Contains(dossier.CompetentOfficeId)
            || old.Contains(dossier.ReceivingOfficeId)
            || old.Contains(dossier.SupportOfficeId!)
            || db.Tasks.Any(task => task.DossierId == dossier.Id && task.State == TaskState.Open && old.Contains(task.OfficeId!)));

    public static Task<List<TaskRow>> TasksAsync(EngineDb db, IReadOnlyCollection<Guid> dossiers, CancellationToken cancellationToken) =>
        db.Tasks.AsNoTracking().Open().Where(task => dossiers.Contains(task.DossierId!.Value)).ToListAsync(cancellationToken);
}
