using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Dossiers;

/// <summary>Everything that ever happened to a dossier: who, when, which act, why, and the law behind it. Forms 06 and 07 are made of it.</summary>
public static class ShowLedger
{
    public sealed record Query(Guid Id) : IRequest<IReadOnlyList<Reply>>;

    /// <param name="OfficeName">The name the office had at that time.</param>
    public sealed record Reply(
        int Sequence,
        DateTimeOffset At,
        LedgerAct Act,
        string ActorId,
        string ActorName,
        string? OnBehalfOf,
        string OfficeId,
        string OfficeName,
        string? Reason,
        string? Article,
        BusinessStatus StatusAfter,
        string StatusWord,
        DateTimeOffset? DueAfter,
        JsonNode? Data);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/ledger", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight, OfficeDirectory offices) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.Id, cancellationToken);
            var lines = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id)
                .OrderBy(line => line.Sequence).ToListAsync(cancellationToken);
            return [.. lines.Select(ReplyOf)];
        }

        private Reply ReplyOf(LedgerEntry line) => new(
            line.Sequence, line.At, line.Act, line.ActorId, line.ActorName, line.OnBehalfOf, line.OfficeId, offices.NameOn(line.OfficeId, VietnamTime.DateOf(line.At)), line.Reason, line.Article,
            line.StatusAfter, line.StatusAfter.Word(), line.DueAfter, line.Data is null ? null : JsonNode.Parse(line.Data));
    }
}
