using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Seeding;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Setup;

/// <summary>The REST API as one busy person uses it, who holds every role of the work at every commune.</summary>
public sealed class HttpDoor
{
    private const string UserName = "do-tai";
    private const string Password = "mat-khau-do-tai";
    private static readonly string[] Roles = [Role.Receptionist, Role.CaseOfficer];

    private HttpDoor(IReadOnlyList<string> communes) => Communes = communes;

    public IReadOnlyList<string> Communes { get; }

    /// <summary>Prepares a data folder for an engine in another process: definitions, procedures, the person.</summary>
    public static async Task<HttpDoor> PrepareAsync(StorageOptions storage)
    {
        await using var engine = await BenchEngine.PrepareAsync(storage);
        var services = engine.Services;
        var communes = services.GetRequiredService<OfficeDirectory>().All
            .Where(office => office is { Level: OfficeLevel.Commune, Kind: OfficeKind.PeoplesCommittee })
            .Select(office => office.Id).Order(StringComparer.Ordinal).ToList();
        var now = TimeProvider.System.GetUtcNow();
        var person = new Person
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            UserName = UserName,
            NormalizedUserName = UserName.ToUpperInvariant(),
            FullName = "Đo Tải",
            OfficeId = communes[0],
            CreatedAt = now,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            SearchText = UserName,
        };
        person.PasswordHash = services.GetRequiredService<IPasswordHasher<Person>>().HashPassword(person, Password);
        var changes = new Changes().Insert(person);
        foreach (var (office, role) in communes.SelectMany(office => Roles.Select(role => (office, role))))
        {
            changes.Insert(new PersonRole
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                PersonId = person.Id,
                Role = role,
                OfficeId = office,
                ValidFrom = VietnamTime.DateOf(now),
                GrantedBy = Act.SystemId,
                GrantedAt = now,
            });
        }

        await services.GetRequiredService<CommitLane>().CommitAsync(changes);
        return new HttpDoor(communes);
    }

    /// <summary>Signs in; from then on the client is that person.</summary>
    /// <param name="demo">A person of the demo instead.</param>
    public static async Task SignInAsync(HttpClient http, string? demo = null)
    {
        var body = new { userName = demo ?? UserName, password = demo is null ? Password : DemoPeople.Password };
        using var reply = await http.PostAsJsonAsync("/api/v1/sign-in", body);
        var signedIn = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn!["accessToken"]!.GetValue<string>());
    }

    public Request Start(string definitionId, int n) => new(
        NewKey(),
        "/api/v1/dossiers",
        null,
        JsonSerializer.Serialize(new
        {
            procedureCode = BenchWork.ProcedureOf(definitionId),
            channel = "Direct",
            receivingOfficeId = Communes[n % Communes.Count],
            applicant = new { name = "Nguyễn Văn An", idNumber = "022090000001", phone = "0912345678" },
            title = "Đăng ký khai sinh",
        }));

    public static Request Complete(string taskId, string outcome) =>
        new(NewKey(), string.Create(CultureInfo.InvariantCulture, $"/api/v1/tasks/{taskId}/completions"), taskId, JsonSerializer.Serialize(new { outcome }));

    /// <summary>The first task that waits according to an answer.</summary>
    public static string? TaskOf(string answer) => JsonNode.Parse(answer)!["tasks"]!.AsArray() is [var first, ..] ? first!["id"]!.GetValue<string>() : null;

    private static string NewKey() => Guid.NewGuid().ToString("n");
}

/// <summary>A request as it is sent, and sent again.</summary>
/// <param name="TaskId">The task it completes; null when it starts a dossier.</param>
public sealed record Request(string Key, string Path, string? TaskId, string Body)
{
    public HttpRequestMessage ToMessage() => new(HttpMethod.Post, Path)
    {
        Headers = { { IdempotencyMiddleware.KeyHeader, Key } },
        Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json"),
    };

    /// <summary>Sends it and returns the answer.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<(string Answer, bool Replayed)> SendAsync(HttpClient http)
    {
        using var reply = await http.SendAsync(ToMessage());
        var answer = await reply.Content.ReadAsStringAsync();
        return reply.IsSuccessStatusCode
            ? (answer, reply.Headers.Contains(IdempotencyMiddleware.ReplayedHeader))
            : throw new InvalidOperationException($"{this}: {(int)reply.StatusCode} {answer}");
    }
}
