using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Credentials;

/// <summary>Reads credential types from their files and says what is wrong with them.</summary>
public static partial class CredentialTypeReader
{
    private const int MostDays = 366 * 5;

    /// <summary>Names that belong to the token itself.</summary>
    private static readonly string[] Reserved = ["iss", "vct", "iat", "nbf", "exp", "cnf", "status", "_sd", "_sd_alg", "...", "vct#integrity", "aka_vcts"];

    /// <exception cref="UnacceptableException">With everything that is wrong, one sentence each.</exception>
    public static CredentialType Read(string json)
    {
        var source = StrictJson.ReadObject(Encoding.UTF8.GetBytes(json));
        var claims = (source["claims"] as JsonArray ?? []).Select(claim => ReadClaim(claim as JsonObject ?? [])).ToList();
        var type = new CredentialType(
            source.Text("id") ?? string.Empty,
            Number(source, "version"),
            Words(source, "name"),
            source.Text("background") ?? string.Empty,
            source.Text("textColour") ?? string.Empty,
            Number(source, "days"),
            source["mayLogIn"] is JsonValue flag && flag.TryGetValue<bool>(out var may) && may,
            Texts(source["procedures"]),
            claims);
        var findings = Findings(type).ToList();
        return findings.Count == 0 ? type : throw new UnacceptableException($"{type.Id}: {string.Join(" ", findings)}");
    }

    private static IEnumerable<string> Findings(CredentialType type)
    {
        if (!Id().IsMatch(type.Id) || type.Version < 1)
        {
            yield return "id is lower case words with hyphens, version counts from 1.";
        }

        if (!type.Name.ContainsKey("vi-VN") || type.Claims.Any(claim => !claim.Display.ContainsKey("vi-VN")))
        {
            yield return "the type and every claim have a Vietnamese name (vi-VN).";
        }

        if (type.Days is < 1 or > MostDays)
        {
            yield return $"days is between 1 and {MostDays}.";
        }

        if (!Colour().IsMatch(type.Background) || !Colour().IsMatch(type.TextColour))
        {
            yield return "background and textColour are #rrggbb.";
        }

        foreach (var claim in type.Claims.Where(claim => claim.Path.Count is 0 or > 3 || claim.Path.Any(name => !Name().IsMatch(name)) || Reserved.Contains(claim.Path[0])))
        {
            yield return $"claim {string.Join('.', claim.Path)}: 1 to 3 names in lower case with underscores, none of the token's own.";
        }

        foreach (var claim in type.Claims.Where(claim => claim.Constant is null == (claim.From.Count == 0)))
        {
            yield return $"claim {string.Join('.', claim.Path)}: either from or constant.";
        }

        var paths = type.Claims.Select(claim => string.Join('.', claim.Path)).ToList();
        foreach (var path in paths.Where(path => paths.Count(other => other == path) > 1 || paths.Any(other => other.StartsWith($"{path}.", StringComparison.Ordinal))))
        {
            yield return $"claim {path} is described twice, or lies over another.";
        }

        if (type.Claims.Count == 0)
        {
            yield return "a type has claims.";
        }

        if (type.MayLogIn && !type.Claims.Any(claim => claim is { Path: ["personal_id"], IsMandatory: true }))
        {
            yield return "who logs in is known by personal_id, which must always be there.";
        }
    }

    private static ClaimRule ReadClaim(JsonObject claim) => new(
        Texts(claim["path"]),
        claim["from"] is JsonArray ? Texts(claim["from"]) : claim.Text("from") is { } place ? [place] : [],
        claim.Text("constant"),
        claim["mandatory"] is JsonValue mandatory && mandatory.TryGetValue<bool>(out var must) && must,
        claim["disclosable"] is not JsonValue disclosable || !disclosable.TryGetValue<bool>(out var may) || may,
        Words(claim, "display"));

    private static int Number(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    private static Dictionary<string, string> Words(JsonObject json, string name) => (json[name] as JsonObject ?? [])
        .Where(word => word.Value is JsonValue value && value.TryGetValue<string>(out _)).ToDictionary(word => word.Key, word => word.Value!.GetValue<string>());

    private static List<string> Texts(JsonNode? node) =>
        [.. (node as JsonArray ?? []).Select(item => item is JsonValue value && value.TryGetValue<string>(out var text) ? text : string.Empty)];

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Name();

    [GeneratedRegex("^#[0-9a-f]{6}$")]
    private static partial Regex Colour();
}
