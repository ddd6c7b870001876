using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Studio;

/// <summary>Instances as files: state, journal and executions in the form the viewer shows them, with the same personal data left out (Elsa contract A.4).</summary>
internal static class ExportInstances
{
    private const int MostAtOnce = 100;

    public sealed record Many(IReadOnlyList<string> Ids);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflow-instances/{id}/export", async (string id, EngineDb db, CurrentPerson person, CancellationToken cancellationToken) =>
            TypedResults.File(await BytesAsync(db, id, person, cancellationToken), "application/json", NameOf(id)));
        routes.MapPost("/bulk-actions/export/workflow-instances", async (Many body, EngineDb db, CurrentPerson person, CancellationToken cancellationToken) =>
        {
            using var memory = new MemoryStream();
            using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var id in body.Ids.Distinct().Take(MostAtOnce))
                {
                    await using var entry = await zip.CreateEntry(NameOf(id)).OpenAsync(cancellationToken);
                    await entry.WriteAsync(await BytesAsync(db, id, person, cancellationToken), cancellationToken);
                }
            }

            return TypedResults.File(memory.ToArray(), "application/zip", "workflow-instances.zip");
        });
    }

    private static string NameOf(string id) => $"workflow-instance-{id}.json";

    private static async Task<byte[]> BytesAsync(EngineDb db, string id, CurrentPerson person, CancellationToken cancellationToken)
    {
        var log = await InstanceLog.LoadAsync(db, id, cancellationToken);
        var shown = InstanceLog.MayReadPersonalData(person);
        var file = await ShowInstance.WholeAsync(db, log, cancellationToken);
        file["activityExecutionRecords"] = new JsonArray([.. log.InOrder.Select(step => ShowExecutions.Whole(log, step, shown))]);
        file["workflowExecutionLogRecords"] = new JsonArray([.. log.Entries.Select(entry => ShowInstance.Line(log, entry, shown))]);
        return Encoding.UTF8.GetBytes(file.ToJsonString(new(JsonText.Readable) { WriteIndented = true }) + "\n");
    }
}
