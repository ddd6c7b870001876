using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>
/// Order a plan to be run. The answer comes at once: the old offices have their last day then, and the work moves in the background, from the
/// plan's date on. Refuses with REORGANISATION_ORDERED, REORGANISATION_HAS_PROBLEMS.
/// </summary>
public static class RunReorganisation
{
    public sealed record Command(string Id) : IRequest<Reply>;

    public sealed record Reply(string Id, ReorganisationState State, DateOnly EffectiveOn);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reorganisations/{id}/run", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            TypedResults.Accepted($"/api/v1/reorganisations/{id}", await mediator.Send(new Command(id), cancellationToken)))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(
        EngineDb db, CommitLane lane, IdempotencyContext idempotency, CurrentPerson admin, OfficeDirectory offices, PlanCheck check, PlanOffices planOffices, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            admin.MustLookAfter(offices.Root.Id);
            var row = await db.Set<ReorganisationRow>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Phương án sắp xếp", cancellationToken);
            if (row.State is not ReorganisationState.Draft)
            {
                throw new RefusedException("REORGANISATION_ORDERED", "Phương án này đã được thực hiện hoặc đang thực hiện.");
            }

            var plan = ReorganisationPlan.Read(row.Plan);
            if ((await check.CheckAsync(plan, row.EffectiveOn, cancellationToken)).Find(problem => problem.Blocking) is { } problem)
            {
                throw new RefusedException("REORGANISATION_HAS_PROBLEMS", $"Phương án chưa thực hiện được: {problem.Sentence}");
            }

            (row.State, row.OrderedAt, row.OrderedBy, row.OrderedByName) = (ReorganisationState.Ordered, time.GetUtcNow(), admin.Id, admin.FullName);
            var (changes, reply) = (new Changes().Update(row), new Reply(row.Id, row.State, row.EffectiveOn));
            await planOffices.EndAsync(row, plan, changes, cancellationToken);
            idempotency.Record(changes, reply, StatusCodes.Status202Accepted, $"/api/v1/reorganisations/{row.Id}");
            await lane.CommitAsync(changes, cancellationToken);
            await planOffices.RefreshAsync(cancellationToken);
            return reply;
        }
    }
}
