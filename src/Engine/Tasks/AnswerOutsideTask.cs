using System.Text.Json.Nodes;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>Another system gives the result of its task (RunTask); the workflow goes on. Refuses with TASK_FOR_PEOPLE, TASK_CLOSED.</summary>
public static class AnswerOutsideTask
{
    public sealed record Body(JsonNode? Result = null);

    public sealed record Command(string Id, Body Body) : IRequest<Reply>;

    /// <param name="Dossier">Null for a workflow without a dossier.</param>
    public sealed record Reply(string TaskId, TaskState State, DossierStanding? Dossier);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tasks/{id}/results", async (string id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.TechnicalAdmin, Role.External);

    internal sealed class Handler(DossierRuns runs, TaskSight sight) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (task, dossier) = await sight.FindAsync(request.Id, cancellationToken);
            var act = sight.ActOn(task, dossier, null);
            if (task.Role is not null)
            {
                throw new RefusedException("TASK_FOR_PEOPLE", "Việc này do cán bộ thực hiện.");
            }

            return await runs.CompleteAsync(
                task,
                request.Body.Result,
                act,
                click => new Reply(task.Id, TaskState.Completed, click.Dossier is null ? null : DossierStanding.After(click)),
                cancellationToken);
        }
    }
}
