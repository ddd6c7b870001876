using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PublicService.Engine.Tests.Http;

/// <summary>Looks into answers.</summary>
public static class Answers
{
    /// <summary>A problem document with this status and code.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        return problem;
    }

    /// <summary>Refused by a rule: 409 with this code.</summary>
    public static Task<JsonElement> ShouldBeRefusedAsync(this HttpResponseMessage response, string code) =>
        response.ShouldBeProblemAsync(HttpStatusCode.Conflict, code);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public static Task<JsonElement> GetJsonAsync(this HttpClient client, string address) => client.GetFromJsonAsync<JsonElement>(address);

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
