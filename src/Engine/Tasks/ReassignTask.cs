using System.Text.Json;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>
/// Gives a task to somebody: by a leader of its office, or by anybody who could do it. Refuses with ASSIGNEE_WITHOUT_ROLE when the
/// person does not hold the role at the office today, and with TASK_CLOSED.
/// </summary>
public static class ReassignTask
{
    public sealed record Body(string PersonId, string Reason);

    public sealed record Command(string Id, Body Body) : IRequest<AssignedTask>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tasks/{id}/reassignments", async (string id, Body body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireSignIn();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.PersonId, "personId", 100)
            .Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(DossierRuns runs, TaskSight sight, CurrentPerson person, PersonDirectory people, OfficeDirectory offices, TimeProvider time)
        : IRequestHandler<Command, AssignedTask>
    {
        public async Task<AssignedTask> Handle(Command request, CancellationToken cancellationToken)
        {
            var (task, dossier) = await sight.FindAsync(request.Id, cancellationToken);
            var act = ActOf(task, dossier, request.Body.Reason);
            var target = (await people.FindAsync(request.Body.PersonId, cancellationToken)).FindOrRefuse("Người dùng");
            MustBeAbleTo(target, task, dossier);
            var given = new AssignedTask(task.Id, target.Id, time.GetUtcNow(), 0);
            var data = JsonSerializer.Serialize(new { title = task.Title, assigneeId = target.Id, assignee = target.FullName }, JsonText.Readable);
            return await runs.ChangeTaskAsync(task, LedgerAct.TaskClaimed, data, current =>
            {
                (current.AssigneeId, current.ClaimedAt) = (given.AssigneeId, given.ClaimedAt);
                given = given with { Version = current.Version + 1 };
            }, act, _ => given, cancellationToken);
        }

        private Act ActOf(TaskRow task, Dossier? dossier, string reason)
        {
            var leads = new[] { Role.OfficeLeader, Role.DepartmentHead }.FirstOrDefault(role => task.OfficeId is { } id && person.Holds(role, id));
            return leads is null ? sight.ActOn(task, dossier, reason) : person.ActFor(task.OfficeId!, reason, leads);
        }

        private void MustBeAbleTo(KnownPerson target, TaskRow task, Dossier? dossier)
        {
            var other = new CurrentPerson(offices, time);
            other.Is(target);
            if (!target.IsActive || task is not { Role: { } role, OfficeId: { } office } || !other.Holds(role, office, sight.FieldOf(dossier), task.FormalAct))
            {
                throw new RefusedException("ASSIGNEE_WITHOUT_ROLE", $"“{target.FullName}” không giữ vai trò của bước này tại cơ quan.");
            }
        }
    }
}
