using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>
/// An officer or leader says why a step, or the whole dossier, is late: a cause of the closed list and the office at fault. Refuses with
/// NOT_LATE, OFFICE_NOT_FOUND.
/// </summary>
public static class RecordDelayReason
{
    private static readonly string[] Roles = [Role.CaseOfficer, Role.Receptionist, Role.Clerk, Role.ResultOfficer, Role.Coordinator, Role.DepartmentHead, Role.OfficeLeader, Role.ProvinceLeader, Role.Supervisor];

    /// <param name="TaskId">The step that is or was late; null for the dossier as a whole.</param>
    /// <param name="OfficeId">The office at fault; that of the step, or the competent one, when not given.</param>
    public sealed record Body(string CauseCode, string? TaskId = null, string? OfficeId = null, string? Note = null);

    public sealed record Command(Guid DossierId, Body Body) : IRequest<Reply>;

    public sealed record Reply(Guid Id, string CauseCode, string OfficeId, int LateMinutes, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/delay-reasons", async (Guid id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Roles);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.CauseCode, "causeCode", 50)
            .OptionalText(input.Body.TaskId, "taskId", 100)
            .OptionalText(input.Body.OfficeId, "officeId", 100)
            .OptionalText(input.Body.Note, "note", 2000);
    }

    internal sealed class Handler(EngineDb db, DossierRuns runs, DossierSight sight, DelayFacts facts, CurrentPerson person) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, dossier) = (request.Body, await sight.FindAsync(request.DossierId, cancellationToken));
            var cause = await db.Set<DelayCauseRow>().AsNoTracking().FirstOrDefaultAsync(cause => cause.Code == body.CauseCode, cancellationToken);
            new InputErrors()
                .When(cause is null, "causeCode", "Nguyên nhân không có trong danh mục.")
                .When(cause is { NoteRequired: true } && string.IsNullOrWhiteSpace(body.Note), "note", "Nguyên nhân này phải ghi rõ.")
                .ThrowIfAny();
            var late = await facts.OfAsync(dossier, body.TaskId, cancellationToken);
            var act = late.OfficeId != dossier.CompetentOfficeId && Roles.FirstOrDefault(role => person.Holds(role, late.OfficeId)) is { } role
                ? person.ActFor(late.OfficeId, body.Note, role)
                : sight.ActOn(dossier, body.Note, Roles);
            var row = new DelayReasonRow
            {
                Id = Guid.CreateVersion7(late.Now),
                DossierId = dossier.Id,
                TaskId = body.TaskId,
                CauseCode = cause!.Code,
                OfficeId = facts.OfficeOf(body.OfficeId, late.OfficeId),
                ProcedureCode = dossier.ProcedureCode,
                LateMinutes = late.Minutes,
                Note = body.Note,
                At = late.Now,
                RecordedBy = person.Id,
            };
            var data = JsonSerializer.Serialize(new { delay = cause.Code, office = row.OfficeId, task = body.TaskId }, JsonText.Readable);
            return await runs.ChangeAsync(dossier.Id, act, click =>
            {
                click.Changes.Insert(row);
                click.Dossier!.Note(LedgerAct.Commented, data, click.Act);
            }, _ => new Reply(row.Id, row.CauseCode, row.OfficeId, row.LateMinutes, row.At), cancellationToken);
        }
    }
}

/// <summary>How late a step or a dossier is, and at which office.</summary>
public sealed class DelayFacts(EngineDb db, DossierReading dossiers, OfficeDirectory offices, CalendarDirectory calendars, TimeProvider time)
{
    public sealed record Late(string OfficeId, int Minutes, DateTimeOffset Now);

    /// <exception cref="RefusedException">NOT_LATE.</exception>
    public async Task<Late> OfAsync(Dossier dossier, string? taskId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (taskId is null)
        {
            return Checked(dossier.CompetentOfficeId, dossier.StandingAt(now, dossiers.CalendarOf(dossier)), now);
        }

        var task = await db.Tasks.AsNoTracking().Where(task => task.Id == taskId && task.DossierId == dossier.Id).FindOrRefuseAsync("Công việc", cancellationToken);
        var office = task.OfficeId ?? dossier.CompetentOfficeId;
        return Checked(office, StepClock.Read(task.DueAt, calendars.For(office, VietnamTime.DateOf(now)), now, task.CompletedAt), now);
    }

    /// <exception cref="RefusedException">OFFICE_NOT_FOUND.</exception>
    public string OfficeOf(string? asked, string own) => asked is null ? own : offices.Find(asked).Id;

    private static Late Checked(string office, PromiseStanding standing, DateTimeOffset now) => standing.Band.IsLate()
        ? new(office, -standing.RemainingMinutes ?? 0, now)
        : throw new RefusedException("NOT_LATE", "Hồ sơ hoặc bước này không quá hạn nên không ghi nguyên nhân chậm.");
}
