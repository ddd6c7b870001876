using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Seeding;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Access;

/// <summary>People made for one test.</summary>
internal static class NewPeople
{
    private static int number;

    /// <summary>Somebody with one role at an office, for all it does or for some formal acts only.</summary>
    /// <param name="userName">A new name without it.</param>
    public static async Task<(HttpClient Client, string Id)> NewPersonAsync(
        this OneStop engine, string role, string office, string? act = null, string? field = null, string? userName = null)
    {
        userName ??= $"nguoi-{Interlocked.Increment(ref number)}";
        var admin = await engine.SomebodyAsync("kythuat");
        var person = await admin.SendAsync("/people", new JsonObject
        {
            ["userName"] = userName,
            ["fullName"] = $"Người {userName}",
            ["password"] = DemoPeople.Password,
            ["officeId"] = office,
        }).JsonAsync();
        var grant = new { role, officeId = office, validFrom = "2026-11-01", field, acts = act is null ? null : new[] { act } };
        await (await admin.PutAsJsonAsync($"/api/v1/people/{person.Text("id")}/roles", new { roles = new[] { grant } })).JsonAsync();
        return (await engine.AsAsync(userName), person.Text("id"));
    }
}
