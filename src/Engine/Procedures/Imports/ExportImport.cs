using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>The review list as a table for a spreadsheet; cells that a spreadsheet would take for a formula are disarmed.</summary>
public static class ExportImport
{
    private static readonly string[] Header = ["Dòng", "Mã TTHC", "Tên thủ tục", "Tình trạng", "So với danh mục", "Phát hiện", "Giá trị gốc", "Đề xuất", "Quyết định", "Hiệu lực từ", "Người quyết định", "Lý do"];

    public sealed record Query(Guid Id) : IRequest<byte[]>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedure-imports/{id:guid}/rows.csv", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            TypedResults.File(await mediator.Send(new Query(id), cancellationToken), "text/csv; charset=utf-8", $"procedure-import-{id}.csv"))
        .RequireRole(Role.BusinessAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, byte[]>
    {
        public async Task<byte[]> Handle(Query request, CancellationToken cancellationToken)
        {
            _ = await db.Set<ProcedureImportRow>().AsNoTracking().Where(row => row.Id == request.Id).FindOrRefuseAsync("Lần nhập thủ tục", cancellationToken);
            using var memory = new MemoryStream();
            // Excel takes the text for UTF-8 only with a byte-order mark.
            await using (var csv = new CsvWriter(new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)), new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                InjectionOptions = InjectionOptions.Escape,
            }))
            {
                await WriteAsync(csv, Header);
                var lines = db.Set<ProcedureImportLine>().AsNoTracking().Where(line => line.ImportId == request.Id).OrderBy(line => line.Number).AsAsyncEnumerable();
                await foreach (var line in lines.WithCancellation(cancellationToken))
                {
                    await WriteAsync(csv, CellsOf(line));
                }
            }

            return memory.ToArray();
        }

        private static async Task WriteAsync(CsvWriter csv, IEnumerable<string?> cells)
        {
            foreach (var cell in cells)
            {
                csv.WriteField(cell);
            }

            await csv.NextRecordAsync();
        }

        private static string?[] CellsOf(ProcedureImportLine line)
        {
            var findings = JsonSerializer.Deserialize<List<EntryFinding>>(line.Findings)!;
            return
            [
                line.Number.ToString(CultureInfo.InvariantCulture),
                line.Code,
                line.Name,
                line.State.ToString(),
                line.Comparison.ToString(),
                string.Join("; ", findings.Select(finding => $"{finding.Code}: {finding.Sentence}")),
                string.Join("; ", findings.Select(finding => finding.Raw).OfType<string>()),
                string.Join("; ", findings.Select(finding => finding.Suggestion).OfType<string>()),
                line.Decision.ToString(),
                line.ValidFrom?.ToString("O", CultureInfo.InvariantCulture),
                line.DecidedByName,
                line.Reason,
            ];
        }
    }
}
