using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Intake;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supplements;

/// <summary>
/// Officer asks for missing papers (NĐ 118/2025, form 02): the officer's waiting step of the dossier is completed that way, if its
/// workflow foresees it. Refuses with SUPPLEMENT_NOT_POSSIBLE, TASK_ASSIGNED_TO_ANOTHER.
/// </summary>
public static class RequestSupplement
{
    public sealed record Body(IReadOnlyList<string> Papers, string Reason);

    public sealed record Command(Guid DossierId, Body Body) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/supplement-requests", async (Guid id, Body body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireRole(Role.Receptionist, Role.CaseOfficer);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Body.Reason, "reason", 2000).Papers(input.Body.Papers);
    }

    internal sealed class Handler(EngineDb db, DossierRuns runs, DossierSight dossiers, TaskSight tasks) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await dossiers.FindAsync(request.DossierId, cancellationToken);
            var waiting = await db.Tasks.AsNoTracking().Where(task => task.DossierId == dossier.Id).Open().ToListAsync(cancellationToken);
            var task = waiting.Find(task => tasks.MayDo(task, dossier) && TaskAnswers.OutcomesOf(task.Outcomes).Contains(Intake.Supplement))
                ?? throw new RefusedException("SUPPLEMENT_NOT_POSSIBLE", "Hồ sơ không ở bước mà bạn có thể yêu cầu bổ sung.");
            var form = new JsonObject
            {
                ["papers"] = new JsonArray([.. request.Body.Papers.Select(paper => (JsonNode)paper)]),
                ["reason"] = request.Body.Reason,
            };
            return await runs.CompleteAsync(
                task, new(Intake.Supplement, form, request.Body.Reason), tasks.MustNotBeAnothers, tasks.ActOn(task, dossier, null), DossierStanding.After, cancellationToken);
        }
    }
}
