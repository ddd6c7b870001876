using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using Either = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<PublicService.Engine.Tasks.ReassignTasks.Reply>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<PublicService.Engine.Tasks.ReassignTasks.Reply>>;

namespace PublicService.Engine.Tasks;

/// <summary>
/// Gives the open tasks of an officer to others, up to 10,000 at once: to one person, by a rule among those present, or back to everybody with
/// the role. Only tasks of offices the caller leads. The answer comes at once, the tasks move in the background; <c>dryRun</c> only counts.
/// Refuses with NOTHING_TO_REASSIGN, TOO_MANY_TASKS.
/// </summary>
public static class ReassignTasks
{
    public const int Most = 10_000;

    /// <summary>Which of the officer's tasks; all of them without it.</summary>
    public sealed record Filter(string? Role = null, string? OfficeId = null, string? ProcedureCode = null, DateTimeOffset? DueBefore = null);

    /// <param name="ToPersonId">One person for all, or</param>
    /// <param name="Rule">a rule among those present; neither of them gives the tasks back to everybody with the role.</param>
    public sealed record Body(
        string FromPersonId, string Reason, string? ToPersonId = null, AssignmentMode? Rule = null, Filter? Filter = null, bool DryRun = false);

    public sealed record Command(Body Body) : IRequest<Reply>;

    public sealed record Receiver(string? PersonId, string? Name, int Tasks);

    /// <param name="Id">Null for a dry run.</param>
    /// <param name="Impossible">Tasks for which nobody, or not the person named, holds the right.</param>
    public sealed record Reply(string? Id, int Total, int Impossible, IReadOnlyList<Receiver> Receivers);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tasks/reassignments", async Task<Either> (Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            return reply.Id is null ? TypedResults.Ok(reply) : TypedResults.Accepted(Location(reply), reply);
        })
        .RequireRole(Role.OfficeLeader, Role.BusinessAdmin, Role.TechnicalAdmin);

    private static string Location(Reply reply) => $"/api/v1/tasks/reassignments/{reply.Id}";

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.FromPersonId, "fromPersonId", 100)
            .Text(input.Body.Reason, "reason", 1000)
            .When(input.Body.ToPersonId == input.Body.FromPersonId, "toPersonId", "Không thể giao lại cho chính người đó.")
            .When(input.Body is { ToPersonId: not null, Rule: not null }, "rule", "Chọn một người hoặc một cách chia, không chọn cả hai.")
            .When(input.Body.Rule is AssignmentMode.Manual, "rule", "Chọn LeastLoaded hoặc RoundRobin.");
    }

    internal sealed class Handler(
        EngineDb db, CommitLane lane, IdempotencyContext idempotency, CurrentPerson person, OfficeDirectory offices, TaskAssignment assignment, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var body = request.Body;
            await db.Users.AsNoTracking().Where(one => one.Id == body.FromPersonId).FindOrRefuseAsync("Người dùng", cancellationToken);
            if (body.ToPersonId is { } to)
            {
                await db.Users.AsNoTracking().Where(one => one.Id == to).FindOrRefuseAsync("Người dùng", cancellationToken);
            }

            var tasks = await FindAsync(body, cancellationToken);
            var (given, impossible) = await new ReassignmentTargets(db, assignment).ChooseAsync(tasks, body.FromPersonId, body.Rule, body.ToPersonId, cancellationToken);
            if (body.DryRun)
            {
                return await ReplyOfAsync(null, given, impossible, cancellationToken);
            }

            return given.Count == 0
                ? throw new RefusedException("NOTHING_TO_REASSIGN", "Không có việc nào giao lại được theo yêu cầu này.")
                : await StoreAsync(body, given, impossible, cancellationToken);
        }

        private async Task<List<TaskRow>> FindAsync(Body body, CancellationToken cancellationToken)
        {
            var (from, filter) = (body.FromPersonId, body.Filter ?? new Filter());
            var led = offices.All.Select(office => office.Id).Where(person.Leads).ToList();
            var tasks = db.Tasks.AsNoTracking().Open().Where(task => task.AssigneeId == from && task.Role != null && led.Contains(task.OfficeId!)
                && (filter.Role == null || task.Role == filter.Role)
                && (filter.OfficeId == null || task.OfficeId == filter.OfficeId));
            if (filter.DueBefore is { } before)
            {
                tasks = tasks.Where(task => task.SortAt < before);
            }

            if (filter.ProcedureCode is { } code)
            {
                tasks = tasks.Where(task => db.Dossiers.Any(dossier => dossier.Id == task.DossierId && dossier.ProcedureCode == code));
            }

            var found = await tasks.OrderBy(task => task.SortAt).ThenBy(task => task.Id).Take(Most + 1).ToListAsync(cancellationToken);
            return found.Count <= Most ? found
                : throw new RefusedException("TOO_MANY_TASKS", $"Có hơn {Most} việc; hãy chia nhỏ bằng bộ lọc.");
        }

        private async Task<Reply> StoreAsync(Body body, List<(TaskRow Task, string? To)> given, int impossible, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var row = new ReassignmentRow
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                FromPersonId = body.FromPersonId,
                Reason = body.Reason,
                State = ReassignmentState.Running,
                Total = given.Count,
                CreatedBy = person.Id,
                CreatedByName = person.FullName,
                CreatedAt = now,
            };
            var changes = new Changes().Insert(row).InsertAll(given.Select((one, index) => new ReassignmentItemRow
            {
                ReassignmentId = row.Id,
                Sequence = index + 1,
                TaskId = one.Task.Id,
                OfficeId = one.Task.OfficeId!,
                ToPersonId = one.To,
                State = ReassignedState.Pending,
            }));
            var reply = await ReplyOfAsync(row.Id, given, impossible, cancellationToken);
            idempotency.Record(changes, reply, StatusCodes.Status202Accepted, Location(reply));
            await lane.CommitAsync(changes, cancellationToken);
            return reply;
        }

        private async Task<Reply> ReplyOfAsync(string? id, List<(TaskRow Task, string? To)> given, int impossible, CancellationToken cancellationToken)
        {
            var ids = given.Select(one => one.To).OfType<string>().Distinct().ToList();
            var names = await db.Users.AsNoTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.FullName, cancellationToken);
            return new(id, given.Count, impossible, [.. given.GroupBy(one => one.To).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Receiver(group.Key, group.Key is { } key ? names.GetValueOrDefault(key) : null, group.Count()))]);
        }
    }
}
