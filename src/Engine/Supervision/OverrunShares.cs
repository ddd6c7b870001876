using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Outbox;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>Parts the overrun of a dossier that has finished late among the offices that had it (<see cref="OfficeShares"/>), once; takes it back when the finish was.</summary>
public sealed class OverrunShares(IDbContextFactory<EngineDb> contexts, CalendarDirectory calendars, CommitLane lane) : IMessageChannel
{
    /// <summary>Outbox kind.</summary>
    public const string Kind = Watching.OverrunKind;

    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var dossier = await db.Dossiers.AsNoTracking().FirstAsync(dossier => dossier.Id == message.DossierId, cancellationToken);
        var changes = new Changes().Execute($"delete from overruns where dossier_id = {dossier.Id}");
        if (dossier is { FinishedBand: Band.FinishedLate, FinishedAt: { } finished })
        {
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).ToListAsync(cancellationToken);
            var calendar = calendars.Version(dossier.CalendarId!, dossier.CalendarVersion) ?? calendars.For(dossier.CompetentOfficeId, VietnamTime.DateOf(dossier.SubmittedAt));
            changes.InsertAll(OfficeShares.Read(dossier, ledger, calendar, finished).Shares
                .Where(share => share.UsedMinutes > 0 || share.BlamedMinutes > 0)
                .Select(share => new OverrunRow
                {
                    DossierId = dossier.Id,
                    OfficeId = share.OfficeId,
                    ProcedureCode = dossier.ProcedureCode,
                    FinishedAt = finished,
                    HeldMinutes = share.UsedMinutes,
                    OverrunMinutes = share.BlamedMinutes,
                }));
        }

        await lane.CommitAsync(changes, cancellationToken);
    }
}
