using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Checks;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Architecture.Tests;

/// <summary>Every file under workflows/ can be published as it lies there, and names a procedure the province really has.</summary>
public sealed partial class WorkflowFileTests
{
    private static readonly ActivityCatalog Catalog = ActivityCatalog.Of(House.AssemblyOf("Activities"));

    private static IEnumerable<HouseFile> Definitions => House.Files.Where(file => file.Path.StartsWith("workflows/", StringComparison.Ordinal) && file.Extension == ".json" && !file.Path.StartsWith(CredentialTypeFileTests.Folder, StringComparison.Ordinal));

    private static IEnumerable<string> Violations(HouseFile file, IReadOnlySet<string> procedures)
    {
        JsonObject source;
        WorkflowDefinition definition;
        try
        {
            definition = DefinitionReader.Read(file.Text, Catalog);
            source = JsonNode.Parse(file.Text)!.AsObject();
        }
        catch (Exception unreadable) when (unreadable is DefinitionException or JsonException)
        {
            return [$"{file.Path}: {unreadable.Message}"];
        }

        return FindingsOf(definition)
            .Concat(RoundTrip(definition, source))
            .Concat(Procedures(definition, source, procedures))
            .Select(problem => $"{file.Path}: {problem}");
    }

    private static IEnumerable<string> FindingsOf(WorkflowDefinition definition) => DefinitionCheck.Check(definition)
        .Where(finding => finding.Level == FindingLevel.Error)
        .Select(finding => $"{finding.Code} at {finding.ActivityId ?? "the definition"}: {finding.Message}");

    private static IEnumerable<string> RoundTrip(WorkflowDefinition definition, JsonObject source)
    {
        var again = DefinitionReader.Read(definition.Source.ToJsonString(), Catalog);
        if (!JsonNode.DeepEquals(definition.Source, source) || !Shape(again).SequenceEqual(Shape(definition)))
        {
            yield return "reading and writing it changes it.";
        }
    }

    private static IEnumerable<string> Shape(WorkflowDefinition definition) => definition.Nodes.Values.Select(node =>
        $"{node.NodeId} {node.Type} {string.Join(',', node.Connections.Select(arrow => $"{arrow.Source.Id}/{arrow.Port}>{arrow.Target.Id}"))}");

    /// <summary>A definition that is a step of others belongs to no procedure of its own.</summary>
    private static IEnumerable<string> Procedures(WorkflowDefinition definition, JsonObject source, IReadOnlySet<string> known)
    {
        var named = Texts(source).Where(text => ProcedureCode().IsMatch(text)).Distinct().ToList();
        return named.Count == 0 && !definition.UsableAsActivity
            ? ["it names no procedure."]
            : named.Where(code => !known.Contains(code)).Select(code => $"procedure {code} is not in seed/procedures.json.");
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(pair => Texts(pair.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static HashSet<string> KnownProcedures() =>
        [.. Texts(JsonNode.Parse(House.File("seed/procedures.json").Text)).Where(text => ProcedureCode().IsMatch(text))];

    [Fact]
    public void Every_workflow_file_can_be_published() => House.IsEmpty(Definitions.SelectMany(file => Violations(file, KnownProcedures())));

    [Theory]
    [InlineData("no JSON", "{")]
    [InlineData("it names no procedure", """{"root":{"id":"a","type":"Elsa.Sequence"}}""")]
    [InlineData("procedure 9.999999 is not in", """{"customProperties":{"procedureCode":"9.999999"},"root":{"id":"a","type":"Elsa.Sequence"}}""")]
    [InlineData("UNKNOWN_ACTIVITY", """{"customProperties":{"procedureCode":"1.001193"},"root":{"id":"a","type":"Acme.Nothing"}}""")]
    [InlineData("MISSING_ROOT", """{"customProperties":{"procedureCode":"1.001193"}}""")]
    public void Sees_a_file_that_cannot_be_published(string problem, string json)
    {
        var found = Violations(new HouseFile("workflows/broken.json", json), new HashSet<string> { "1.001193" });

        Assert.Contains(found, text => problem == "no JSON" || text.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Lets_a_sound_file_pass() => Assert.Empty(Violations(
        new HouseFile("workflows/sound.json", """{"customProperties":{"procedureCode":"1.001193"},"root":{"id":"a","type":"Elsa.Sequence"}}"""),
        new HashSet<string> { "1.001193" }));

    [GeneratedRegex(@"^\d\.\d{6}$")]
    private static partial Regex ProcedureCode();
}
