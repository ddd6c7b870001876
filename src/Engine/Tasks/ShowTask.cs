using System.Text.Json.Nodes;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>A task with its possible outcomes, the JSON Schema of its form and its dossier in short.</summary>
public static class ShowTask
{
    public sealed record Query(string Id) : IRequest<Reply>;

    public sealed record DossierSummary(
        Guid Id, string Code, string ProcedureCode, string Title, string ApplicantName, BusinessStatus Status, int StatusCode, string StatusWord, DateTimeOffset? DueAt)
    {
        public static DossierSummary Of(Dossier dossier) => new(
            dossier.Id, dossier.Code, dossier.ProcedureCode, dossier.Title, dossier.ApplicantName,
            dossier.BusinessStatus, (int)dossier.BusinessStatus, dossier.BusinessStatus.Word(), dossier.DueAt);
    }

    /// <param name="FormalAct">The formal act it is, which needs its own right; null for ordinary work.</param>
    /// <param name="Assignment">Why the engine gave it to whom, with the candidates and their work; null when it did not.</param>
    /// <param name="MayDo">Whether the caller may complete it.</param>
    public sealed record Reply(
        string Id,
        string Kind,
        string Title,
        TaskState State,
        string? Role,
        string? RoleWord,
        string? OfficeId,
        string? AssigneeId,
        FormalActs? FormalAct,
        AssignmentReason? Assignment,
        IReadOnlyList<string> Outcomes,
        JsonNode? Form,
        JsonNode? Payload,
        DateTimeOffset CreatedAt,
        DateTimeOffset? DueAt,
        TaskTime Time,
        DateTimeOffset? CompletedAt,
        string? Outcome,
        long Version,
        bool MayDo,
        DossierSummary? Dossier);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tasks/{id}", async (string id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Query(id), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireSignIn();

    internal sealed class Handler(TaskSight sight, CalendarDirectory calendars, TimeProvider time) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var (task, dossier) = await sight.FindAsync(request.Id, cancellationToken);
            return new(
                task.Id,
                task.Kind,
                task.Title,
                task.State,
                task.Role,
                WaitingStep.WordOf(task.Role),
                task.OfficeId,
                task.AssigneeId,
                task.FormalAct,
                AssignmentReason.Read(task.Assignment),
                TaskAnswers.OutcomesOf(task.Outcomes),
                task.Form is null ? null : JsonNode.Parse(task.Form),
                task.Payload is null ? null : JsonNode.Parse(task.Payload),
                task.CreatedAt,
                task.DueAt,
                TaskTime.Of(task.DueAt, task.OfficeId, calendars, time.GetUtcNow(), task.CompletedAt),
                task.CompletedAt,
                task.Outcome,
                task.Version,
                sight.MayDo(task, dossier),
                dossier is null ? null : DossierSummary.Of(dossier));
        }
    }
}
