using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Work;
using PublicService.Engine.Access;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Dossiers;

/// <summary>The steps a dossier may be sent back to now, and what would be cancelled by it.</summary>
public static class ListSteps
{
    public sealed record Query(Guid Id) : IRequest<IReadOnlyList<Reply>>;

    /// <param name="Cancels">Titles of the steps that wait now and would be left.</param>
    public sealed record Reply(string StepId, string Title, IReadOnlyList<string> Cancels);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/steps", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight, DefinitionCache definitions) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.Id, cancellationToken);
            var root = await db.Instances.AsNoTracking().FirstAsync(row => row.DossierId == dossier.Id && row.ParentInstanceId == null, cancellationToken);
            if (root.State is not { } state)
            {
                return [];
            }

            var definition = await definitions.FindAsync(root.DefinitionVersionId, cancellationToken);
            return [.. Returning.StepsOf(dossier, definition, InstanceJson.Read(state))
                .Select(step => new Reply(step.Node.Id, Returning.TitleOf(step.Node), [.. step.Waiting.Select(Returning.TitleOf)]))];
        }
    }
}
