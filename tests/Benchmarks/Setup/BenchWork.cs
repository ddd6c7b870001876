using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;

namespace PublicService.Benchmarks.Setup;

/// <summary>The work that is measured: small definitions, and procedures that point at them.</summary>
public static class BenchWork
{
    /// <summary>One officer's task, then the end.</summary>
    public const string Cycle = "bench-cycle";

    /// <summary>Three activities and one event, without a dossier.</summary>
    public const string Plain = "bench-plain";

    /// <summary>Intake, a task with a silent limit, a short timer, a notification: every kind of row a click can write.</summary>
    public const string Kill = "bench-kill";

    /// <summary>Event that <see cref="Plain"/> waits for.</summary>
    public const string EventName = "go";

    public const string Outcome = "Xong";

    /// <summary>Code of the procedure under which dossiers of a definition are submitted; all others share one.</summary>
    public static string ProcedureOf(string definitionId) => definitionId == Kill ? "9.900002" : "9.900001";

    /// <summary>Publishes the definitions and adds their procedures, unless that was done before.</summary>
    public static async Task PublishAsync(IServiceProvider services, string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "bench-workflows");
        WriteFolder(folder);
        await services.GetRequiredService<DefinitionStore>().PublishFolderAsync(folder, Act.SystemId, CancellationToken.None);
        await StoreAsync(services, Definition(
            Kill,
            Activity("nhan", "PublicService.Intake"),
            OfficerTask("duyet", silenceDays: 3),
            Delay("cho", TimeSpan.FromMilliseconds(400)),
            Activity("bao", "PublicService.Notify", ("template", "ThongBao"))));
        await AddProceduresAsync(services);
    }

    /// <summary>Writes the definitions as files.</summary>
    public static void WriteFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, Definition(Cycle, OfficerTask("duyet")));
        Write(folder, Definition(Plain, Line("truoc"), Event("cho", EventName), Line("sau")));
    }

    /// <summary>Stores a definition that takes a dossier in and never gives a result back: good for measuring, and refused by the gate.</summary>
    private static async Task StoreAsync(IServiceProvider services, JsonObject json)
    {
        var cache = services.GetRequiredService<DefinitionCache>();
        var changes = new Changes();
        await services.GetRequiredService<DefinitionStore>().AddAsync(
            changes, DefinitionReader.Read(json, cache.Catalog), new(Act.SystemId, "Đo"), isPublished: true, [], CancellationToken.None);
        await services.GetRequiredService<CommitLane>().CommitAsync(changes);
        await cache.ReloadAsync(CancellationToken.None);
    }

    public static JsonObject Definition(string id, params JsonObject[] activities) => new()
    {
        ["id"] = id + ":1",
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["root"] = new JsonObject { ["id"] = "buoc", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray([.. activities]) },
    };

    public static JsonObject Activity(string id, string type, params (string Name, string Value)[] literals)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type };
        foreach (var (name, value) in literals)
        {
            activity[name] = Input("Literal", value);
        }

        return activity;
    }

    public static JsonObject OfficerTask(string id, int silenceDays = 0)
    {
        var task = Activity(id, "PublicService.OfficerTask", ("title", "Thẩm định"), ("hours", "8"), ("silenceDays", $"{silenceDays}"), ("silenceOutcome", Outcome));
        task["outcomes"] = Input("Object", $"""["{Outcome}"]""");
        return task;
    }

    public static JsonObject Event(string id, string name) => Activity(id, "Elsa.Event", ("eventName", name));

    public static JsonObject Delay(string id, TimeSpan span) => Activity(id, "Elsa.Delay", ("timeSpan", span.ToString("c")));

    public static JsonObject StartAt(string id, DateTimeOffset at) => Activity(id, "Elsa.StartAt", ("dateTime", at.ToString("O")));

    public static JsonObject Line(string id, string text = "x", string kind = "Literal")
    {
        var line = Activity(id, "Elsa.WriteLine");
        line["text"] = Input(kind, text);
        return line;
    }

    public static void Write(string folder, JsonObject definition) =>
        File.WriteAllText(Path.Combine(folder, $"{definition["definitionId"]}.json"), definition.ToJsonString());

    public static async Task AddProcedureAsync(IServiceProvider services, string code, string definitionId)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<EngineDb>>();
        await using var db = await contexts.CreateDbContextAsync();
        if (await db.Set<ProcedureRow>().AnyAsync(row => row.Code == code))
        {
            return;
        }

        var known = await db.Set<ProcedureRow>().AsNoTracking().OrderBy(row => row.Code).FirstAsync();
        var changes = new Changes().Insert(new ProcedureRow
        {
            Code = code,
            ValidFrom = known.ValidFrom,
            Name = definitionId,
            Field = known.Field,
            Level = known.Level,
            OnlineLevel = known.OnlineLevel,
            SearchText = definitionId,
            DefinitionId = definitionId,
            Json = known.Json,
        });
        await services.GetRequiredService<CommitLane>().CommitAsync(DirectoryRefresh.Raise(changes));
        await services.GetRequiredService<DirectoryRefresh>().RefreshAsync();
    }

    private static async Task AddProceduresAsync(IServiceProvider services)
    {
        foreach (var definition in new[] { Cycle, Kill })
        {
            await AddProcedureAsync(services, ProcedureOf(definition), definition);
        }
    }

    private static JsonObject Input(string kind, string value) => new()
    {
        ["typeName"] = "String",
        ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value },
    };
}
