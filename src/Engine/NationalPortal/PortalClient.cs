using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Engine.NationalPortal;

/// <summary>What the portal made of a message.</summary>
public enum PortalVerdict
{
    Accepted,

    /// <summary>A new dossier is already there: send it as an update.</summary>
    Exists,

    /// <summary>The portal does not know the dossier that is to be updated.</summary>
    Missing,

    /// <summary>Wrong data: sending the same again is useless.</summary>
    Refused,
}

/// <param name="Code">error_code as it came.</param>
public sealed record PortalAnswer(PortalVerdict Verdict, string Code, string Message, JsonNode? Result);

/// <summary>The portal could not be reached or did not answer as it should: the message is sent again later.</summary>
public sealed class PortalUnavailableException(string reason, Exception? cause = null) : Exception($"The national portal is unavailable: {reason}", cause);

/// <summary>
/// Calls the portal: envelope {session, madonvi, service, isUpdating, data} in, {error_code, message, result} out. Signs in when it has to
/// and once more when the session is over. Whatever is not a whole answer in JSON is an outage, never a verdict.
/// </summary>
public sealed class PortalClient(HttpClient http, NationalPortalOptions options) : IDisposable
{
    private readonly SemaphoreSlim signingIn = new(1, 1);
    private string? session;

    /// <exception cref="PortalUnavailableException">No answer, or none that can be understood.</exception>
    public Task<PortalAnswer> SendAsync(string service, bool isUpdating, JsonArray data, CancellationToken cancellationToken) =>
        AskAsync(options.IntegrationPath, () => Envelope(service, isUpdating, (JsonArray)data.DeepClone()), cancellationToken);

    /// <summary>What the portal shows of a dossier: TraCuuHoSo.</summary>
    public Task<PortalAnswer> LookUpAsync(string code, CancellationToken cancellationToken) => AskAsync(
        options.SharePath,
        () => new JsonObject { ["madonvi"] = options.Agency, ["service"] = "TraCuuHoSo", ["MaHoSo"] = code },
        cancellationToken);

    /// <summary>A message as it goes over the wire, but for the session.</summary>
    public JsonObject Envelope(string service, bool isUpdating, JsonArray data) => new()
    {
        ["madonvi"] = options.Agency,
        ["service"] = service,
        ["isUpdating"] = isUpdating ? "True" : "False",
        ["data"] = data,
    };

    public void Dispose()
    {
        signingIn.Dispose();
        http.Dispose();
    }

    private async Task<PortalAnswer> AskAsync(string path, Func<JsonObject> body, CancellationToken cancellationToken)
    {
        for (var again = false; ; again = true)
        {
            var mine = await SessionAsync(cancellationToken);
            var envelope = body();
            envelope["session"] = mine;
            var (status, answer) = await PostAsync(path, envelope, cancellationToken);
            var code = answer?["error_code"]?.ToString();
            if (status is HttpStatusCode.Unauthorized || (code is not null && options.SessionCodes.Contains(code)))
            {
                Interlocked.CompareExchange(ref session, null, mine);
                if (again)
                {
                    throw new PortalUnavailableException("a fresh session is refused.");
                }

                continue;
            }

            if (status is not HttpStatusCode.OK || code is null)
            {
                throw new PortalUnavailableException($"answer {(int)status} without an error_code.");
            }

            var message = answer!["message"]?.ToString() ?? string.Empty;
            return options.OutageCodes.Contains(code)
                ? throw new PortalUnavailableException($"error_code {code}, {message}")
                : new PortalAnswer(VerdictOf(code, message), code, message, answer["result"]);
        }
    }

    private PortalVerdict VerdictOf(string code, string message) =>
        options.OkCodes.Contains(code) ? PortalVerdict.Accepted
        : options.ExistsCodes.Contains(code) && message.Contains("đã tồn tại", StringComparison.OrdinalIgnoreCase) ? PortalVerdict.Exists
        : message.Contains("không tồn tại", StringComparison.OrdinalIgnoreCase) ? PortalVerdict.Missing
        : PortalVerdict.Refused;

    private async Task<string> SessionAsync(CancellationToken cancellationToken)
    {
        if (session is { } known)
        {
            return known;
        }

        await signingIn.WaitAsync(cancellationToken);
        try
        {
            if (session is { } meanwhile)
            {
                return meanwhile;
            }

            var (status, answer) = await PostAsync(
                options.LoginPath, new JsonObject { ["username"] = options.UserName, ["password"] = options.Password }, cancellationToken);
            return session = status is HttpStatusCode.OK && answer?["session"]?.ToString() is { Length: > 0 } fresh
                ? fresh
                : throw new PortalUnavailableException($"signing in was answered with {(int)status} and no session.");
        }
        finally
        {
            signingIn.Release();
        }
    }

    private async Task<(HttpStatusCode Status, JsonObject? Answer)> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(options.Url!), path)) { Content = JsonContent.Create(body) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (options.DestinationCode is { Length: > 0 } destination)
        {
            request.Headers.Add("dstcode", destination);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            // The content type is not asked: some adapters call their JSON text/plain.
            return (response.StatusCode, response.StatusCode is HttpStatusCode.OK ? JsonNode.Parse(text) as JsonObject : null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException
            || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PortalUnavailableException(error.Message, error);
        }
    }
}
