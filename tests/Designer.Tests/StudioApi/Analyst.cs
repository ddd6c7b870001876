using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Designer.Tests.StudioApi;

/// <summary>Calls as Studio makes them, by its spelling.</summary>
internal static class Analyst
{
    public const string Api = "/elsa/api";
    public const string Birth = "1.001193";

    public static Task<HttpClient> AnalystAsync(this OneStop engine) => engine.SomebodyAsync("quantri");

    public static Task<JsonElement> AskAsync(this HttpClient client, string path) => client.GetJsonAsync(Api + path);

    public static Task<HttpResponseMessage> TellAsync(this HttpClient client, string path, JsonNode? body = null) => client.PostAsync(Api + path, Json(body ?? new JsonObject()));

    public static async Task<JsonElement> OpenAsync(this HttpClient client, string id) => await client.AskAsync($"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");

    /// <summary>The definition as the editor would post it back.</summary>
    public static async Task<JsonObject> ModelAsync(this HttpClient client, string id) => (JsonObject)JsonNode.Parse((await client.OpenAsync(id)).GetRawText())!;

    public static async Task<JsonObject> ExportAsync(this HttpClient client, string id) => (JsonObject)JsonNode.Parse(await client.GetStringAsync($"{Api}/workflow-definitions/{id}/export"))!;

    public static async Task<JsonElement> SaveAsync(this HttpClient client, JsonObject model, bool publish = false) => await (await client.PostSaveAsync(model, publish)).JsonAsync();

    /// <summary>Saves a new definition.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> CreateAsync(this HttpClient client, string name, bool publish = false) =>
        (await client.SaveAsync(Model(name), publish)).GetProperty("workflowDefinition").Text("definitionId");

    public static Task<HttpResponseMessage> PostSaveAsync(this HttpClient client, JsonObject model, bool publish = false, string? seen = null, bool confirm = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Api + "/workflow-definitions") { Content = Json(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }) };
        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        if (confirm)
        {
            request.Headers.TryAddWithoutValidation("X-Confirm", "replace-all");
        }

        return client.SendAsync(request);
    }

    public static (int Version, bool IsPublished) Version(this JsonElement saved) =>
        (saved.GetProperty("workflowDefinition").Number("version"), saved.GetProperty("workflowDefinition").GetProperty("isPublished").GetBoolean());

    /// <summary>The sentences Studio shows in red.</summary>
    public static async Task<string> SentencesAsync(this HttpResponseMessage refused)
    {
        var problem = await refused.ShouldBeProblemAsync(System.Net.HttpStatusCode.BadRequest, "INVALID_INPUT");
        return string.Join(" ", problem.GetProperty("errors").EnumerateObject().SelectMany(field => field.Value.EnumerateArray()).Select(sentence => sentence.GetString()));
    }

    public static IEnumerable<string> Rels(this JsonElement linked) => linked.List("links").Select(link => link.Text("rel"));

    public static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>Two lines that are written one after the other, as Studio posts them.</summary>
    public static JsonObject Model(string name, string? definitionId = null) => (JsonObject)JsonNode.Parse($$$"""
        {"definitionId":{{{(definitionId is null ? "null" : $"\"{definitionId}\"")}}},"name":"{{{name}}}","description":"","toolVersion":"3.8.2.0","variables":[],"inputs":[],"outputs":[],"outcomes":[],
         "customProperties":{"VariableTestValues":{}},"isReadonly":false,"options":{"autoUpdateConsumingWorkflows":false},
         "root":{"id":"flow","type":"Elsa.Flowchart","version":1,"name":"Flowchart1","customProperties":{},"metadata":{},
          "activities":[
           {"id":"a","type":"Elsa.WriteLine","version":1,"name":"Dong1","customProperties":{},"metadata":{},"text":{"typeName":null,"expression":{"type":"Literal","value":"một"},"memoryReference":null}},
           {"id":"b","type":"Elsa.WriteLine","version":1,"name":"Dong2","customProperties":{},"metadata":{},"text":{"typeName":"String","expression":{"type":"Literal","value":"hai"},"memoryReference":null}}],
          "connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"},"vertices":[]}]}}
        """)!;
}
