using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Procedures made for one test out of one of the repository, the birth registration unless told; they ask for no form.</summary>
internal static class TestProcedures
{
    public static async Task PublishAsync(this OneStop engine, string code, Action<JsonNode> change, string like = "1.001193")
    {
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(OneStop.Root, "workflows"), $"{like}-*.json", SearchOption.AllDirectories)[0]))!;
        (definition["definitionId"], definition["id"]) = (code, $"{code}:1");
        change(definition);
        var folder = Directory.CreateTempSubdirectory("publicservice-definitions-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "definition.json"), definition.ToJsonString());
        await engine.Services.GetRequiredService<DefinitionStore>().PublishFolderAsync(folder.FullName, Act.SystemId, default);
        folder.Delete(recursive: true);

        await using var db = engine.Open();
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
