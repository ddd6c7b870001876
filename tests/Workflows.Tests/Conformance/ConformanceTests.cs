using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Trials;

namespace PublicService.Workflows.Tests.Conformance;

/// <summary>
/// Every case recorded from the real Elsa engine, played here. Where we are right instead of equal, a file <c>NAME.ours.json</c>
/// stands beside the recorded one and says why.
/// </summary>
public sealed class ConformanceTests
{
    private static readonly ActivityCatalog Catalog = ActivityCatalog.Of();

    public static TheoryData<string> Cases { get; } =
        [.. Directory.GetFiles(Folder, "*.scenario.json").Select(file => Path.GetFileName(file).Replace(".scenario.json", string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Conformance");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gives_the_recorded_result_or_ours(string name)
    {
        var expected = Expected(name);

        var actual = Play(name);

        Assert.Equal(Comparable(expected), Comparable(actual));
    }

    [Fact]
    public void All_recorded_cases_are_here()
    {
        Assert.Equal(77, Cases.Count);
    }

    private static JsonObject Play(string name)
    {
        try
        {
            var definitions = Directory.GetFiles(Folder, $"{name}.*.child.json")
                .Prepend(Path.Combine(Folder, $"{name}.json"))
                .Select(file => DefinitionReader.Read(File.ReadAllText(file), Catalog))
                .ToList();
            return TrialReport.Play(new Trial(definitions, new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero)), ReadJson(name, "scenario"));
        }
        catch (DefinitionException refused)
        {
            return TrialReport.Refused(refused.Code, refused.Message);
        }
    }

    private static JsonObject Expected(string name)
    {
        var ours = Path.Combine(Folder, $"{name}.ours.json");
        return (JsonObject)(File.Exists(ours) ? ReadJson(name, "ours") : ReadJson(name, "expected"))["result"]!;
    }

    private static JsonObject ReadJson(string name, string part) =>
        (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.{part}.json")))!;

    /// <summary>Leaves out what is for reading: messages, CLR names, and figures of Elsa's own store.</summary>
    private static string Comparable(JsonObject result)
    {
        var copy = (JsonObject)result.DeepClone();
        (copy["import"] as JsonObject)?.Remove("exception");
        copy.Remove("bookmarkQueueItemsLeft");
        foreach (var instance in (copy["instances"] as JsonArray ?? []).OfType<JsonObject>())
        {
            instance.Remove("scopeVariablesAtEndOfLastBurst");
            instance.Remove("bookmarkRowsInStore");
            instance["journal"] = new JsonArray([.. ((JsonArray)instance["journal"]!).Select(line => (JsonNode)line!.ToString().Split(" | ")[0])]);
            foreach (var activity in ((JsonArray)instance["activities"]!).OfType<JsonObject>())
            {
                activity.Remove("exception");
                Lower(activity["outputs"]);
            }

            foreach (var (variable, value) in ((JsonObject)instance["variables"]!).ToList())
            {
                instance["variables"]![variable] = value?["value"]?.DeepClone();
            }

            foreach (var incident in ((JsonArray)instance["incidents"]!).OfType<JsonObject>())
            {
                incident.Remove("message");
                incident.Remove("exceptionType");
                incident.Remove("inner");
            }
        }

        return Sorted(copy)!.ToJsonString(TrialReport.ReportOptions);
    }

    /// <summary>The recording wrote the names of ExecuteWorkflow's result with a small first letter.</summary>
    private static void Lower(JsonNode? outputs)
    {
        if (outputs?["Result"] is JsonObject result && (result["WorkflowInstanceId"] ?? result["workflowInstanceId"]) is not null)
        {
            outputs["Result"] = new JsonObject
            {
                ["output"] = (result["Output"] ?? result["output"])?.DeepClone(),
                ["status"] = (result["Status"] ?? result["status"])?.DeepClone(),
                ["subStatus"] = (result["SubStatus"] ?? result["subStatus"])?.DeepClone(),
            };
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
