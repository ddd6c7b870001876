using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>History of a procedure: its wordings, newest first, and who changed what in them, when and why.</summary>
public static class ListWordings
{
    public sealed record Query(string Code) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Change(ProcedureChangeKind Kind, DateTimeOffset At, string PersonName, string Reason, IReadOnlyList<EntryDifference> Differences);

    /// <param name="HasDossiers">Dossiers were handed in under it, so it can no longer be corrected.</param>
    public sealed record Reply(
        DateOnly ValidFrom,
        DateOnly? ValidTo,
        string Name,
        string Limit,
        string DefinitionId,
        string? DefinitionVersionId,
        string? ReplacedBy,
        bool HasDossiers,
        IReadOnlyList<Change> Changes);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedures/{code}/wordings", async (string code, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(code), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var wordings = await db.Set<ProcedureRow>().AsNoTracking().Where(row => row.Code == request.Code)
                .OrderByDescending(row => row.ValidFrom)
                .Select(row => new { Row = row, InUse = db.Dossiers.Any(dossier => dossier.ProcedureCode == row.Code && dossier.ProcedureValidFrom == row.ValidFrom) })
                .ToListAsync(cancellationToken);
            _ = wordings.FirstOrDefault().FindOrRefuse("Thủ tục");
            var changes = (await db.Set<ProcedureChangeRow>().AsNoTracking().Where(row => row.Code == request.Code)
                .OrderByDescending(row => row.Id).Take(1000).ToListAsync(cancellationToken)).ToLookup(row => row.ValidFrom);
            return
            [
                .. wordings.Select(one => new Reply(
                    one.Row.ValidFrom,
                    one.Row.ValidTo,
                    one.Row.Name,
                    ProcedureReader.Read(one.Row).Limit.Word(),
                    one.Row.DefinitionId,
                    one.Row.DefinitionVersionId,
                    one.Row.ReplacedBy,
                    one.InUse,
                    [.. changes[one.Row.ValidFrom].Select(ChangeOf)])),
            ];
        }

        private static Change ChangeOf(ProcedureChangeRow row) =>
            new(row.Kind, row.At, row.PersonName, row.Reason, JsonSerializer.Deserialize<List<EntryDifference>>(row.Differences)!);
    }
}
