using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supplements;

/// <summary>Requests for papers ever made to the citizen, with what came of them; read from the ledger.</summary>
public static class ListSupplementRequests
{
    public sealed record Query(Guid DossierId) : IRequest<IReadOnlyList<Reply>>;

    /// <param name="Days">Working days the citizen was given; null without a limit.</param>
    /// <param name="ProvidedAt">Null while it is open, and when nothing ever came.</param>
    public sealed record Reply(
        int Number, DateTimeOffset At, string By, string OfficeId, string? Reason, IReadOnlyList<string> Papers, int? Days, DateTimeOffset? ProvidedAt, IReadOnlyList<string> Provided);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/supplement-requests", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var lines = await db.Ledger.AsNoTracking()
                .Where(line => line.DossierId == dossier.Id && (line.Act == LedgerAct.SupplementRequested || line.Act == LedgerAct.SupplementProvided))
                .OrderBy(line => line.Sequence).ToListAsync(cancellationToken);
            var requests = lines.Where(line => line.Act is LedgerAct.SupplementRequested).ToList();
            return [.. requests.Select((line, index) => ReplyOf(index + 1, line, AnswerTo(line, lines)))];
        }

        /// <summary>There is never a second request while one is open, so the next line is the answer or another request.</summary>
        private static LedgerEntry? AnswerTo(LedgerEntry request, List<LedgerEntry> lines) =>
            lines.Find(line => line.Sequence > request.Sequence) is { Act: LedgerAct.SupplementProvided } answer ? answer : null;

        private static Reply ReplyOf(int number, LedgerEntry request, LedgerEntry? answer)
        {
            using var data = JsonDocument.Parse(request.Data ?? "{}");
            int? days = data.RootElement.TryGetProperty("days", out var given) && given.ValueKind is JsonValueKind.Number ? given.GetInt32() : null;
            return new(number, request.At, request.ActorName, request.OfficeId, request.Reason, PapersOf(request), days, answer?.At, answer is null ? [] : PapersOf(answer));
        }

        private static string[] PapersOf(LedgerEntry line)
        {
            using var data = JsonDocument.Parse(line.Data ?? "{}");
            return data.RootElement.TryGetProperty("papers", out var papers) ? papers.Deserialize<string[]>() ?? [] : [];
        }
    }
}
