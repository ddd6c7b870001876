using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Directories;

/// <summary>Where a submitted value comes from.</summary>
public enum ValueOrigin
{
    /// <summary>Exactly what the register answered.</summary>
    FromRegister = 1,

    /// <summary>The register answered something else.</summary>
    Edited = 2,

    /// <summary>Nobody asked a register.</summary>
    Typed = 3,
}

/// <param name="Source">The register, in the words of the form's schema; null for a typed value.</param>
/// <param name="AskedAt">When it answered.</param>
public sealed record FieldOrigin(ValueOrigin Origin, string? Source = null, DateTimeOffset? AskedAt = null);

/// <summary>What a register answered for one field: enough to recognise the value, not to read it.</summary>
public sealed record FieldFingerprint(string Source, string Fingerprint);

/// <summary>Tells of each value of a submitted form whether it is the register's. What the caller says about it does not count.</summary>
public sealed class FormOrigins(EngineDb db, TimeProvider time)
{
    /// <summary>An answer of a register is good for a form handed in within this time.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    /// <param name="prefills">Questions to the register this form was filled with, each asked by the same person for the same procedure.</param>
    /// <returns>JSON object of <see cref="FieldOrigin"/> by JSON pointer; null for an empty form.</returns>
    /// <exception cref="ProblemException">400 when a question is not the caller's, of another procedure or too old.</exception>
    public async Task<string?> OfAsync(string procedureCode, JsonObject? form, IReadOnlyList<Guid> prefills, string personId, CancellationToken cancellationToken)
    {
        if (form is null or { Count: 0 })
        {
            return null;
        }

        var since = time.GetUtcNow() - GoodFor;
        var rows = prefills.Count == 0 ? [] : await db.Prefills.AsNoTracking()
            .Where(row => prefills.Contains(row.Id) && row.ProcedureCode == procedureCode && row.AskedById == personId && row.AskedAt >= since)
            .OrderBy(row => row.AskedAt).ToListAsync(cancellationToken);
        if (rows.Count != prefills.Distinct().Count())
        {
            throw Problems.InvalidInput("prefills", "Có lần tra cứu không phải của người nộp này, của thủ tục khác hoặc đã quá 24 giờ.");
        }

        // A later answer replaces an earlier one for the same field.
        var known = new Dictionary<string, (PrefillRow Row, FieldFingerprint Field)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var (pointer, field) in JsonSerializer.Deserialize<Dictionary<string, FieldFingerprint>>(row.Fields, JsonText.Records)!)
            {
                known[pointer] = (row, field);
            }
        }

        var origins = Leaves(form, "").ToDictionary(leaf => leaf.Pointer, leaf => known.TryGetValue(leaf.Pointer, out var one)
            ? new FieldOrigin(
                FingerprintOf(one.Row.Id, leaf.Pointer, leaf.Value) == one.Field.Fingerprint ? ValueOrigin.FromRegister : ValueOrigin.Edited,
                one.Field.Source,
                one.Row.AskedAt)
            : new FieldOrigin(ValueOrigin.Typed));
        return JsonSerializer.Serialize(origins, JsonText.Records);
    }

    public static IReadOnlyDictionary<string, FieldOrigin>? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<Dictionary<string, FieldOrigin>>(json, JsonText.Records);

    /// <summary>Fingerprints of an answer, as <see cref="PrefillRow.Fields"/> keeps them.</summary>
    public static string Write(Guid prefillId, IEnumerable<(string Pointer, JsonNode Value, string Source)> fields) => JsonSerializer.Serialize(
        fields.ToDictionary(field => field.Pointer, field => new FieldFingerprint(field.Source, FingerprintOf(prefillId, field.Pointer, field.Value))), JsonText.Records);

    /// <summary>A part of a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static IEnumerable<(string Pointer, JsonNode? Value)> Leaves(JsonNode? node, string pointer) => node switch
    {
        JsonObject { Count: > 0 } inner => inner.SelectMany(pair => Leaves(pair.Value, $"{pointer}/{Escape(pair.Key)}")),
        JsonArray { Count: > 0 } list => list.SelectMany((one, index) => Leaves(one, $"{pointer}/{index}")),
        _ => [(pointer, node)],
    };

    // Letters with marks may be composed in two ways; both are the same word.
    private static string FingerprintOf(Guid prefillId, string pointer, JsonNode? value)
    {
        var text = value is JsonValue one && one.TryGetValue<string>(out var word) ? Normal(word) : value?.ToJsonString() ?? "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{prefillId}\n{pointer}\n{text}")));
    }

    private static string Normal(string text)
    {
        try
        {
            return text.Trim().Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: equal to nothing a register answers.
            return text;
        }
    }
}
