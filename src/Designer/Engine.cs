using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PublicService.Designer;

/// <summary>The engine's public API, called for the person of this session.</summary>
public sealed partial class Engine(HttpClient client)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Signs in with user name and password; null when they are not accepted.</summary>
    public Task<SignedIn?> SignInAsync(string userName, string password, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/sign-in", new { userName, password }, cancellationToken);

    /// <summary>New tokens for an old session; null when it has ended.</summary>
    public Task<SignedIn?> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        PostAsync("/api/v1/sign-in/refresh", new { refreshToken }, cancellationToken);

    /// <summary>Reads something with the token of the session.</summary>
    /// <exception cref="HttpRequestException">The engine refuses or cannot be reached.</exception>
    public async Task<T> GetAsync<T>(string path, string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) } };
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;
    }

    private async Task<SignedIn?> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync(path, body, Json, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<SignedIn>(Json, cancellationToken);
    }
}

/// <summary>The engine's answer to a sign-in.</summary>
public sealed record SignedIn(string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt, DateTimeOffset RefreshExpiresAt, SignedInPerson Person);

/// <summary>Who has signed in, with the rights of today.</summary>
public sealed record SignedInPerson(string Id, string UserName, string FullName, IReadOnlyList<SignedInRight> Rights);

/// <summary>A right in force today: a role at an office.</summary>
public sealed record SignedInRight(string Role, string RoleName, string OfficeName);
