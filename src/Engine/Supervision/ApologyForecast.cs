using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Supervision;

/// <summary>Foresees that a dossier will be late, while a letter of apology may still be sent: the steps that are left take longer than what remains.</summary>
public sealed class ApologyForecast(CalendarDirectory calendars, ProcedureDirectory procedures, DefinitionCache definitions)
{
    /// <summary>Field of the dossier's procedure.</summary>
    public string? FieldOf(Dossier dossier) => procedures.TryFindFor(dossier)?.Field;

    /// <summary>A draft, or null: in time, already extended, too late for a letter (D11), drafted before, or nobody can say how long it takes.</summary>
    public async Task<ApologyDraftRow?> OfAsync(EngineDb db, Dossier dossier, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (dossier is not { IsOpen: true, Extended: false, PausedFrom: null, DueAt: { } due } || due <= now)
        {
            return null;
        }

        var calendar = calendars.For(dossier.CompetentOfficeId, VietnamTime.DateOf(now));
        var sendBy = calendar.AddWorkingDays(due, -calendar.Data.ApologyNoticeDays);
        if (now > sendBy || await db.Set<ApologyDraftRow>().AnyAsync(draft => draft.DossierId == dossier.Id && draft.DueAt == due, cancellationToken))
        {
            return null;
        }

        var left = calendar.WorkingTimeBetween(now, due);
        if (await NeededAsync(db, dossier.Id, now, cancellationToken) is not { } needed || needed <= left)
        {
            return null;
        }

        return new ApologyDraftRow
        {
            Id = Guid.CreateVersion7(now),
            DossierId = dossier.Id,
            OfficeId = dossier.CompetentOfficeId,
            DueAt = due,
            ProposedDueAt = calendar.ClosingAfter(calendar.AddWorking(now, needed)),
            SendBy = sendBy,
            NeededMinutes = (int)needed.TotalMinutes,
            LeftMinutes = (int)left.TotalMinutes,
            CreatedAt = now,
        };
    }

    /// <summary>What the waiting steps have left of their own limits and what comes after them; of parallel branches the longest.</summary>
    private async Task<TimeSpan?> NeededAsync(EngineDb db, Guid dossierId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tasks = await db.Tasks.AsNoTracking().Open().Where(task => task.DossierId == dossierId).ToDictionaryAsync(task => task.Id, cancellationToken);
        var instances = await db.Instances.AsNoTracking()
            .Where(row => row.DossierId == dossierId && row.Status == InstanceStatus.Running && row.State != null).ToListAsync(cancellationToken);
        TimeSpan? longest = null;
        foreach (var row in instances)
        {
            var definition = await definitions.FindAsync(row.DefinitionVersionId, cancellationToken);
            foreach (var bookmark in InstanceJson.Read(row.State!).Bookmarks)
            {
                if (definition.FindActivity(bookmark.ActivityId) is not { } node || RemainingSteps.HoursAfter(node) is not { } after)
                {
                    continue;
                }

                var own = tasks.TryGetValue(bookmark.Id, out var task) && task is { DueAt: { } due, OfficeId: { } office }
                    ? calendars.For(office, VietnamTime.DateOf(now)).WorkingTimeBetween(now, due)
                    : TimeSpan.Zero;
                var sum = (own > TimeSpan.Zero ? own : TimeSpan.Zero) + TimeSpan.FromHours(after);
                longest = longest > sum ? longest : sum;
            }
        }

        return longest;
    }
}
