using System.Text.Json.Nodes;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Population;

/// <summary>The parts of a form's schema that the population registry can fill in: objects whose fields carry <c>x-population</c>.</summary>
public sealed class PopulationForm
{
    private readonly Dictionary<string, List<Field>> sections = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    private PopulationForm()
    {
    }

    /// <summary>JSON pointers of the objects, in the order of the schema; each is about one person.</summary>
    public IReadOnlyList<string> Sections => order;

    /// <summary>Names of the registry the schema uses anywhere.</summary>
    public IEnumerable<string> Names => sections.Values.SelectMany(fields => fields.Select(one => one.Name));

    public static PopulationForm Read(string schema)
    {
        var form = new PopulationForm();
        form.Walk(JsonNode.Parse(schema) as JsonObject ?? [], "");
        return form;
    }

    /// <summary>
    /// Values for the fields of a section. A value the form itself would not accept is left out: a sex in words it does not list, a name
    /// that is too long.
    /// </summary>
    public IEnumerable<(string Pointer, JsonNode Value, string Source)> Fill(string section, JsonObject person, FormValidator validator)
    {
        foreach (var field in sections[section])
        {
            var text = PopulationFields.Read(person, field.Name);
            JsonNode? value = text is null ? null
                : field.Schema["enum"] is JsonArray words ? words.FirstOrDefault(word => word is not null && SearchText.Fold(word.ToString()) == SearchText.Fold(text))?.DeepClone()
                : JsonValue.Create(text);
            if (value is not null && validator.Validate(field.Schema.ToJsonString(), value).Count == 0)
            {
                yield return (field.Pointer, value, field.Source);
            }
        }
    }

    private void Walk(JsonObject schema, string pointer)
    {
        foreach (var (name, node) in schema["properties"] as JsonObject ?? [])
        {
            if (node is not JsonObject property)
            {
                continue;
            }

            var inner = $"{pointer}/{FormOrigins.Escape(name)}";
            if (property["x-population"]?.ToString() is { } known)
            {
                if (!sections.TryGetValue(pointer, out var fields))
                {
                    sections[pointer] = fields = [];
                    order.Add(pointer);
                }

                fields.Add(new Field(inner, known, property["x-source"]?.ToString() ?? PopulationFields.Source, property));
            }

            Walk(property, inner);
        }
    }

    private sealed record Field(string Pointer, string Name, string Source, JsonObject Schema);
}
