using System.Net.Http.Headers;
using System.Text.Json;

namespace PublicService.Designer;

public sealed partial class Engine
{
    /// <summary>Asks for something; a refusal of the engine is an answer too, with its Vietnamese sentence.</summary>
    /// <exception cref="HttpRequestException">The engine cannot be reached or has failed.</exception>
    public async Task<Answer<T>> AskAsync<T>(HttpMethod method, string path, string accessToken, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content, Headers = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) } };
        using var response = await client.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return new(typeof(T) == typeof(byte[])
                ? (T)(object)await response.Content.ReadAsByteArrayAsync(cancellationToken)
                : await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken), null);
        }

        if ((int)response.StatusCode >= 500)
        {
            response.EnsureSuccessStatusCode();
        }

        return new(default, await ReadAsync(response, cancellationToken));
    }

    private static async Task<Problem> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<Problem>(Json, cancellationToken);
            return problem is { Detail.Length: > 0 } ? problem : new((int)response.StatusCode, null, SentenceOf((int)response.StatusCode));
        }
        catch (JsonException)
        {
            return new((int)response.StatusCode, null, SentenceOf((int)response.StatusCode));
        }
    }

    private static string SentenceOf(int status) => status switch
    {
        401 or 403 => "Tài khoản không có quyền này.",
        404 => "Nội dung yêu cầu không tồn tại.",
        413 => "Tệp quá lớn.",
        _ => "Hệ thống không nhận yêu cầu này.",
    };
}

/// <summary>What the engine gave, or why it did not.</summary>
public sealed record Answer<T>(T? Value, Problem? Problem);

/// <summary>A refusal of the engine (RFC 9457) with all it objects to by place.</summary>
public sealed record Problem(int Status, string? Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null);
