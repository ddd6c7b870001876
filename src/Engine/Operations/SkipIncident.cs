using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Operations;

/// <summary>
/// A leader lets a failing step of a dossier be skipped, with the reason and the outcome to go on by. The failed click left nothing
/// behind, so the step is skipped when its turn comes again: at once for a timer, otherwise when the click is repeated. Refuses with
/// INCIDENT_NOT_SKIPPABLE, STEP_NOT_SKIPPABLE (a legal act), OUTCOME_UNKNOWN (400).
/// </summary>
public static class SkipIncident
{
    public sealed record Body(string Outcome, string Reason);

    public sealed record Command(Guid Id, Body Body) : IRequest<Reply>;

    public sealed record Reply(Guid Id, string StepId, string Outcome);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/incidents/{id:guid}/skip", async (Guid id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.OfficeLeader, Role.ProvinceLeader, Role.Supervisor);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Outcome, "outcome", 200)
            .Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(EngineDb db, DossierRuns runs, DossierSight sight, DefinitionCache definitions) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var incident = await db.Incidents.AsNoTracking().Where(row => row.Id == request.Id && row.ResolvedAt == null).FindOrRefuseAsync("Sự cố", cancellationToken);
            if (incident is not { DossierId: { } dossierId, StepId: not null, ActivityId: { } activityId })
            {
                throw new RefusedException("INCIDENT_NOT_SKIPPABLE", "Sự cố này không gắn với một bước của hồ sơ nên không thể bỏ qua.");
            }

            var dossier = await sight.FindAsync(dossierId, cancellationToken);
            var act = sight.ActOn(dossier, request.Body.Reason, Role.OfficeLeader, Role.ProvinceLeader, Role.Supervisor);
            var title = await MustBeSkippableAsync(incident.InstanceId, activityId, request.Body.Outcome, cancellationToken);
            var data = new JsonObject { ["step"] = title, ["outcome"] = request.Body.Outcome, ["error"] = incident.Message };
            return await runs.ChangeAsync(dossierId, act, click =>
            {
                click.Dossier!.Note(LedgerAct.StepSkipped, data.ToJsonString(JsonText.Readable), click.Act);
                click.Changes.Execute($"update incidents set skip_outcome = {request.Body.Outcome} where id = {incident.Id} and resolved_at is null", rows: 1);
                click.Changes.Execute($"update bookmarks set try_after = null, attempts = 0 where instance_id = {incident.InstanceId} and due_at <= {click.Act.At}");
            }, _ => new Reply(incident.Id, activityId, request.Body.Outcome), cancellationToken);
        }

        /// <summary>Title of the step.</summary>
        private async Task<string> MustBeSkippableAsync(string instanceId, string activityId, string outcome, CancellationToken cancellationToken)
        {
            var version = await db.Instances.Where(row => row.Id == instanceId).Select(row => row.DefinitionVersionId).FirstAsync(cancellationToken);
            var node = (await definitions.FindAsync(version, cancellationToken)).FindActivity(activityId).FindOrRefuse("Bước");
            if (Returning.IsLegalAct(node))
            {
                throw new RefusedException("STEP_NOT_SKIPPABLE", $"Bước “{Returning.TitleOf(node)}” là hành vi pháp lý, không được bỏ qua.");
            }

            var known = node.Activity.OutcomesOf(node);
            return known.Contains(outcome) ? Returning.TitleOf(node) : throw Problems.OutcomeUnknown(outcome, known);
        }
    }
}
