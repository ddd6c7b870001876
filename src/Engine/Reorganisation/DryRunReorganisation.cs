using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>What a plan would do if it were run now, and every problem it has. Changes nothing.</summary>
public static class DryRunReorganisation
{
    public sealed record Command(string Id) : IRequest<Reply>;

    public sealed record Reply(ReorganisationCounts Counts, IReadOnlyList<PlanProblem> Problems);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reorganisations/{id}/dry-run", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, CurrentPerson admin, OfficeDirectory offices, PlanCheck check, DryRun dryRun) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            admin.MustLookAfter(offices.Root.Id);
            var row = await db.Set<ReorganisationRow>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Phương án sắp xếp", cancellationToken);
            var problems = await check.CheckAsync(ReorganisationPlan.Read(row.Plan), row.EffectiveOn, cancellationToken);
            return new(problems.Exists(problem => problem.Blocking) ? new() : await dryRun.CountAsync(row, cancellationToken), problems);
        }
    }
}
