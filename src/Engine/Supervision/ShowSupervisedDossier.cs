using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>
/// Everything supervision knows of one dossier: how its promise and each of its steps stand, what was told to whom, why it was late,
/// letters of apology, and whose hands the time went through.
/// </summary>
public static class ShowSupervisedDossier
{
    public sealed record Query(Guid Id) : IRequest<Reply>;

    /// <param name="Shares">The legal clock's minutes by office; their lateness adds up to that of the dossier.</param>
    public sealed record Reply(
        SupervisedDossier Dossier, IReadOnlyList<SupervisedTask> Steps, IReadOnlyList<DeadlineEvent> Events, IReadOnlyList<DelayReasonRow> DelayReasons,
        IReadOnlyList<ApologyDraftRow> Apologies, IReadOnlyList<OfficeShare> Shares, int LateMinutes);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/dossiers/{id:guid}", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(EngineDb db, DossierSight sight, DossierReading dossiers, TaskReading tasks, TimeProvider time) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var (dossier, now) = (await sight.FindAsync(request.Id, cancellationToken), time.GetUtcNow());
            var steps = await db.Tasks.AsNoTracking().Where(task => task.DossierId == dossier.Id && task.OfficeId != null && task.State != TaskState.Cancelled)
                .OrderBy(task => task.CreatedAt).ThenBy(task => task.Id).ToListAsync(cancellationToken);
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).ToListAsync(cancellationToken);
            var shares = OfficeShares.Read(dossier, ledger, dossiers.CalendarOf(dossier), now);
            return new(
                dossiers.Of(dossier, now),
                await tasks.OfAsync(steps, now, cancellationToken),
                await db.Set<DeadlineEventRow>().AsNoTracking().Where(row => row.DossierId == dossier.Id).OrderBy(row => row.Id)
                    .Select(row => new DeadlineEvent(
                        row.Id, row.Kind, row.Level, row.DossierId, dossier.Code, row.TaskId, row.Step, row.OfficeId, row.OfficerId, row.ProcedureCode, row.At, row.DueAt, row.ToldRole, row.ToldOfficeId))
                    .ToListAsync(cancellationToken),
                await db.Set<DelayReasonRow>().AsNoTracking().Where(row => row.DossierId == dossier.Id).OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancellationToken),
                await db.Set<ApologyDraftRow>().AsNoTracking().Where(row => row.DossierId == dossier.Id).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken),
                shares.Shares,
                shares.LateMinutes);
        }
    }
}
