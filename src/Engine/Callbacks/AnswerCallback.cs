using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Callbacks;

/// <summary>
/// A foreign system answers a question of a workflow under the key it was told, signed as Standard Webhooks 1.0. The same answer again
/// gets the same reply. Refuses with SYSTEM_UNKNOWN (401), SYSTEM_NOT_ASKED (403), NOT_FOUND (404), OUTCOME_UNKNOWN (400), STEP_FINISHED (409).
/// </summary>
public static class AnswerCallback
{
    /// <param name="Reference">The answer's own mark at the system that gives it; the same mark is the same answer.</param>
    public sealed record Body(string Outcome, string Reference, JsonNode? Data = null);

    public sealed record Command(string Key, ForeignSystem System, Body Body) : IRequest<Reply>;

    /// <param name="Dossier">Code of the dossier; null for a workflow without one.</param>
    public sealed record Reply(string Key, string? Dossier, string Outcome, string Reference, DateTimeOffset AnsweredAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/callbacks/{key}", async (string key, HttpRequest request, ForeignSystems systems, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var (system, body) = await systems.ReadAsync<Body>(request, cancellationToken);
            return await mediator.Send(new Command(key, system, body), cancellationToken);
        })
        .Accepts<Body>("application/json")
        .AllowAnonymous();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Outcome, "outcome", 200)
            .Text(input.Body.Reference, "reference", 200);
    }

    internal sealed class Handler(EngineDb db, InstanceRuns runs) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var asked = await FindAsync(request.Key, cancellationToken);
            if (!request.System.Is(asked.System))
            {
                throw Problems.SystemNotAsked(request.System.Name);
            }

            if (asked.AnsweredAt is null)
            {
                MustBeKnown(request.Body.Outcome, asked);
                await AnswerAsync(request, asked, cancellationToken);
                asked = await FindAsync(request.Key, cancellationToken);
            }

            return asked.AnsweredAt is { } at && asked.Reference == request.Body.Reference && asked.Outcome == request.Body.Outcome
                ? new(asked.Id, await CodeAsync(asked, cancellationToken), asked.Outcome, asked.Reference, at)
                : throw new RefusedException("STEP_FINISHED", "Bước này đã kết thúc, không nhận thêm trả lời.");
        }

        /// <summary>Lets the step go on and writes the answer down in the same transaction; does nothing when the step waits no more.</summary>
        private Task<bool> AnswerAsync(Command request, CallbackRow asked, CancellationToken cancellationToken)
        {
            var (outcome, reference) = (request.Body.Outcome, request.Body.Reference);
            var input = new JsonObject { ["outcome"] = outcome, ["data"] = request.Body.Data?.DeepClone(), ["reference"] = reference };
            return runs.AnswerAsync(
                asked.DossierId,
                asked.InstanceId,
                asked.Id,
                input,
                request.System.ToAct(),
                click => click.Changes.Execute(
                    $"update callbacks set outcome = {outcome}, reference = {reference}, answered_at = {click.Act.At} where id = {asked.Id} and answered_at is null", rows: 1),
                cancellationToken);
        }

        private Task<CallbackRow> FindAsync(string key, CancellationToken cancellationToken) =>
            db.Callbacks.AsNoTracking().Where(row => row.Id == key).FindOrRefuseAsync("Yêu cầu trả lời", cancellationToken);

        private Task<string?> CodeAsync(CallbackRow asked, CancellationToken cancellationToken) =>
            db.Dossiers.Where(dossier => dossier.Id == asked.DossierId).Select(dossier => dossier.Code).FirstOrDefaultAsync(cancellationToken);

        private static void MustBeKnown(string outcome, CallbackRow asked)
        {
            var known = TaskAnswers.OutcomesOf(asked.Outcomes);
            if (!known.Contains(outcome))
            {
                throw Problems.OutcomeUnknown(outcome, known);
            }
        }
    }
}
