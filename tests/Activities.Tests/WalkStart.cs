using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Dossiers;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Tests;

/// <summary>How a dossier begins: channel, place of reception, and the electronic form the citizen filled in.</summary>
internal sealed partial record WalkStart(Channel Channel, string Receiving, JsonObject? Form)
{
    private static readonly string Seed = Path.Combine(AppContext.BaseDirectory, "seed");

    private static readonly Lazy<Dictionary<string, JsonObject>> Schemas = new(() => Directory.GetFiles(Path.Combine(Seed, "forms"), "*.json")
        .Select(file => (JsonObject)JsonNode.Parse(File.ReadAllText(file))!)
        .ToDictionary(schema => schema["x-procedure"]!.ToString()));

    private static readonly Lazy<Dictionary<string, TimeLimit>> Limits = new(() => JsonNode.Parse(File.ReadAllText(Path.Combine(Seed, "procedures.json")))!["procedures"]!.AsArray()
        .ToDictionary(one => one!["code"]!.ToString(), one => TimeLimit.Parse(one!["time"]!.ToJsonString())));

    /// <summary>The time limit the catalogue gives a procedure.</summary>
    public static TimeLimit LimitOf(string procedure) => Limits.Value[procedure];

    /// <summary>The schema of a procedure's form; null when it has none.</summary>
    public static JsonObject? SchemaOf(string procedure) => Schemas.Value.GetValueOrDefault(procedure);

    /// <summary>Paths of the form that scripts read, e.g. <c>site.communeOfficeId</c>.</summary>
    private static IEnumerable<string> ReadBy(IEnumerable<string> scripts) => scripts.SelectMany(script => FormUse().Matches(script))
        .Select(match => match.Groups["path"].Value.Replace("?", "", StringComparison.Ordinal).TrimStart('.'))
        .Distinct();

    private static IEnumerable<string> Decisions(WorkflowDefinition definition) => definition.Source["root"]!["activities"]!.AsArray()
        .SelectMany(step => new[] { step!["condition"], step["cases"] }).OfType<JsonNode>().Select(node => node.ToJsonString(FormSample.Plain));

    /// <summary>
    /// Every channel, both places of reception, and each value of the choices in the form that scripts look at; what decisions look at is
    /// also left out, many or of another age.
    /// </summary>
    public static IReadOnlyList<WalkStart> All(WorkflowDefinition definition)
    {
        var schema = SchemaOf(definition.DefinitionId);
        List<JsonObject?> forms = [schema is null ? null : FormSample.Of(schema)];
        if (schema is not null)
        {
            var decisive = ReadBy(Decisions(definition)).ToHashSet();
            foreach (var path in ReadBy([definition.Source.ToJsonString(FormSample.Plain)]))
            {
                forms.AddRange(FormSample.ChoicesAt(schema, path, decisive.Contains(path)).Select(choice => FormSample.With(forms[0]!, path, choice)));
            }
        }

        return
        [
            new(Channel.Direct, DossierTrial.Commune, forms[0]),
            new(Channel.Online, DossierTrial.Centre, forms[0]),
            new(Channel.Post, DossierTrial.Commune, forms[0]),
            .. forms.Skip(1).Select(form => new WalkStart(Channel.Online, DossierTrial.Commune, form)),
            .. forms.Skip(1).Select(form => new WalkStart(Channel.Post, DossierTrial.Centre, form)),
        ];
    }

    /// <summary>Forms in which two of the fields that decisions look at differ from the sample, in both places of reception.</summary>
    public static IReadOnlyList<WalkStart> Combined(WorkflowDefinition definition)
    {
        if (SchemaOf(definition.DefinitionId) is not { } schema)
        {
            return [];
        }

        var sample = FormSample.Of(schema);
        var choices = ReadBy(Decisions(definition)).SelectMany(path => FormSample.ChoicesAt(schema, path, true).Select(choice => (Path: path, Choice: choice))).ToList();
        var forms = from first in choices
                    from second in choices
                    where string.CompareOrdinal(first.Path, second.Path) < 0
                    select FormSample.With(FormSample.With(sample, first.Path, first.Choice), second.Path, second.Choice);
        return
        [
            .. from form in forms
               from start in new[] { (Channel.Direct, DossierTrial.Centre), (Channel.Online, DossierTrial.Commune), (Channel.Post, DossierTrial.Centre) }
               select new WalkStart(start.Item1, start.Item2, form),
        ];
    }

    [GeneratedRegex(@"getForm\(\)(?<path>(\?*\.(?!length\b|includes\b|reduce\b|map\b|filter\b|some\b)[A-Za-z_]+)+)")]
    private static partial Regex FormUse();
}

/// <summary>Data that fit a JSON Schema of ours: every field filled in.</summary>
internal static class FormSample
{
    public static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Words =
        ["022226000001", "0912345678", "0101234567", "2026-01-05", "10:30", "0111", "12/2026", "nguyen.an@example.vn", "Nguyễn Văn A", "H49.40-260105-0001", "A1234567", "01", "2026-01", "2026"];

    public static JsonObject Of(JsonObject schema) => (JsonObject)Value(schema)!;

    /// <summary>Further values of a field beside its sample; null leaves it out. Only what decides the way varies in more than its choices.</summary>
    public static IEnumerable<JsonNode?> ChoicesAt(JsonObject schema, string path, bool decides)
    {
        var field = FieldAt(schema, path);
        if (field?["enum"] is JsonArray words)
        {
            return words.Skip(1).Select(word => word!.DeepClone());
        }

        if (field?["items"]?["enum"] is JsonArray lists)
        {
            return lists.Skip(1).Select(word => new JsonArray(word!.DeepClone()));
        }

        return (field?["type"]?.ToString(), field?["format"]?.ToString()) switch
        {
            ("boolean", _) => [false],
            ("array", _) when decides => [new JsonArray(), new JsonArray([.. Enumerable.Range(0, 12).Select(_ => Value((JsonObject)field!["items"]!))])],
            ("string", "date") when decides => ["1940-05-01"],
            ("string", _) when decides => [null],
            _ => [],
        };
    }

    /// <summary>The schema of a field; null when the form has no such field.</summary>
    public static JsonObject? FieldAt(JsonObject schema, string path) =>
        path.Split('.').Aggregate((JsonObject?)schema, (field, name) => field?["properties"]?[name] as JsonObject);

    public static JsonObject With(JsonObject form, string path, JsonNode? value)
    {
        var changed = (JsonObject)form.DeepClone();
        var names = path.Split('.');
        var parent = (JsonObject)names[..^1].Aggregate((JsonNode)changed, (part, name) => part[name]!);
        if (value is null)
        {
            parent.Remove(names[^1]);
        }
        else
        {
            parent[names[^1]] = value.DeepClone();
        }

        return changed;
    }

    public static JsonNode? Value(JsonObject field)
    {
        if (field["enum"] is JsonArray words)
        {
            return words[0]!.DeepClone();
        }

        switch (field["type"]?.ToString())
        {
            case "object":
                return new JsonObject((field["properties"] as JsonObject ?? []).Select(one => KeyValuePair.Create(one.Key, Value((JsonObject)one.Value!))));
            case "array":
                return new JsonArray([.. Enumerable.Range(0, Math.Max(1, Number(field, "minItems"))).Select(_ => Value((JsonObject)field["items"]!))]);
            case "boolean":
                return true;
            case "integer" or "number":
                return Math.Max(Number(field, "minimum"), Math.Min(2, Number(field, "maximum", 2)));
            default:
                return Text(field);
        }
    }

    private static string Text(JsonObject field)
    {
        if (field["pattern"]?.ToString() is { } pattern)
        {
            return Words.FirstOrDefault(word => Regex.IsMatch(word, pattern)) ?? throw new InvalidOperationException($"No sample fits {pattern}.");
        }

        return field["format"]?.ToString() switch
        {
            "date" => "2026-01-05",
            "date-time" => "2026-01-05T08:00:00Z",
            "email" => "nguyen.an@example.vn",
            _ => "Mẫu",
        };
    }

    private static int Number(JsonObject field, string name, int otherwise = 0) =>
        field[name] is { } value ? (int)Math.Min(int.MaxValue, decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture)) : otherwise;
}
