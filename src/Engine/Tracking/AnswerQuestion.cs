using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tracking;

/// <summary>The citizen answers a question of the workflow, e.g. confirms the draft of a certificate. Refuses with OUTCOME_UNKNOWN (400), TASK_CLOSED.</summary>
public static class AnswerQuestion
{
    public sealed record Body(string TaskId, string Outcome, JsonObject? Form = null, string? Secret = null);

    public sealed record Command(string Code, string? Secret, Body Body) : IRequest<TrackedStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/{code}/answers", async (
            string code, [FromHeader(Name = TrackingRoutes.SecretHeader)] string? secret, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(code, secret ?? body.Secret, body), cancellationToken))
        .AllowAnonymous();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.TaskId, "taskId", 100)
            .Text(input.Body.Outcome, "outcome", 200);
    }

    internal sealed class Handler(EngineDb db, TrackedDossiers tracked, DossierRuns runs, TaskAnswers answers) : IRequestHandler<Command, TrackedStanding>
    {
        public async Task<TrackedStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await tracked.FindAsync(request.Code, request.Secret, cancellationToken);
            var task = await db.Tasks.AsNoTracking()
                .Where(task => task.Id == request.Body.TaskId && task.DossierId == dossier.Id && task.Role == Role.Citizen)
                .FindOrRefuseAsync("Câu hỏi", cancellationToken);
            if (task.State is not TaskState.Open)
            {
                throw DossierRuns.TaskClosed();
            }

            var answer = answers.Check(task, request.Body.Outcome, request.Body.Form, null);
            return await runs.CompleteAsync(task, answer, _ => { }, TrackedDossiers.ActOf(dossier), TrackedStanding.After, cancellationToken);
        }
    }
}
