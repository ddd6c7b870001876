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

    public static IReadOnlyList<ProcedureRow> Read(JsonNode catalogue, IReadOnlyDictionary<string, string> forms) =>
        [.. catalogue["procedures"]!.AsArray().Select(one => ProcedureRow.From(one!, Start, forms.GetValueOrDefault(one!["code"]!.GetValue<string>())))];
}
