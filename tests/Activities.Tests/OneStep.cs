using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Tests;

/// <summary>A procedure of one step: the dossier is received, then the step runs, and each of its outcomes prints its name.</summary>
internal static class OneStep
{
    public const string Id = "buoc";

    public static DossierTrial Run(string type, JsonObject inputs, string[] outcomes, TimeLimit? limit = null)
    {
        var trial = new DossierTrial(Definition(type, inputs, outcomes), limit: limit);
        trial.Complete("nhan", Intake.Intake.Accepted);
        return trial;
    }

    /// <summary>The same with a result that is released before the step runs.</summary>
    public static DossierTrial RunReleased(string type, JsonObject inputs, string[] outcomes)
    {
        var trial = new DossierTrial(Definition(type, inputs, outcomes, released: true));
        trial.Complete("nhan", Intake.Intake.Accepted);
        trial.Complete("xu-ly", "Xong");
        trial.Complete("cap-so", "Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" });
        return trial;
    }

    public static JsonObject Literal(string type, JsonNode value) => new()
    {
        ["typeName"] = type,
        ["expression"] = new JsonObject { ["type"] = type.StartsWith("List", StringComparison.Ordinal) ? "Object" : "Literal", ["value"] = value },
    };

    public static WorkflowDefinition Definition(string type, JsonObject inputs, string[] outcomes, bool released = false)
    {
        var step = (JsonObject)inputs.DeepClone();
        step["id"] = Id;
        step["type"] = type;
        return DefinitionReader.Read(
            new JsonObject
            {
                ["definitionId"] = "mot-buoc",
                ["root"] = new JsonObject
                {
                    ["id"] = "so-do",
                    ["type"] = "Elsa.Flowchart",
                    ["activities"] = new JsonArray(
                    [
                        new JsonObject { ["id"] = "nhan", ["type"] = "PublicService.Intake" },
                        new JsonObject { ["id"] = "xu-ly", ["type"] = "PublicService.OfficerTask", ["outcomes"] = Literal("List<String>", "[\"Xong\"]") },
                        new JsonObject { ["id"] = "cap-so", ["type"] = "PublicService.NumberAndRelease" },
                        step,
                        .. outcomes.Select((outcome, index) => (JsonNode)new JsonObject { ["id"] = $"o{index}", ["type"] = "Elsa.WriteLine", ["text"] = Literal("String", outcome) }),
                    ]),
                    ["connections"] = new JsonArray(
                    [
                        Arrow("nhan", Intake.Intake.Accepted, released ? "xu-ly" : Id),
                        Arrow("xu-ly", "Xong", "cap-so"),
                        Arrow("cap-so", "Done", Id),
                        .. outcomes.Select((outcome, index) => (JsonNode)Arrow(Id, outcome, $"o{index}")),
                    ]),
                },
            },
            DossierTrial.Catalog);
    }

    private static JsonObject Arrow(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
