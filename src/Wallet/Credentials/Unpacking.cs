using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Credentials;

/// <summary>Puts disclosures back into the signed claims and refuses everything RFC 9901 7.1 says to refuse.</summary>
public sealed class Unpacking
{
    private readonly Dictionary<string, Disclosure> disclosures = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private int used;

    private Unpacking()
    {
    }

    /// <returns>The claims, without <c>_sd</c> and <c>_sd_alg</c>; elements of lists that were not disclosed are gone.</returns>
    /// <exception cref="UnacceptableException">A disclosure that is none, fits nothing or comes twice; a digest twice; a claim over another.</exception>
    public static JsonObject Of(JsonObject payload, IEnumerable<string> disclosed)
    {
        if ((payload.ContainsKey("_sd_alg") ? payload.Text("_sd_alg") : "sha-256") != "sha-256")
        {
            throw new UnacceptableException("another hash than sha-256");
        }

        var unpacking = new Unpacking();
        foreach (var disclosure in disclosed.Select(Disclosure.Read))
        {
            if (!unpacking.disclosures.TryAdd(disclosure.Digest, disclosure))
            {
                throw new UnacceptableException("a disclosure comes twice");
            }
        }

        var claims = unpacking.Unpack(payload, 0);
        claims.Remove("_sd_alg");
        return unpacking.used == unpacking.disclosures.Count ? claims : throw new UnacceptableException("a disclosure belongs to no digest");
    }

    private JsonObject Unpack(JsonObject node, int depth)
    {
        var result = new JsonObject();
        foreach (var (name, value) in node)
        {
            if (name == "...")
            {
                throw new UnacceptableException("a claim with a reserved name");
            }

            if (name != "_sd")
            {
                result[name] = Unpack(value, depth);
            }
        }

        foreach (var digest in Digests(node))
        {
            if (Take(digest, named: true) is { } disclosure)
            {
                if (node.ContainsKey(disclosure.Name!) || !result.TryAdd(disclosure.Name!, Unpack(disclosure.Value, depth)))
                {
                    throw new UnacceptableException("a disclosure lies over another claim");
                }
            }
        }

        return result;
    }

    private JsonNode? Unpack(JsonNode? node, int depth)
    {
        // A disclosure may hold further digests, so the depth of each document does not limit that of the whole.
        if (depth > StrictJson.MaxDepth)
        {
            throw new UnacceptableException("nested too deep");
        }

        return node switch
        {
            JsonObject members => Unpack(members, depth + 1),
            JsonArray items => new JsonArray([.. items.SelectMany(item => UnpackItem(item, depth + 1))]),
            _ => node?.DeepClone(),
        };
    }

    private IEnumerable<JsonNode?> UnpackItem(JsonNode? item, int depth)
    {
        if (item is not JsonObject hidden || !hidden.ContainsKey("..."))
        {
            return [Unpack(item, depth)];
        }

        var digest = hidden.Count == 1 ? hidden.Text("...") : null;
        return Take(digest ?? throw new UnacceptableException("a malformed digest in a list"), named: false) is { } disclosure ? [Unpack(disclosure.Value, depth)] : [];
    }

    private Disclosure? Take(string digest, bool named)
    {
        if (!seen.Add(digest))
        {
            throw new UnacceptableException("a digest comes twice");
        }

        if (!disclosures.TryGetValue(digest, out var disclosure))
        {
            return null;
        }

        used++;
        return disclosure.Name is not null == named ? disclosure : throw new UnacceptableException("a disclosure of the wrong kind");
    }

    private static IEnumerable<string> Digests(JsonObject node) => !node.TryGetPropertyValue("_sd", out var list)
        ? []
        : list is JsonArray digests
            ? digests.Select(digest => digest is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new UnacceptableException("a digest that is no text"))
            : throw new UnacceptableException("_sd is no list");
}
