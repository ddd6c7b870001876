using System.Text.Json.Nodes;
using MediatR;
using Microsoft.Extensions.Primitives;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>
/// Completes a task with one of its outcomes; the dossier goes on until it waits again. Refuses with OUTCOME_UNKNOWN (400),
/// TASK_ASSIGNED_TO_ANOTHER, TASK_CLOSED, TASK_NOT_FOR_PEOPLE, PRECONDITION_FAILED (412), and whatever the law says to the act.
/// </summary>
public static class CompleteTask
{
    public sealed record Body(string Outcome, JsonObject? Form = null, string? Note = null);

    public sealed record Command(string Id, Body Body, StringValues IfMatch) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tasks/{id}/completions", async (string id, Body body, HttpRequest request, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body, request.Headers.IfMatch), cancellationToken))
        .RequireSignIn();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Outcome, "outcome", 200)
            .OptionalText(input.Body.Note, "note", 2000);
    }

    internal sealed class Handler(DossierRuns runs, TaskSight sight, TaskAnswers answers) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var (task, dossier) = await sight.FindAsync(request.Id, cancellationToken);
            var act = sight.ActOn(task, dossier, null);
            if (dossier is null || task.Role is null)
            {
                throw new RefusedException("TASK_NOT_FOR_PEOPLE", "Việc này do hệ thống khác trả lời.");
            }

            MustBeOpen(task);
            var answer = answers.Check(task, request.Body.Outcome, request.Body.Form, request.Body.Note);
            return await runs.CompleteAsync(task, answer, current =>
            {
                // Between the look at the right and this turn a reorganisation may have moved it.
                if (current.OfficeId != task.OfficeId)
                {
                    throw new StaleException("The task has moved to another office.");
                }

                sight.MustNotBeAnothers(current);
                ETags.Check(request.IfMatch, current.Version);
            }, act, DossierStanding.After, cancellationToken);
        }

        // Told before what is wrong with the answer: there is nothing left to answer.
        private static void MustBeOpen(TaskRow task)
        {
            if (task.State is not TaskState.Open)
            {
                throw DossierRuns.TaskClosed();
            }
        }
    }
}
