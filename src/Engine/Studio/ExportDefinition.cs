using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;

namespace PublicService.Engine.Studio;

/// <summary>Definitions as files that a stock Elsa server reads (Elsa contract A.2, B.1).</summary>
internal static class ExportDefinition
{
    private const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    public sealed record Many(IReadOnlyList<string> Ids, bool? IncludeConsumingWorkflows = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflow-definitions/{definitionId}/export", async (
            string definitionId, string? versionOptions, bool? includeConsumingWorkflows, EngineDb db, DefinitionCache cache, CancellationToken cancellationToken) =>
        {
            var row = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId).Of(versionOptions is null or "" ? "Latest" : versionOptions)
                .OrderByDescending(row => row.Version).FindOrRefuseAsync("Quy trình", cancellationToken);
            if (includeConsumingWorkflows is not true)
            {
                return TypedResults.File(Bytes(row, cache), "application/json", NameOf(row));
            }

            var consumers = ShowDefinition.Consumers(cache, definitionId);
            var rows = await db.Definitions.AsNoTracking().Where(one => one.IsPublished && consumers.Contains(one.DefinitionId)).ToListAsync(cancellationToken);
            return Zip([row, .. rows], cache);
        });
        routes.MapPost("/bulk-actions/export/workflow-definitions", async (Many body, EngineDb db, DefinitionCache cache, CancellationToken cancellationToken) =>
            Zip(await db.Definitions.AsNoTracking().Where(row => body.Ids.Contains(row.Id)).ToListAsync(cancellationToken), cache));
    }

    private static byte[] Bytes(DefinitionRow row, DefinitionCache cache)
    {
        var file = DefinitionWriter.ForFile(DefinitionReader.Read(row.Json, cache.Catalog));
        file["isLatest"] = row.IsLatest;
        file["isPublished"] = row.IsPublished;
        if (file["$schema"] is null)
        {
            file.Insert(0, "$schema", Schema);
        }

        return Encoding.UTF8.GetBytes(file.ToJsonString(new(JsonText.Readable) { WriteIndented = true }) + "\n");
    }

    private static string NameOf(DefinitionRow row) =>
        $"workflow-definition-{SearchText.Fold(row.Name ?? "").Replace(' ', '-')}-{row.DefinitionId}-{row.Id.Replace(':', '-')}.json";

    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult Zip(IEnumerable<DefinitionRow> rows, DefinitionCache cache)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                using var entry = zip.CreateEntry(NameOf(row)).Open();
                entry.Write(Bytes(row, cache));
            }
        }

        return TypedResults.File(memory.ToArray(), "application/zip", "workflow-definitions.zip");
    }
}
