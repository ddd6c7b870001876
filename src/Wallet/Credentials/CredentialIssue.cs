using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;

namespace PublicService.Wallet.Credentials;

/// <summary>Where the status of a credential stands: an entry of a status list.</summary>
public sealed record StatusReference(string Uri, int Index);

/// <summary>One credential to be signed as SD-JWT VC.</summary>
/// <param name="Type">Value of <c>vct</c>.</param>
/// <param name="Holder">The key it is bound to.</param>
public sealed record CredentialIssue(
    string Issuer, string Type, IReadOnlyList<Claim> Claims, PublicJwk Holder, StatusReference Status, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    public const string TokenType = "dc+sd-jwt";

    /// <summary>Signs. Instants are rounded to the day, so that they tell nobody which credential this is (SD-JWT VC, privacy considerations).</summary>
    /// <returns>The credential as the wallet gets it.</returns>
    public string Sign(SigningKey key)
    {
        var payload = new JsonObject
        {
            ["iss"] = Issuer,
            ["vct"] = Type,
            ["iat"] = Day(IssuedAt),
            ["exp"] = Day(ExpiresAt) + 86400,
            ["cnf"] = new JsonObject { ["jwk"] = Holder.ToJson() },
            ["status"] = new JsonObject { ["status_list"] = new JsonObject { ["idx"] = Status.Index, ["uri"] = Status.Uri } },
        };
        var disclosures = new List<Disclosure>();
        var digests = new Dictionary<JsonObject, List<string>>();
        foreach (var claim in Claims)
        {
            var parent = claim.Path.SkipLast(1).Aggregate(payload, Inner);
            if (claim.IsDisclosable)
            {
                var disclosure = Disclosure.Of(claim.Path[^1], claim.Value);
                disclosures.Add(disclosure);
                (digests.TryGetValue(parent, out var list) ? list : digests[parent] = []).Add(disclosure.Digest);
            }
            else
            {
                parent.Add(claim.Path[^1], claim.Value.DeepClone());
            }
        }

        foreach (var (parent, list) in digests)
        {
            // Sorted: the order would tell which claims are there.
            parent["_sd"] = new JsonArray([.. list.Order(StringComparer.Ordinal).Select(digest => (JsonNode)digest)]);
        }

        payload["_sd_alg"] = "sha-256";
        return SdJwt.Write(key.Sign(TokenType, payload), disclosures);
    }

    private static long Day(DateTimeOffset at) => at.ToUnixTimeSeconds() / 86400 * 86400;

    private static JsonObject Inner(JsonObject outer, string name)
    {
        if (outer[name] is not JsonObject inner)
        {
            outer[name] = inner = [];
        }

        return inner;
    }
}
