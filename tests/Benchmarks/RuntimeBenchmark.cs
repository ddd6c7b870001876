using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Benchmarks;

/// <summary>Workflows in memory: no store, one core.</summary>
internal static class RuntimeBenchmark
{
    public static Task<int> RunAsync()
    {
        var environment = new RunEnvironment { Now = TimeProvider.System.GetUtcNow() };
        Measure.Rate("flowchart of 10 activities", Starter(Flowchart(10, "Literal", "x"), environment));
        Measure.Rate("sequence of 10 activities", Starter(Sequence(10, "Literal", "x"), environment));
        Measure.Rate("sequence of 10 with JavaScript inputs", Starter(Sequence(10, "JavaScript", "'dòng ' + (1 + 1)"), environment));
        Measure.Rate("sequence of 10 reading a variable by JavaScript", Starter(Sequence(10, "JavaScript", "getX() + 1"), environment));
        var waiting = Waiting();
        Measure.Rate("start, wait for an event, resume, with state as JSON", () =>
        {
            var started = WorkflowRunner.Start(waiting, new StartRequest(), environment);
            var stored = InstanceJson.Read(InstanceJson.Write(started.State));
            WorkflowRunner.Resume(waiting, stored, stored.Bookmarks[0].Id, [], environment);
        });
        return Task.FromResult(0);
    }

    private static Action Starter(WorkflowDefinition definition, RunEnvironment environment) =>
        () => WorkflowRunner.Start(definition, new StartRequest(), environment);

    private static WorkflowDefinition Flowchart(int size, string kind, string value) => Read(new JsonObject
    {
        ["id"] = "f",
        ["type"] = "Elsa.Flowchart",
        ["activities"] = new JsonArray([.. Lines(size, kind, value)]),
        ["connections"] = new JsonArray([.. Enumerable.Range(1, size - 1).Select(n => (JsonNode)new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = $"w{n}", ["port"] = "Done" },
            ["target"] = new JsonObject { ["activity"] = $"w{n + 1}", ["port"] = "In" },
        })]),
    });

    private static WorkflowDefinition Sequence(int size, string kind, string value) => Read(new JsonObject
    {
        ["id"] = "s",
        ["type"] = "Elsa.Sequence",
        ["activities"] = new JsonArray([.. Lines(size, kind, value)]),
    });

    private static WorkflowDefinition Waiting() => Read(new JsonObject
    {
        ["id"] = "s",
        ["type"] = "Elsa.Sequence",
        ["activities"] = new JsonArray(
            Lines(1, "Literal", "a").First(),
            new JsonObject { ["id"] = "e", ["type"] = "Elsa.Event", ["eventName"] = Input("Literal", "go") },
            new JsonObject { ["id"] = "z", ["type"] = "Elsa.WriteLine", ["text"] = Input("Literal", "z") }),
    });

    private static IEnumerable<JsonNode> Lines(int size, string kind, string value) => Enumerable.Range(1, size)
        .Select(n => (JsonNode)new JsonObject { ["id"] = $"w{n}", ["type"] = "Elsa.WriteLine", ["text"] = Input(kind, value) });

    private static JsonObject Input(string kind, string value) => new()
    {
        ["typeName"] = "String",
        ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value },
    };

    private static WorkflowDefinition Read(JsonObject root) => DefinitionReader.Read(
        new JsonObject
        {
            ["definitionId"] = "bench",
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "x", ["name"] = "X", ["typeName"] = "Int32", ["value"] = "1" }),
            ["root"] = root,
        },
        ActivityCatalog.Of());
}
