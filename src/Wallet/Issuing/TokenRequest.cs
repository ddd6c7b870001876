using System.Text;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>What a wallet sends to the token endpoint (RFC 6749 3.2, OpenID4VCI 6.1).</summary>
/// <param name="Authorized">Configuration ids the wallet named in <c>authorization_details</c>; empty when it sent none.</param>
public sealed record TokenRequest(string Code, string? TransactionCode, IReadOnlyList<string> Authorized)
{
    public const string PreAuthorizedCode = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private const string DetailType = "openid_credential";

    /// <param name="form">Fields as they came; unknown ones are ignored, a field twice is an error.</param>
    /// <exception cref="ProtocolException">invalid_request, unsupported_grant_type.</exception>
    public static TokenRequest Read(IEnumerable<KeyValuePair<string, string>> form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in form)
        {
            if (!fields.TryAdd(name, value))
            {
                throw Invalid("a parameter is sent twice");
            }
        }

        var grant = Field(fields, "grant_type") ?? throw Invalid("grant_type is missing");
        if (grant != PreAuthorizedCode)
        {
            throw new ProtocolException("unsupported_grant_type", "only the pre-authorized code grant is supported");
        }

        return new(
            Field(fields, "pre-authorized_code") ?? throw Invalid("pre-authorized_code is missing"),
            Field(fields, "tx_code"),
            Field(fields, "authorization_details") is { } details ? ReadDetails(details) : []);
    }

    private static List<string> ReadDetails(string text)
    {
        var list = ProtocolException.As("invalid_request", "authorization_details are malformed", () => StrictJson.Read(Encoding.UTF8.GetBytes(text)));
        return list is JsonArray { Count: > 0 and <= 10 } details
            ? [.. details.Select(detail => detail is JsonObject one && one.Text("type") == DetailType && one.Text("credential_configuration_id") is { } id
                ? id
                : throw Invalid("authorization_details of another type"))]
            : throw Invalid("authorization_details are malformed");
    }

    private static string? Field(Dictionary<string, string> fields, string name) => fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static ProtocolException Invalid(string description) => new("invalid_request", description);
}
