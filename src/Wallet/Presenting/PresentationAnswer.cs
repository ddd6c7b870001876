using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Presenting;

/// <summary>
/// A wallet's answer to a request, read but not believed (OpenID4VP 8). Reading it throws unless the state is right, so that a stranger's
/// answer does not use the request up; whoever has one uses the request up, right or wrong.
/// </summary>
/// <param name="Token">Null when the holder or the wallet declined.</param>
/// <param name="Error">The wallet's error code, when it declined.</param>
public sealed record PresentationAnswer(JsonObject? Token, string? Error)
{
    private const int MaxErrorLength = 100;

    /// <param name="form">Fields as they came.</param>
    /// <exception cref="ProtocolException">invalid_request: not an answer to this request.</exception>
    public static PresentationAnswer Read(IEnumerable<KeyValuePair<string, string>> form, PresentationRequest request) => ProtocolException.As(
        "invalid_request",
        "the response does not answer this request",
        () =>
        {
            var fields = new JsonObject();
            foreach (var (name, value) in form)
            {
                if (!fields.TryAdd(name, value))
                {
                    throw new UnacceptableException("a parameter is sent twice");
                }
            }

            // Refusals may come in plain text, presentations may not.
            var answer = fields.Text("response") is { } encrypted ? Decrypt(encrypted, request) : fields;
            if (!Same(answer.Text("state"), request.State))
            {
                throw new UnacceptableException("another state");
            }

            if (answer.Text("error") is { Length: > 0 and <= MaxErrorLength } error)
            {
                return new PresentationAnswer(null, error);
            }

            return answer != fields && answer["vp_token"] is JsonObject token ? new PresentationAnswer(token, null) : new PresentationAnswer([], null);
        });

    /// <summary>Checks the presentations (OpenID4VP 14.1.2 and 8.6, RFC 9901 7.3). Their status is left to who knows the lists.</summary>
    /// <returns>By the query's ids; only claims that were asked for.</returns>
    /// <exception cref="UnacceptableException">Anything is not as it must be; the request is used up all the same.</exception>
    public IReadOnlyDictionary<string, VerifiedPresentation> Verify(PresentationRequest request, IReadOnlyList<Credentials.TrustedIssuer> trusted, DateTimeOffset now)
    {
        if (now >= request.ExpiresAt)
        {
            throw new UnacceptableException("the request is too old");
        }

        if (Token is null || Token.Count != request.Query.Credentials.Count)
        {
            throw new UnacceptableException("other credentials than were asked for");
        }

        return request.Query.Credentials.ToDictionary(query => query.Id, query => VerifiedPresentation.Of(Only(Token[query.Id]), query, request, trusted, now));
    }

    private static string Only(JsonNode? presentations) =>
        presentations is JsonArray { Count: 1 } list && list[0] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new UnacceptableException("not exactly one presentation");

    private static JsonObject Decrypt(string text, PresentationRequest request)
    {
        using var key = request.OpenKey();
        return StrictJson.ReadObject(Jwe.Decrypt(text, key, request.Id));
    }

    private static bool Same(string? given, string state) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(state));
}
