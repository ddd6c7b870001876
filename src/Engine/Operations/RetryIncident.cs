using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Operations;

/// <summary>
/// Has a failed timer tried again at once. A failed click of a person left nothing behind, so there is nothing to retry but the click
/// itself: INCIDENT_NEEDS_CLICK. The incident closes by itself when it goes well.
/// </summary>
public static class RetryIncident
{
    public sealed record Command(Guid Id) : IRequest<Reply>;

    public sealed record Reply(Guid Id, int Timers);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/incidents/{id:guid}/retries", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id), cancellationToken))
        .RequireRole(Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, CommitLane lane, TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var incident = await db.Incidents.AsNoTracking().Where(incident => incident.Id == request.Id && incident.ResolvedAt == null)
                .FindOrRefuseAsync("Sự cố", cancellationToken);
            var now = time.GetUtcNow();
            var due = await db.Bookmarks.AsNoTracking()
                .Where(row => row.InstanceId == incident.InstanceId && row.DueAt != null && row.DueAt <= now).Select(row => row.Id).ToListAsync(cancellationToken);
            if (due.Count == 0)
            {
                throw new RefusedException("INCIDENT_NEEDS_CLICK", "Thao tác gặp lỗi đã được hủy toàn bộ; sau khi khắc phục, hãy thực hiện lại thao tác đó trên hồ sơ.");
            }

            var changes = new Changes();
            due.ForEach(id => changes.Execute($"update bookmarks set try_after = null, attempts = 0 where id = {id}"));
            await lane.CommitAsync(changes, cancellationToken);
            return new(incident.Id, due.Count);
        }
    }
}
