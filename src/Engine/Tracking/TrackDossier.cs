using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tracking;

/// <summary>
/// Where a dossier is, in plain words, for the citizen with the receipt: who has it, what comes next, by when, whether it is late,
/// and what the citizen is asked.
/// </summary>
public static class TrackDossier
{
    public sealed record Query(string Code, string? Secret) : IRequest<Reply>;

    /// <param name="Where">The office that has it now.</param>
    /// <param name="Next">The step that waits; null when nothing does.</param>
    /// <param name="By">The promised date.</param>
    public sealed record Reply(
        string Code, string Title, int StatusCode, string StatusWord, string Where, string? Who, string? Next,
        DateTimeOffset SubmittedAt, DateTimeOffset? ReceivedAt, DateTimeOffset? By, bool IsLate, string TimeWord,
        Question? Question, MissingPapers? Supplement, IReadOnlyList<Result> Results, IReadOnlyList<Part> Parts);

    /// <summary>A question to the citizen; answer it with one of the outcomes.</summary>
    public sealed record Question(string TaskId, string Title, IReadOnlyList<string> Outcomes, JsonNode? Form, DateTimeOffset? By);

    public sealed record MissingPapers(IReadOnlyList<string> Papers, string? Reason, DateTimeOffset AskedAt);

    public sealed record Result(string Name, string? Number, DateTimeOffset IssuedAt);

    /// <summary>A dossier of its own that this one consists of; the same secret opens it.</summary>
    public sealed record Part(string Code, string Title, int StatusCode, string StatusWord, string Where, DateTimeOffset? By);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/{code}", async (
            string code,
            [FromHeader(Name = TrackingRoutes.SecretHeader)] string? header,
            string? secret,
            HttpResponse response,
            IMediator mediator,
            CancellationToken cancellationToken) =>
        {
            response.Headers.CacheControl = "private, no-store";
            response.Headers["Referrer-Policy"] = "no-referrer";
            return await mediator.Send(new Query(code, header ?? secret), cancellationToken);
        })
        .AllowAnonymous();

    internal sealed class Handler(EngineDb db, TrackedDossiers tracked, OfficeDirectory offices, CalendarDirectory calendars, TimeProvider time)
        : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await tracked.FindAsync(request.Code, request.Secret, cancellationToken);
            var tasks = await db.Tasks.AsNoTracking().Where(task => task.DossierId == dossier.Id).Open()
                .OrderBy(task => task.SortAt).ThenBy(task => task.Id).ToListAsync(cancellationToken);
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).OrderBy(line => line.Sequence).ToListAsync(cancellationToken);
            var results = await db.Results.AsNoTracking().Where(result => result.DossierId == dossier.Id && result.RevokedAt == null)
                .OrderBy(result => result.IssuedAt).ToListAsync(cancellationToken);
            var parts = await db.Dossiers.AsNoTracking().Where(part => part.ParentId == dossier.Id).OrderBy(part => part.Code).ToListAsync(cancellationToken);
            var next = tasks.FirstOrDefault();
            var clock = LegalClock.Read(ledger, dossier.Limit, CalendarOf(dossier), time.GetUtcNow());
            return new(
                dossier.Code, dossier.Title, (int)dossier.BusinessStatus, dossier.BusinessStatus.Word(),
                NameOf(next?.OfficeId ?? (dossier.BusinessStatus is BusinessStatus.Finished or BusinessStatus.Returned ? dossier.ReceivingOfficeId : dossier.CompetentOfficeId)),
                WaitingStep.WordOf(next?.Role), next?.Title,
                dossier.SubmittedAt, dossier.ReceivedAt, clock.DueAt, clock.Band.IsLate(), clock.Band.Word(),
                tasks.Find(task => task.Role == Role.Citizen) is { } question ? QuestionOf(question) : null,
                dossier.BusinessStatus is BusinessStatus.AwaitingSupplement ? MissingOf(ledger) : null,
                [.. results.Select(result => new Result(result.Name, result.Number, result.IssuedAt))],
                [.. parts.Select(part => new Part(
                    part.Code, part.Title, (int)part.BusinessStatus, part.BusinessStatus.Word(), NameOf(part.CompetentOfficeId), part.DueAt))]);
        }

        private string NameOf(string officeId) => offices.TryFind(officeId)?.Name ?? officeId;

        private WorkCalendar CalendarOf(Dossier dossier) =>
            (dossier.CalendarId is { } id ? calendars.Version(id, dossier.CalendarVersion) : null)
            ?? calendars.For(dossier.CompetentOfficeId, VietnamTime.DateOf(dossier.SubmittedAt));

        private static Question QuestionOf(TaskRow task) => new(
            task.Id, task.Title, TaskAnswers.OutcomesOf(task.Outcomes), task.Form is null ? null : JsonNode.Parse(task.Form), task.DueAt);

        private static MissingPapers? MissingOf(List<LedgerEntry> ledger)
        {
            var request = ledger.FindLast(line => line.Act is LedgerAct.SupplementRequested);
            var papers = JsonNode.Parse(request?.Data ?? "{}")?["papers"]?.Deserialize<string[]>() ?? [];
            return request is null ? null : new(papers, request.Reason, request.At);
        }
    }
}
