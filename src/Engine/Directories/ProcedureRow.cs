using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Directories;

/// <summary>A procedure as published for a span of dates; what lists show and filter as columns, the rest as JSON.</summary>
public sealed class ProcedureRow
{
    public required string Code { get; init; }

    /// <summary>First day of this wording; a dossier keeps the one of its reception.</summary>
    public DateOnly ValidFrom { get; init; }

    public DateOnly? ValidTo { get; set; }

    public required string Name { get; set; }

    public required string Field { get; set; }

    public required string Level { get; set; }

    public required string OnlineLevel { get; set; }

    /// <summary>Folded name, code and field, see <see cref="SearchText"/>.</summary>
    public required string SearchText { get; set; }

    /// <summary>The workflow definition that carries it.</summary>
    public required string DefinitionId { get; set; }

    /// <summary>The version of it that new dossiers run on; null takes the published one. Set for a wording that comes with its own workflow before its first day.</summary>
    public string? DefinitionVersionId { get; set; }

    /// <summary>Code of the procedure that took its place when it ended.</summary>
    public string? ReplacedBy { get; set; }

    /// <summary>The procedure in the catalogue's own JSON.</summary>
    public required string Json { get; set; }

    /// <summary>JSON Schema of its electronic form.</summary>
    public string? FormSchema { get; set; }

    public bool IsValidOn(DateOnly date) => date >= ValidFrom && (ValidTo is null || date <= ValidTo);

    /// <summary>A wording from the catalogue's JSON, read once here so that bad data never reach the table.</summary>
    /// <param name="definitionId">The procedure's code when it is not given.</param>
    /// <exception cref="FormatException">A part is missing or has no meaning.</exception>
    public static ProcedureRow From(JsonNode json, DateOnly validFrom, string? formSchema = null, string? definitionId = null)
    {
        var (code, name, field) = (Text(json, "code"), Text(json, "name_vi"), Text(json, "field"));
        var row = new ProcedureRow
        {
            Code = code,
            ValidFrom = validFrom,
            Name = name,
            Field = field,
            Level = Text(json, "level"),
            OnlineLevel = Text(json, "online_level"),
            SearchText = Directories.SearchText.Of(name, code, field),
            DefinitionId = definitionId ?? code,
            Json = json.ToJsonString(JsonText.Readable),
            FormSchema = formSchema,
        };
        _ = ProcedureReader.Read(row);
        return row;
    }

    private static string Text(JsonNode json, string name) =>
        (json[name] as JsonValue)?.TryGetValue<string>(out var text) == true ? text : throw new FormatException($"'{name}' is missing in a procedure.");
}

internal sealed class ProcedureRowConfiguration : IEntityTypeConfiguration<ProcedureRow>
{
    public void Configure(EntityTypeBuilder<ProcedureRow> builder)
    {
        builder.ToTable("procedures");
        builder.HasKey(row => new { row.Code, row.ValidFrom });
        builder.HasIndex(row => new { row.Field, row.Code });
    }
}
