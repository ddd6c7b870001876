using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Credentials;

/// <summary>A type of credential, read from data so that one can be added with a procedure.</summary>
/// <param name="Id">Stable name, e.g. <c>birth-certificate-extract</c>; part of the type's address.</param>
/// <param name="Version">An incompatible change is a new version, and so another type to every reader.</param>
/// <param name="Name">By language, e.g. <c>vi-VN</c>.</param>
/// <param name="Days">How long a credential lives; no longer than the paper it shows.</param>
/// <param name="MayLogIn">Whether its holder is by the way of issuing the person it speaks of. Of a child's extract the holder is a parent, so almost no type may.</param>
/// <param name="Procedures">Codes of the procedures whose result it shows.</param>
public sealed record CredentialType(
    string Id,
    int Version,
    IReadOnlyDictionary<string, string> Name,
    string Background,
    string TextColour,
    int Days,
    bool MayLogIn,
    IReadOnlyList<string> Procedures,
    IReadOnlyList<ClaimRule> Claims)
{
    /// <summary>Name in offers and metadata.</summary>
    public string ConfigurationId => $"{Id}_{Version}";

    /// <summary>Address of the type at an issuer: the value of <c>vct</c>.</summary>
    public string AddressAt(string issuer) => $"{issuer}/vct/{Id}/{Version}";

    /// <summary>The claims an approved case gives, in the order of the type.</summary>
    /// <param name="facts">What is known of the case; the type says where in it each claim stands.</param>
    /// <exception cref="UnacceptableException">A claim that must be there is missing.</exception>
    public IReadOnlyList<Claim> ClaimsOf(JsonObject facts)
    {
        var claims = new List<Claim>();
        foreach (var rule in Claims)
        {
            if (rule.ValueIn(facts) is { } value)
            {
                claims.Add(new(rule.Path, value, rule.IsDisclosable));
            }
            else if (rule.IsMandatory)
            {
                throw new UnacceptableException($"{ConfigurationId}: {string.Join('.', rule.Path)} is missing");
            }
        }

        return claims;
    }
}

/// <summary>One claim of a type and where it comes from.</summary>
/// <param name="Path">Name in the credential, from the outside in.</param>
/// <param name="From">Places in the facts of the case, tried in turn: names with dots between.</param>
/// <param name="Constant">A value that is the same for all, instead of a place.</param>
/// <param name="IsDisclosable">False only for what is no personal data.</param>
public sealed record ClaimRule(
    IReadOnlyList<string> Path, IReadOnlyList<string> From, string? Constant, bool IsMandatory, bool IsDisclosable, IReadOnlyDictionary<string, string> Display)
{
    public JsonNode? ValueIn(JsonObject facts) => Constant ?? From
        .Select(place => place.Split('.').Aggregate((JsonNode?)facts, (node, name) => (node as JsonObject)?[name]))
        .FirstOrDefault(HasValue)?.DeepClone();

    private static bool HasValue(JsonNode? node) => node is not null && (node is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length > 0);
}
