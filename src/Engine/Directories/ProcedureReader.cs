using System.Text.Json;
using PublicService.Dossiers;

namespace PublicService.Engine.Directories;

/// <summary>Reads a procedure from the catalogue's JSON. The only place that knows its spelling.</summary>
public static class ProcedureReader
{
    /// <exception cref="FormatException">A part is missing or has no meaning; portal data are dirty and must be reviewed, not guessed.</exception>
    public static Procedure Read(ProcedureRow row)
    {
        using var document = JsonDocument.Parse(row.Json);
        var json = document.RootElement;
        return new Procedure(
            row.Code,
            row.Name,
            row.Field,
            row.Level,
            Text(json, "authority") ?? "",
            Text(json, "decision"),
            TimeLimit.Parse(json.GetProperty("time").GetRawText()),
            ReadChannels(json.GetProperty("channels")),
            row.OnlineLevel,
            [.. List(json, "papers").Select(ReadPaper)],
            [.. List(json, "fee").Select(ReadFee)],
            [.. List(json, "result").Select(result => new ProcedureResult(Text(result, "code"), Text(result, "name") ?? ""))],
            Flag(json, "non_boundary"),
            [.. List(json, "rules").Select(rule => rule.GetString() ?? "")],
            Text(json, "notes"),
            ReadVerified(json),
            row.ValidFrom,
            row.ValidTo,
            row.DefinitionId,
            row.FormSchema,
            row.DefinitionVersionId,
            row.ReplacedBy);
    }

    private static Channels ReadChannels(JsonElement json) => new(Flag(json, "direct"), Flag(json, "post"), Flag(json, "online"));

    private static RequiredPaper ReadPaper(JsonElement json, int index)
    {
        var condition = Text(json, "condition");
        var replaced = Text(json, "replaced_by_data");
        return new RequiredPaper(
            $"P{index + 1}",
            Text(json, "name") ?? throw new FormatException("A paper has no name."),
            Number(json, "originals"),
            Number(json, "copies"),
            condition is null && replaced is null,
            condition,
            replaced,
            Text(json, "e_form"));
    }

    private static ProcedureFee ReadFee(JsonElement json) => new(
        json.TryGetProperty("amount", out var amount) && amount.ValueKind is JsonValueKind.Number ? amount.GetInt64() : null,
        Text(json, "currency") ?? "VND",
        Text(json, "per") ?? "hồ sơ",
        Text(json, "channel"),
        Flag(json, "cap"),
        Text(json, "set_by"),
        Text(json, "exempt"),
        Text(json, "note"));

    private static Dictionary<string, string> ReadVerified(JsonElement json) => json.TryGetProperty("verified", out var verified)
        ? verified.EnumerateObject().ToDictionary(
            property => property.Name,
            property => property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText())
        : [];

    private static JsonElement.ArrayEnumerator List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static int Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt32() : 0;
}
