using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>A plan with its progress: what has moved so far and what waits for a decision.</summary>
public static class ShowReorganisation
{
    public sealed record Query(string Id) : IRequest<Reply>;

    /// <param name="Counts">What was moved so far; after the run the same as its dry run.</param>
    /// <param name="OpenReviews">Dossiers and people that wait for a decision.</param>
    /// <param name="Error">Why the last attempt stopped; it goes on by itself.</param>
    public sealed record Reply(
        string Id,
        string Name,
        DateOnly EffectiveOn,
        ReorganisationState State,
        ReorganisationCounts Counts,
        int OpenReviews,
        string? OrderedByName,
        DateTimeOffset? OrderedAt,
        DateTimeOffset? StartedAt,
        DateTimeOffset? FinishedAt,
        string? Error,
        ReorganisationPlan Plan);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reorganisations/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var row = await db.Set<ReorganisationRow>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Phương án sắp xếp", cancellationToken);
            var open = await db.Set<ReviewRow>().CountAsync(review => review.ReorganisationId == row.Id && review.PlacedAt == null, cancellationToken);
            return new(
                row.Id, row.Name, row.EffectiveOn, row.State, ReorganisationCounts.Read(row.Counts), open,
                row.OrderedByName, row.OrderedAt, row.StartedAt, row.FinishedAt, row.Error, ReorganisationPlan.Read(row.Plan));
        }
    }
}
