using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Takes a file of procedures (catalogue JSON, LayThuTuc of the national portal, CSV) and makes its review list; nothing reaches the
/// catalogue. The same file again answers with the import it made before. Refuses with FILE_TOO_LARGE, FILE_EMPTY, FILE_NOT_UTF8,
/// FILE_MALFORMED, FILE_COLUMNS_MISSING (400).
/// </summary>
public static class CreateImport
{
    private const long LargestBody = ImportFile.LargestFile + (1024 * 1024);

    public sealed record Command(IFormFile File) : IRequest<Reply>;

    /// <param name="IsKnown">The same file was uploaded before; this is its import.</param>
    public sealed record Reply(Guid Id, ImportFormat Format, int RowCount, int Clean, int Warning, int Refused, bool IsKnown);

    // Requests carry a token in a header, which no other site can make a browser send, so there is nothing to forge.
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/procedure-imports", async (IFormFile file, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(file), cancellationToken);
            return TypedResults.Created($"/api/v1/procedure-imports/{reply.Id}", reply);
        })
        .DisableAntiforgery()
        .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
        .RequireRole(Role.BusinessAdmin);

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson person, OfficeDirectory offices, TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            person.MustLookAfterCatalogue(offices, null);
            var file = await ImportFile.ReadAsync(request.File, cancellationToken);
            if (await KnownAsync(file.Sha256, cancellationToken) is { } known)
            {
                return known;
            }

            var now = time.GetUtcNow();
            var import = new ProcedureImportRow
            {
                Id = Guid.CreateVersion7(now),
                FileName = ImportReview.Plain(Path.GetFileName(request.File.FileName), 200) is { Length: > 0 } name ? name : "procedures",
                Format = file.Format,
                Sha256 = file.Sha256,
                RowCount = file.Rows.Count,
                CreatedAt = now,
                CreatedBy = person.Id,
                CreatedByName = person.FullName,
            };
            var lines = await LinesAsync(import, file, VietnamTime.DateOf(now), cancellationToken);
            await lane.CommitAsync(new Changes().Insert(import).InsertAll(lines), cancellationToken);
            return ReplyOf(import, lines.GroupBy(line => line.State).ToDictionary(group => group.Key, group => group.Count()), isKnown: false);
        }

        private async Task<List<ProcedureImportLine>> LinesAsync(ProcedureImportRow import, ImportFile file, DateOnly today, CancellationToken cancellationToken)
        {
            var current = (await db.Set<ProcedureRow>().AsNoTracking().ToListAsync(cancellationToken))
                .GroupBy(row => row.Code).ToDictionary(group => group.Key, group => ImportReview.CurrentOf(group, today));
            var twice = file.Rows.Select(row => row.Entry["code"].Text()).OfType<string>().CountBy(code => code)
                .Where(pair => pair.Value > 1).Select(pair => pair.Key).ToHashSet();
            return
            [
                .. file.Rows.Select((row, index) =>
                {
                    var code = row.Entry["code"].Text() ?? "";
                    var line = new ProcedureImportLine
                    {
                        ImportId = import.Id, Number = index + 1, Code = code, Raw = row.Raw, Entry = "", Findings = "", FindingCodes = "",
                    };
                    line.Take(row.Entry, current.GetValueOrDefault(code), twice.Contains(code));
                    return line;
                }),
            ];
        }

        private async Task<Reply?> KnownAsync(string sha256, CancellationToken cancellationToken)
        {
            var import = await db.Set<ProcedureImportRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Sha256 == sha256, cancellationToken);
            return import is null ? null : ReplyOf(
                import,
                await db.Set<ProcedureImportLine>().Where(line => line.ImportId == import.Id).GroupBy(line => line.State)
                    .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken),
                isKnown: true);
        }

        private static Reply ReplyOf(ProcedureImportRow import, Dictionary<ImportRowState, int> states, bool isKnown) => new(
            import.Id,
            import.Format,
            import.RowCount,
            states.GetValueOrDefault(ImportRowState.Clean),
            states.GetValueOrDefault(ImportRowState.Warning),
            states.GetValueOrDefault(ImportRowState.Refused),
            isKnown);
    }
}
