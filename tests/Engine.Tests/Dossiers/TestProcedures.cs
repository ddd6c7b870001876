using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Procedures made for one test out of one of the repository, the birth registration unless told; they ask for no form.</summary>
internal static class TestProcedures
{
    /// <summary>A procedure of these steps only, which begins with the first and ends at <c>KetThuc</c>.</summary>
    /// <param name="arrows">Lines such as <c>XuLy/Xong > CapSo</c>.</param>
    public static Task PublishAsync(this OneStop engine, string code, string activities, string arrows) => engine.PublishAsync(code, definition =>
    {
        var steps = JsonNode.Parse($"[{activities}]")!.AsArray();
        steps.Add(new JsonObject { ["id"] = "KetThuc", ["type"] = "Elsa.End" });
        definition["root"] = new JsonObject
        {
            ["id"] = "so-do",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = steps,
            ["connections"] = new JsonArray([.. arrows.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Arrow)]),
        };
    });

    private static JsonNode Arrow(string line) => line.Split(['/', '>'], StringSplitOptions.TrimEntries) is [var from, var port, var to]
        ? new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        }
        : throw new ArgumentException($"'{line}' is no arrow.", nameof(line));

    public static async Task PublishAsync(this OneStop engine, string code, Action<JsonNode> change, string like = "1.001193")
    {
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(OneStop.Root, "workflows"), $"{like}-*.json", SearchOption.AllDirectories)[0]))!;
        (definition["definitionId"], definition["id"]) = (code, $"{code}:1");
        change(definition);
        // Past the gate: the steps of a test need not make a lawful procedure.
        var cache = engine.Services.GetRequiredService<DefinitionCache>();
        var versions = new Changes();
        await engine.Services.GetRequiredService<DefinitionStore>().AddAsync(
            versions, DefinitionReader.Read((JsonObject)definition, cache.Catalog), new(Act.SystemId, "Thử"), isPublished: true, [], default);
        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(versions);
        await cache.ReloadAsync(default);

        await using var db = engine.Open();
        if (await db.Set<ProcedureRow>().AnyAsync(row => row.Code == code))
        {
            // Another version for a procedure that is there.
            return;
        }

        var model = await db.Set<ProcedureRow>().AsNoTracking().FirstAsync(row => row.Code == like);
        var changes = new Changes().Insert(new ProcedureRow
        {
            Code = code,
            ValidFrom = model.ValidFrom,
            Name = "Thử",
            Field = model.Field,
            Level = model.Level,
            OnlineLevel = model.OnlineLevel,
            SearchText = code,
            DefinitionId = code,
            Json = model.Json,
        });
        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(DirectoryRefresh.Raise(changes));
        await engine.Services.GetRequiredService<DirectoryRefresh>().RefreshAsync();
    }
}
