using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Asks the engine and looks into its answers.</summary>
public static class Answer
{
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        return await response.JsonAsync();
    }

    public static Task<JsonElement> ReadAsync(this HttpClient client, string path) => client.GetAsync("/api/v1" + path).JsonAsync();

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request);
    }

    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    public static IEnumerable<JsonElement> List(this JsonElement json, string name) => json.GetProperty(name).EnumerateArray();
}
