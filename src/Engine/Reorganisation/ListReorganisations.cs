using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Engine.Access;

namespace PublicService.Engine.Reorganisation;

/// <summary>All plans of reorganisation, the latest day first.</summary>
public static class ListReorganisations
{
    public sealed record Query : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply(string Id, string Name, DateOnly EffectiveOn, ReorganisationState State, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reorganisations", async (IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken) => await db.Set<ReorganisationRow>().AsNoTracking()
            .OrderByDescending(row => row.EffectiveOn).ThenBy(row => row.Id).Take(200)
            .Select(row => new Reply(row.Id, row.Name, row.EffectiveOn, row.State, row.CreatedAt, row.FinishedAt)).ToListAsync(cancellationToken);
    }
}
