using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Tests.Running;

/// <summary>Definitions in a few words.</summary>
internal static class A
{
    public static ActivityCatalog Catalog { get; } = ActivityCatalog.Of();

    public static JsonObject Workflow(JsonObject root, params JsonObject[] variables) => new()
    {
        ["id"] = "main:1",
        ["definitionId"] = "main",
        ["name"] = "Main",
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["variables"] = new JsonArray([.. variables]),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["options"] = new JsonObject(),
        ["root"] = root,
    };

    public static WorkflowDefinition Definition(JsonObject workflow, params WorkflowDefinition[] usable) =>
        DefinitionReader.Read(workflow.ToJsonString(), Catalog.WithWorkflows(usable));

    /// <summary>An activity; fields that are plain values become literals, the rest stands as it is.</summary>
    public static JsonObject Step(string type, string id, params (string Name, JsonNode? Value)[] fields)
    {
        var step = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type.Contains('.', StringComparison.Ordinal) ? type : $"Elsa.{type}", ["version"] = 1 };
        foreach (var (name, value) in fields)
        {
            step[name] = value is JsonValue ? Of("Literal", value) : value;
        }

        return step;
    }

    public static JsonObject Of(string expression, JsonNode? value, string typeName = "Object") =>
        new() { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = expression, ["value"] = value } };

    public static JsonObject Js(string script) => Of("JavaScript", script);

    public static JsonObject Json(string json) => Of("Object", json);

    /// <summary>Prints its own id.</summary>
    public static JsonObject Line(string id) => Step("WriteLine", id, ("text", id));

    public static JsonObject Say(string id, string script) => Step("WriteLine", id, ("text", Js(script)));

    /// <summary>Waits for the event of its own id.</summary>
    public static JsonObject Event(string id, string? name = null) => Step("Event", id, ("eventName", name ?? id));

    public static JsonObject Decide(string id, string script) => Step("FlowDecision", id, ("condition", Js(script)));

    public static JsonObject Fork(string id, params string[] branches) =>
        Step("FlowFork", id, ("branches", Json(new JsonArray([.. branches.Select(branch => (JsonNode)branch)]).ToJsonString())));

    public static JsonObject Join(string id, string mode) => Step("FlowJoin", id, ("mode", mode));

    public static JsonObject Set(string id, string variable, string script) =>
        Step("SetVariable", id, ("variable", new JsonObject { ["id"] = variable, ["name"] = variable }), ("value", Js(script)));

    public static JsonObject Variable(string name, string type, JsonNode? value = null) =>
        new() { ["id"] = name, ["name"] = name, ["typeName"] = type, ["value"] = value, ["storageDriverTypeName"] = "WorkflowInstanceStorageDriver" };

    /// <summary>A flowchart; arrows as <c>a>b, d:True>c</c>.</summary>
    public static JsonObject Flow(string id, string arrows, params JsonObject[] activities) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["type"] = "Elsa.Flowchart",
        ["version"] = 1,
        ["activities"] = new JsonArray([.. activities]),
        ["connections"] = new JsonArray([.. arrows.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Arrow)]),
    };

    public static JsonObject Sequence(string id, params JsonObject[] activities) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["type"] = "Elsa.Sequence",
        ["version"] = 1,
        ["activities"] = new JsonArray([.. activities]),
    };

    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }

    public static JsonObject Custom(this JsonObject step, string name, JsonNode value)
    {
        step["customProperties"] = new JsonObject { [name] = value };
        return step;
    }

    public static JsonObject Option(this JsonObject workflow, string name, JsonNode value)
    {
        workflow["options"]![name] = value;
        return workflow;
    }

    public static JsonObject Named(this JsonObject workflow, string definitionId, string? name = null, int version = 1)
    {
        workflow["id"] = $"{definitionId}:{version}";
        workflow["definitionId"] = definitionId;
        workflow["name"] = name ?? definitionId;
        workflow["version"] = version;
        return workflow;
    }

    public static JsonObject Port(string name, string type = "String", JsonNode? value = null) => new() { ["name"] = name, ["type"] = type, ["defaultValue"] = value };

    private static JsonNode Arrow(string arrow)
    {
        var ends = arrow.Split('>');
        var from = ends[0].Split(':');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from[0], ["port"] = from.ElementAtOrDefault(1) ?? "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }
}
