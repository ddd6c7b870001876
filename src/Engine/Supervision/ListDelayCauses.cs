using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>The closed list of causes of delay, in its order.</summary>
public static class ListDelayCauses
{
    public sealed record Query : IRequest<IReadOnlyList<DelayCauseRow>>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/delay-causes", async (IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, IReadOnlyList<DelayCauseRow>>
    {
        public async Task<IReadOnlyList<DelayCauseRow>> Handle(Query request, CancellationToken cancellationToken) =>
            await db.Set<DelayCauseRow>().AsNoTracking().OrderBy(cause => cause.SortOrder).ToListAsync(cancellationToken);
    }
}
