using System.Text.Json;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Tasks;

/// <summary>Takes a task for oneself; claimed again by the same person nothing happens. Refuses with TASK_ASSIGNED_TO_ANOTHER, TASK_CLOSED.</summary>
public static class ClaimTask
{
    public sealed record Command(string Id) : IRequest<AssignedTask>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tasks/{id}/claim", async (string id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireSignIn();

    internal sealed class Handler(DossierRuns runs, TaskSight sight, CurrentPerson person, TimeProvider time) : IRequestHandler<Command, AssignedTask>
    {
        public async Task<AssignedTask> Handle(Command request, CancellationToken cancellationToken)
        {
            var (task, dossier) = await sight.FindAsync(request.Id, cancellationToken);
            var act = sight.ActOn(task, dossier, null);
            if (task is { State: Storage.TaskState.Open, AssigneeId: { } assignee } && assignee == person.Id)
            {
                return new(task.Id, assignee, task.ClaimedAt, task.Version);
            }

            var claimed = new AssignedTask(task.Id, person.Id, time.GetUtcNow(), 0);
            return await runs.ChangeTaskAsync(task, LedgerAct.TaskClaimed, JsonSerializer.Serialize(new { title = task.Title }, JsonText.Readable), current =>
            {
                sight.MustNotBeAnothers(current);
                (current.AssigneeId, current.ClaimedAt) = (claimed.AssigneeId, claimed.ClaimedAt);
                claimed = claimed with { Version = current.Version + 1 };
            }, act, _ => claimed, cancellationToken);
        }
    }
}
