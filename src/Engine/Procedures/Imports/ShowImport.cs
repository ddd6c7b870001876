using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>An import with how many rows are in which state, and how many show which finding.</summary>
public static class ShowImport
{
    public sealed record Query(Guid Id) : IRequest<Reply>;

    public sealed record Reply(
        Guid Id,
        string FileName,
        ImportFormat Format,
        string Sha256,
        int RowCount,
        DateTimeOffset CreatedAt,
        string CreatedByName,
        IReadOnlyDictionary<ImportRowState, int> States,
        IReadOnlyDictionary<ImportComparison, int> Comparisons,
        IReadOnlyDictionary<ImportDecision, int> Decisions,
        IReadOnlyDictionary<string, int> Findings);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedure-imports/{id:guid}", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var import = await db.Set<ProcedureImportRow>().AsNoTracking().Where(row => row.Id == request.Id).FindOrRefuseAsync("Lần nhập thủ tục", cancellationToken);
            var lines = await db.Set<ProcedureImportLine>().AsNoTracking().Where(line => line.ImportId == import.Id)
                .Select(line => new { line.State, line.Comparison, line.Decision, line.FindingCodes }).ToListAsync(cancellationToken);
            return new(
                import.Id,
                import.FileName,
                import.Format,
                import.Sha256,
                import.RowCount,
                import.CreatedAt,
                import.CreatedByName,
                Count(lines.Select(line => line.State)),
                Count(lines.Select(line => line.Comparison)),
                Count(lines.Select(line => line.Decision)),
                Count(lines.SelectMany(line => line.FindingCodes.Split('|', StringSplitOptions.RemoveEmptyEntries))));
        }

        private static SortedDictionary<T, int> Count<T>(IEnumerable<T> values)
            where T : notnull => new(values.CountBy(value => value).ToDictionary());
    }
}
