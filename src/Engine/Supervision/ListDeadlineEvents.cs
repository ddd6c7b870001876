using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>A warning, breach or escalation as it was told.</summary>
/// <param name="Id">Grows with the commits: give the largest one seen back as <c>after</c>.</param>
/// <param name="Step">Null for the dossier's own promise.</param>
public sealed record DeadlineEvent(
    long Id, DeadlineEventKind Kind, int Level, Guid DossierId, string DossierCode, string? TaskId, string? Step, string OfficeId, string? OfficerId, string ProcedureCode,
    DateTimeOffset At, DateTimeOffset DueAt, string ToldRole, string ToldOfficeId);

/// <summary>Warnings and breaches in the order they happened. Nothing is ever inserted before an id that was shown.</summary>
public static class ListDeadlineEvents
{
    /// <param name="After">Only later ones; 0 or nothing for all.</param>
    public sealed record Query(long? After, DeadlineEventKind? Kind, string? Office, string? Procedure, string? Field, int? Size) : IRequest<Reply>;

    /// <param name="Last">The <c>after</c> of the next question; the one asked with when there is nothing new.</param>
    public sealed record Reply(IReadOnlyList<DeadlineEvent> Items, long Last);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/events", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(EventReading reading, SupervisionSight sight) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var scope = sight.Of(new(request.Office, request.Procedure, request.Field, null, null));
            var items = await reading.Query(scope, request.After ?? 0, request.Kind).Take(Cursors.Size(request.Size)).ToListAsync(cancellationToken);
            return new(items, items.Count > 0 ? items[^1].Id : request.After ?? 0);
        }
    }
}

/// <summary>Reads events for the feed, the stream and the export.</summary>
public sealed class EventReading(EngineDb db)
{
    /// <summary>The newest id; 0 when nothing was ever told.</summary>
    public Task<long> LastAsync(CancellationToken cancellationToken) =>
        db.Set<DeadlineEventRow>().OrderByDescending(row => row.Id).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    public IQueryable<DeadlineEvent> Query(Scope scope, long after, DeadlineEventKind? kind = null)
    {
        var events = db.Set<DeadlineEventRow>().AsNoTracking().Where(row => row.Id > after);
        if (kind is { } one)
        {
            events = events.Where(row => row.Kind == one);
        }

        if (scope.Offices is { } offices)
        {
            events = events.Where(row => offices.Contains(row.OfficeId));
        }

        if (scope.Procedures is { } procedures)
        {
            events = events.Where(row => procedures.Contains(row.ProcedureCode));
        }

        return from row in events
               join dossier in db.Dossiers.AsNoTracking() on row.DossierId equals dossier.Id
               orderby row.Id
               select new DeadlineEvent(
                   row.Id, row.Kind, row.Level, row.DossierId, dossier.Code, row.TaskId, row.Step, row.OfficeId, row.OfficerId, row.ProcedureCode, row.At, row.DueAt, row.ToldRole, row.ToldOfficeId);
    }
}
