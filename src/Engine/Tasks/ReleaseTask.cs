using System.Text.Json;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Tasks;

/// <summary>Gives a claimed task back to everybody with the role; only its holder may. Refuses with TASK_ASSIGNED_TO_ANOTHER, TASK_NOT_CLAIMED, TASK_CLOSED.</summary>
public static class ReleaseTask
{
    public sealed record Command(string Id) : IRequest<AssignedTask>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tasks/{id}/release", async (string id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireSignIn();

    internal sealed class Handler(DossierRuns runs, TaskSight sight) : IRequestHandler<Command, AssignedTask>
    {
        public async Task<AssignedTask> Handle(Command request, CancellationToken cancellationToken)
        {
            var (task, dossier) = await sight.FindAsync(request.Id, cancellationToken);
            var act = sight.ActOn(task, dossier, null);
            var released = new AssignedTask(task.Id, null, null, 0);
            return await runs.ChangeTaskAsync(task, LedgerAct.TaskReleased, JsonSerializer.Serialize(new { title = task.Title }, JsonText.Readable), current =>
            {
                sight.MustNotBeAnothers(current);
                if (current.AssigneeId is null)
                {
                    throw new RefusedException("TASK_NOT_CLAIMED", "Việc này chưa có ai nhận.");
                }

                (current.AssigneeId, current.ClaimedAt) = (null, null);
                released = released with { Version = current.Version + 1 };
            }, act, _ => released, cancellationToken);
        }
    }
}
