using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;

namespace PublicService.Wallet.Presenting;

/// <summary>What a verifier asks for (DCQL, OpenID4VP 6): every credential listed, and of each every claim listed.</summary>
public sealed record DcqlQuery(IReadOnlyList<CredentialQuery> Credentials)
{
    public JsonObject ToJson() => new()
    {
        ["credentials"] = new JsonArray([.. Credentials.Select(credential => (JsonNode)credential.ToJson())]),
    };
}

/// <summary>One credential of a query.</summary>
/// <param name="Id">Name in query and answer: letters, digits, underscore and hyphen.</param>
/// <param name="Types">Values of <c>vct</c>, any of which will do.</param>
/// <param name="Claims">Paths of the claims needed; as few as possible. A part is a name, a position, or null for every element.</param>
/// <param name="AuthorityKeyIds">Hint to the wallet which issuers are trusted; no check.</param>
public sealed record CredentialQuery(string Id, IReadOnlyList<string> Types, IReadOnlyList<JsonArray> Claims, IReadOnlyList<string> AuthorityKeyIds)
{
    public JsonObject ToJson()
    {
        var query = new JsonObject
        {
            ["id"] = Id,
            ["format"] = CredentialIssue.TokenType,
            ["meta"] = new JsonObject { ["vct_values"] = new JsonArray([.. Types.Select(type => (JsonNode)type)]) },
        };
        if (Claims.Count > 0)
        {
            query["claims"] = new JsonArray([.. Claims.Select(path => (JsonNode)new JsonObject { ["path"] = path.DeepClone() })]);
        }

        if (AuthorityKeyIds.Count > 0)
        {
            query["trusted_authorities"] = new JsonArray(new JsonObject { ["type"] = "aki", ["values"] = new JsonArray([.. AuthorityKeyIds.Select(id => (JsonNode)id)]) });
        }

        return query;
    }

    /// <summary>Paths that select nothing in these claims; none when the answer is complete.</summary>
    public IEnumerable<JsonArray> MissingFrom(JsonObject claims) => Claims.Where(path => !Select(claims, path).Any());

    /// <summary>Only what was asked for: by the first name of each path, with everything else in it that was disclosed.</summary>
    public JsonObject OnlyAsked(JsonObject claims) => new(Claims
        .Select(path => path[0]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Where(claims.ContainsKey)
        .Select(name => KeyValuePair.Create(name, claims[name]?.DeepClone())));

    /// <summary>Claims path pointer (OpenID4VP 7).</summary>
    public static IEnumerable<JsonNode?> Select(JsonNode? node, IEnumerable<JsonNode?> path) => path.Aggregate<JsonNode?, IEnumerable<JsonNode?>>([node], Step);

    private static IEnumerable<JsonNode?> Step(IEnumerable<JsonNode?> selected, JsonNode? part) => selected.SelectMany(node => (part, node) switch
    {
        (null, JsonArray items) => items,
        (JsonValue value, JsonObject members) when value.TryGetValue<string>(out var name) => members.TryGetPropertyValue(name, out var member) ? [member] : [],
        (JsonValue value, JsonArray items) when value.TryGetValue<int>(out var at) => at >= 0 && at < items.Count ? [items[at]] : [],
        _ => Enumerable.Empty<JsonNode?>(),
    });
}
