using System.Text.Json.Nodes;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Seeding;

/// <summary>Procedures from <c>procedures.json</c> with the schemas of their forms. Each is read once here, so that bad data stop the import.</summary>
internal static class ProcedureSeed
{
    /// <summary>The catalogue gives no dates; this is the day two-level government began.</summary>
    private static readonly DateOnly Start = new(2025, 7, 1);

    /// <summary>The catalogue as it comes with the engine, for who has no database at hand.</summary>
    public static IEnumerable<Procedure> Catalogue() =>
        Read(SeedFolder.Default.Read("procedures.json"), SeedFolder.Default.Forms()).Select(ProcedureReader.Read);

    public static IReadOnlyList<ProcedureRow> Read(JsonNode catalogue, IReadOnlyDictionary<string, string> forms)
    {
        var rows = catalogue["procedures"]!.AsArray().Select(one => Row(one!, forms)).ToList();
        foreach (var row in rows)
        {
            _ = ProcedureReader.Read(row);
        }

        return rows;
    }

    private static ProcedureRow Row(JsonNode json, IReadOnlyDictionary<string, string> forms)
    {
        var (code, name, field) = (Text(json, "code"), Text(json, "name_vi"), Text(json, "field"));
        return new ProcedureRow
        {
            Code = code,
            ValidFrom = Start,
            Name = name,
            Field = field,
            Level = Text(json, "level"),
            OnlineLevel = Text(json, "online_level"),
            SearchText = SearchText.Of(name, code, field),
            DefinitionId = code,
            Json = json.ToJsonString(),
            FormSchema = forms.GetValueOrDefault(code),
        };
    }

    private static string Text(JsonNode json, string name) =>
        json[name]?.GetValue<string>() ?? throw new FormatException($"'{name}' is missing in a procedure.");
}
