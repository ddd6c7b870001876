using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Tests;

/// <summary>The electronic forms in seed/forms, beside the workflows that read them.</summary>
public sealed partial class SeedFormTests
{
    private static readonly Dictionary<string, WorkflowDefinition> Definitions = Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "workflows"), "*.json", SearchOption.AllDirectories)
        .Select(DossierTrial.Procedure)
        .ToDictionary(definition => definition.DefinitionId);

    public static TheoryData<string> Procedures { get; } = [.. Definitions.Keys.Where(code => WalkStart.SchemaOf(code) is not null).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Procedures))]
    public void Every_field_a_script_reads_stands_in_the_form(string code)
    {
        Assert.All(PathsOf(Definitions[code]), path => Assert.True(Has(WalkStart.SchemaOf(code)!, path.Split('.')), path));
    }

    [Theory]
    [MemberData(nameof(Procedures))]
    public void Every_field_has_a_title_and_labels_name_every_choice(string code)
    {
        Assert.Empty(Fields(code, WalkStart.SchemaOf(code)!).SelectMany(field => Problems(field.Path, field.Schema)));
    }

    private static IEnumerable<string> Problems(string path, JsonObject schema)
    {
        if (string.IsNullOrWhiteSpace(schema["title"]?.ToString()))
        {
            yield return $"{path} has no title";
        }

        var labels = schema["x-labels"] as JsonObject;
        foreach (var value in (schema["x-labels"] is null ? [] : schema["enum"] as JsonArray ?? []).Where(value => labels?[value!.ToString()] is null))
        {
            yield return $"{path}: {value} has no label";
        }
    }

    private static IEnumerable<(string Path, JsonObject Schema)> Fields(string path, JsonObject schema) =>
    [
        (path, schema),
        .. (schema["properties"] as JsonObject ?? []).SelectMany(field => Fields($"{path}.{field.Key}", field.Value!.AsObject())),
        .. (schema["items"]?["properties"] as JsonObject ?? []).SelectMany(field => Fields($"{path}[].{field.Key}", field.Value!.AsObject())),
    ];

    /// <summary>Fields as scripts name them: <c>child.birthDate</c> for <c>getForm()?.child?.birthDate</c>.</summary>
    private static HashSet<string> PathsOf(WorkflowDefinition definition) =>
    [
        .. FormUse().Matches(definition.Source["root"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            .Select(use => use.Groups["path"].Value.Replace("?", string.Empty, StringComparison.Ordinal).TrimStart('.')),
    ];

    /// <summary>What follows a list is a function of it.</summary>
    private static bool Has(JsonObject schema, string[] path) =>
        path.Length == 0 || schema["type"]?.ToString() == "array" || (schema["properties"]?[path[0]] is JsonObject field && Has(field, path[1..]));

    [GeneratedRegex(@"getForm\(\)(?<path>(\??\.\w+)+)")]
    private static partial Regex FormUse();
}
