using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Trials;

/// <summary>An analyst at a trial: posts the moves again with each new one, as the page does.</summary>
internal sealed class TrialDesk
{
    private readonly HttpClient analyst;
    private readonly string definitionId;
    private readonly int? version;

    private TrialDesk(HttpClient analyst, string definitionId, int? version, JsonObject start) =>
        (this.analyst, this.definitionId, this.version, Start) = (analyst, definitionId, version, start);

    public JsonObject Start { get; }

    public JsonArray Moves { get; } = [];

    /// <summary>What the engine answered last.</summary>
    public JsonElement Picture { get; private set; }

    public JsonElement Dossier => Picture.GetProperty("dossier");

    public IEnumerable<JsonElement> Waits => Picture.List("waits");

    public IEnumerable<JsonElement> Lines => Picture.List("steps").SelectMany(step => step.List("lines"));

    public JsonElement LastStep => Picture.List("steps").Last();

    public JsonElement Problem => Picture.GetProperty("problem");

    /// <summary>Begins with the start the engine suggests, changed as the test likes.</summary>
    public static async Task<TrialDesk> OpenAsync(OneStop engine, string definitionId, Action<JsonObject>? change = null, int? version = null)
    {
        var analyst = await engine.SomebodyAsync("quantri");
        var suggested = await analyst.ReadAsync($"/definitions/{definitionId}/trial{(version is null ? "" : $"?version={version}")}");
        var start = (JsonObject)JsonNode.Parse(suggested.GetProperty("start").GetRawText())!;
        change?.Invoke(start);
        var desk = new TrialDesk(analyst, definitionId, version, start);
        await desk.PlayAsync();
        return desk;
    }

    /// <summary>Plays the moves from the submission on.</summary>
    public async Task PlayAsync() => Picture = await (await PostAsync()).JsonAsync();

    public Task<HttpResponseMessage> PostAsync() => analyst.SendAsync(
        $"/definitions/{definitionId}/trial", new JsonObject { ["start"] = Start.DeepClone(), ["version"] = version, ["moves"] = Moves.DeepClone() });

    /// <summary>Gives an answer by the words on its button.</summary>
    public Task AnswerAsync(string title, string label, Action<JsonObject>? change = null)
    {
        var moves = Waits.Where(wait => wait.Text("title").StartsWith(title, StringComparison.Ordinal)).SelectMany(wait => wait.List("moves")).ToList();
        var choice = moves.FirstOrDefault(move => move.Text("label") == label);
        Assert.True(choice.ValueKind is JsonValueKind.Object, $"“{title}: {label}” is no move: {Picture.GetProperty("waits")}");
        return MakeAsync(choice, change);
    }

    /// <summary>Makes one of the further moves: time, withdrawal, sending back.</summary>
    public Task FurtherAsync(string label)
    {
        var choice = Picture.List("moves").FirstOrDefault(move => move.Text("label").StartsWith(label, StringComparison.Ordinal));
        Assert.True(choice.ValueKind is JsonValueKind.Object, $"“{label}” is no move: {Picture.GetProperty("moves")}");
        return MakeAsync(choice, null);
    }

    public Task WaitUntilAsync(DateTimeOffset until) => MakeAsync(new JsonObject { ["kind"] = "Wait", ["until"] = until.ToString("O") });

    public async Task MakeAsync(JsonObject move)
    {
        Moves.Add(move);
        await PlayAsync();
    }

    public async Task UndoAsync()
    {
        Moves.RemoveAt(Moves.Count - 1);
        await PlayAsync();
    }

    private Task MakeAsync(JsonElement choice, Action<JsonObject>? change)
    {
        var move = (JsonObject)JsonNode.Parse(choice.GetProperty("move").GetRawText())!;
        change?.Invoke(move);
        return MakeAsync(move);
    }
}
