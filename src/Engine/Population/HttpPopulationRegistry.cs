using System.Net;
using System.Text.Json.Nodes;

namespace PublicService.Engine.Population;

/// <summary>The registry behind the province's integration platform, at <c>Population:Url</c> [message format of the real platform: not verified].</summary>
public sealed class HttpPopulationRegistry(HttpClient http, Uri address) : IPopulationRegistry
{
    public async Task<JsonObject?> LookUpAsync(string purpose, JsonObject query, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new JsonObject { ["purpose"] = purpose, ["query"] = query.DeepClone() }),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
    }
}
