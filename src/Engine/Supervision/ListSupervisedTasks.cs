using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>A step as supervision sees it, against its own limit.</summary>
/// <param name="RemainingMinutes">Working minutes of the office; negative when late, null without a limit.</param>
public sealed record SupervisedTask(
    string Id, string Title, string? Role, string? RoleWord, string OfficeId, string OfficeName, string? OfficerId, string? OfficerName,
    Guid DossierId, string DossierCode, string ProcedureCode, string ApplicantName, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? CompletedAt,
    Band Band, string BandWord, int? RemainingMinutes);

/// <summary>The steps behind a number of the officers' board.</summary>
public static class ListSupervisedTasks
{
    /// <param name="Officer">Id of a person, or <c>none</c> for steps nobody has claimed.</param>
    public sealed record Query(
        TaskGroup? Group, string? Officer, string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To, string? Cursor, int? Size) : IRequest<Page<SupervisedTask>>
    {
        internal SupervisionFilter Filter => new(Office, Procedure, Field, From, To);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/tasks", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(TaskReading reading, SupervisionSight sight, Cursors cursors) : IRequestHandler<Query, Page<SupervisedTask>>
    {
        public async Task<Page<SupervisedTask>> Handle(Query request, CancellationToken cancellationToken)
        {
            var group = request.Group ?? TaskGroup.Open;
            var (size, list, scope) = (Cursors.Size(request.Size), $"supervision-tasks-{group}", sight.Of(request.Filter));
            var rows = await reading.Query(group, request.Officer, scope).After(group, cursors.Read(list, request.Cursor, 2)).Take(size + 1).ToListAsync(cancellationToken);
            var page = cursors.Page(rows, size, list, task => SupervisedTasks.KeysOf(group, task));
            return new(await reading.OfAsync(page.Items, scope.At.Now, cancellationToken), page.Next);
        }
    }
}

/// <summary>Reads steps for the list and for the export.</summary>
public sealed class TaskReading(EngineDb db, OfficeDirectory offices, CalendarDirectory calendars)
{
    public IQueryable<TaskRow> Query(TaskGroup group, string? officer, Scope scope) =>
        db.Tasks.AsNoTracking().In(db, scope).Of(group, scope.At).By(group, officer);

    /// <summary>With their dossiers and officers, both read at once.</summary>
    public async Task<IReadOnlyList<SupervisedTask>> OfAsync(IReadOnlyList<TaskRow> tasks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = tasks.Select(task => task.DossierId!.Value).Distinct().ToList();
        var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => ids.Contains(dossier.Id))
            .Select(dossier => new { dossier.Id, dossier.Code, dossier.ProcedureCode, dossier.ApplicantName }).ToDictionaryAsync(dossier => dossier.Id, cancellationToken);
        var people = tasks.Select(OfficerOf).OfType<string>().Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.FullName, cancellationToken);
        return [.. tasks.Select(task =>
        {
            var (dossier, officer) = (dossiers[task.DossierId!.Value], OfficerOf(task));
            var standing = StepClock.Read(task.DueAt, calendars.For(task.OfficeId!, VietnamTime.DateOf(task.CompletedAt ?? now)), now, task.CompletedAt);
            return new SupervisedTask(
                task.Id, task.Title, task.Role, WaitingStep.WordOf(task.Role), task.OfficeId!, offices.TryFind(task.OfficeId!)?.Name ?? task.OfficeId!,
                officer, officer is null ? null : names.GetValueOrDefault(officer, officer),
                dossier.Id, dossier.Code, dossier.ProcedureCode, dossier.ApplicantName, task.CreatedAt, task.DueAt, task.CompletedAt,
                standing.Band, standing.Band.Word(), standing.RemainingMinutes);
        })];
    }

    private static string? OfficerOf(TaskRow task) => task.CompletedBy ?? task.AssigneeId;
}
