using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>One dossier on its way, each step done over HTTP by the officer whose turn it is.</summary>
public sealed class Walk
{
    private readonly OneStop engine;

    private Walk(OneStop engine, JsonElement started)
    {
        this.engine = engine;
        (Id, Code, Secret, Standing) = (started.Text("id"), started.Text("code"), started.Text("trackingSecret"), started);
    }

    private Walk(OneStop engine, string id, string code, string secret)
    {
        this.engine = engine;
        (Id, Code, Secret) = (id, code, secret);
    }

    public string Id { get; }

    public string Code { get; }

    public string Secret { get; }

    /// <summary>What the last click answered.</summary>
    public JsonElement Standing { get; private set; }

    public static async Task<Walk> StartAsync(OneStop engine, Action<JsonObject>? change = null)
    {
        var request = OneStop.BirthRegistration(change);
        var receptionist = await engine.OfficerAsync("tiep-nhan", request["receivingOfficeId"]!.ToString());
        return new(engine, await receptionist.SendAsync("/dossiers", request).JsonAsync());
    }

    /// <summary>A dossier that is there already, e.g. a part of a linked one.</summary>
    public static Walk Of(OneStop engine, JsonElement dossier, string secret) => new(engine, dossier.Text("id"), dossier.Text("code"), secret);

    /// <summary>The open task whose title begins so.</summary>
    public async Task<JsonElement> TaskAsync(string title)
    {
        await engine.SettleAsync();
        var dossier = await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{Id}");
        var task = dossier.List("tasks").FirstOrDefault(task => task.Text("title").StartsWith(title, StringComparison.Ordinal));
        Assert.True(task.ValueKind is JsonValueKind.Object, $"“{title}” does not wait: {dossier}");
        return task;
    }

    /// <summary>The holder of the role at the office finds the task on the list and completes it.</summary>
    public async Task DoAsync(string title, string outcome, JsonObject? form = null, string? note = null)
    {
        var task = await TaskAsync(title);
        var officer = await engine.HolderAsync(task.Text("role"), task.Text("officeId"));
        var mine = await officer.ReadAsync($"/tasks?dossierId={Id}");
        Assert.Contains(mine.List("items"), one => one.Text("id") == task.Text("id"));
        Standing = await officer.SendAsync($"/tasks/{task.Text("id")}/completions", Completion(outcome, form, note)).JsonAsync();
    }

    public static JsonObject Completion(string outcome, JsonObject? form = null, string? note = null) =>
        new() { ["outcome"] = outcome, ["form"] = form?.DeepClone(), ["note"] = note };

    /// <summary>From the examination to the hand-over.</summary>
    public async Task FinishAsync()
    {
        await DoAsync("Ghi sổ", "Đã ghi sổ");
        await DoAsync("Ký", "Đã ký");
        await DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" });
        await DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });
    }
}
