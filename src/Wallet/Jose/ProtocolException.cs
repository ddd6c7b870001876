using System.Text.Json.Nodes;

namespace PublicService.Wallet.Jose;

/// <summary>The answer to a wallet that asked for something it cannot have: an error of OAuth 2.0, OpenID4VCI or OpenID4VP.</summary>
/// <param name="error">Code of the protocol, e.g. <c>invalid_proof</c>.</param>
/// <param name="description">Fixed text for developers; RFC 6749 allows no quotes, backslashes or letters outside ASCII.</param>
/// <param name="status">HTTP status.</param>
public sealed class ProtocolException(string error, string description, int status = 400, Exception? inner = null) : Exception($"{error}: {description}", inner)
{
    public string Error { get; } = error;

    public string Description { get; } = description;

    public int Status { get; } = status;

    /// <summary>Scheme of the <c>WWW-Authenticate</c> header (RFC 6750, RFC 9449); null where the error is not about an access token.</summary>
    public string? Challenge { get; init; }

    public JsonObject ToJson() => new() { ["error"] = Error, ["error_description"] = Description };

    /// <summary>Runs <paramref name="read"/>; what it finds unacceptable becomes this error.</summary>
    internal static T As<T>(string error, string description, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnacceptableException why)
        {
            throw new ProtocolException(error, description, inner: why);
        }
    }
}
