using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PublicService.Journeys.Designer;

/// <summary>A draft of two steps, made and looked at past Studio, as the engine has it.</summary>
internal sealed class StudioDraft
{
    private readonly HttpClient client;

    private StudioDraft(HttpClient client, string id) => (this.client, Id) = (client, id);

    public string Id { get; }

    public static async Task<StudioDraft> CreateAsync(House house, string name, string third = "")
    {
        var client = await house.ClientAsync("quantri");
        var saved = await SaveAsync(client, new JsonObject
        {
            ["definitionId"] = null,
            ["name"] = $"{name} {Guid.NewGuid():n}",
            ["root"] = JsonNode.Parse("""
                {"id":"flow","type":"Elsa.Flowchart","version":1,"activities":[
                  {"id":"a","type":"Elsa.WriteLine","version":1,"metadata":{"displayText":"Dòng một","designer":{"position":{"x":60,"y":40}}}},
                  {"id":"b","type":"Elsa.WriteLine","version":1,"metadata":{"displayText":"Dòng hai","designer":{"position":{"x":360,"y":40}}}}THIRD],
                 "connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"}}]}
                """.Replace("THIRD", third, StringComparison.Ordinal)),
        });
        return new StudioDraft(client, saved["workflowDefinition"]!["definitionId"]!.ToString());
    }

    /// <summary>The file the engine would give out now.</summary>
    public async Task<JsonObject> FileAsync() => (await client.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/{Id}/export"))!;

    public async Task<IReadOnlyList<JsonObject>> StepsAsync() => [.. (await FileAsync())["root"]!["activities"]!.AsArray().OfType<JsonObject>()];

    /// <summary>Somebody else saves the same draft with this description.</summary>
    public async Task DescribeAsync(string description)
    {
        var model = await FileAsync();
        model["description"] = description;
        await SaveAsync(client, model);
    }

    private static async Task<JsonObject> SaveAsync(HttpClient client, JsonObject model)
    {
        using var answer = await client.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = false });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
