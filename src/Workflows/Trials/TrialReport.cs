using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Json;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Trials;

/// <summary>
/// Plays a scenario and tells what happened in the shape of the recorded conformance cases: import, afterEachStep, writeLine,
/// instances and the number of stimuli left. Ids and instants of the trial are written as <c>&lt;id&gt;</c> and <c>&lt;time&gt;</c>.
/// </summary>
public static class TrialReport
{
    /// <summary>Plays the steps of a scenario on a trial.</summary>
    /// <exception cref="ScenarioException">A step has no operation, or one that is not known.</exception>
    public static JsonObject Play(Trial trial, JsonObject scenario)
    {
        var after = new JsonArray();
        foreach (var step in scenario.GetArray("steps"))
        {
            var entry = new JsonObject { ["op"] = step?["op"]?.ToString() };
            Play(trial, step as JsonObject ?? [], entry);
            entry["after"] = new JsonArray([.. trial.Instances.Select(Brief)]);
            after.Add(entry);
        }

        var report = new JsonObject
        {
            ["import"] = new JsonObject { ["succeeded"] = true },
            ["afterEachStep"] = after,
            ["writeLine"] = new JsonArray([.. trial.Lines.Select(line => (JsonNode)line)]),
            ["instances"] = new JsonArray([.. trial.Instances.Select(Describe)]),
            ["bookmarkQueueItemsLeft"] = trial.UnmetStimuli,
        };
        return (JsonObject)Scrub(report, trial.Ids)!;
    }

    /// <summary>What is reported of a file that is no definition.</summary>
    public static JsonObject Refused(string code, string message) => new()
    {
        ["import"] = new JsonObject { ["succeeded"] = false, ["exception"] = new JsonObject { ["type"] = code, ["message"] = message } },
    };

    private static void Play(Trial trial, JsonObject step, JsonObject entry)
    {
        switch (step.GetText("op"))
        {
            case "start":
                trial.Start(step.GetObject("input"), step.GetFilledText("correlationId"));
                break;
            case "event":
                trial.Publish(step.GetText("name") ?? string.Empty, step.Get("payload"), step.GetFilledText("correlationId"));
                break;
            case "completeTask":
                entry["bookmarkFound"] = trial.CompleteTask(step.GetText("task") ?? string.Empty, step.Get("result"));
                break;
            case "resume":
                entry["bookmarkFound"] = trial.Resume(step.GetText("activityId") ?? string.Empty, step.GetNumber("index") ?? 0, step.GetObject("input"));
                break;
            case "cancel" or "cancelApi":
                if (trial.Instances.Count > 0)
                {
                    trial.Cancel(trial.Instances[0]);
                }

                break;
            case "wait":
                trial.Wait(TimeSpan.FromMilliseconds(step.GetNumber("ms") ?? 0), step.GetText("for") == "finished");
                break;
            case var unknown:
                throw new ScenarioException($"A scenario step cannot be '{unknown}'.");
        }
    }

    private static JsonObject Brief(TrialInstance instance) => new()
    {
        ["definition"] = DefinitionOf(instance),
        ["status"] = instance.State.Status.ToString(),
        ["subStatus"] = instance.State.SubStatus.ToString(),
        ["bookmarks"] = Bookmarks(instance),
    };

    private static JsonObject Describe(TrialInstance instance) => new()
    {
        ["definition"] = DefinitionOf(instance),
        ["status"] = instance.State.Status.ToString(),
        ["subStatus"] = instance.State.SubStatus.ToString(),
        ["correlationId"] = instance.State.CorrelationId,
        ["name"] = instance.State.Name,
        ["incidentCount"] = instance.State.Incidents.Count,
        ["activities"] = new JsonArray([.. instance.Journal.Select(entry => entry.StepId).Distinct().Select(id => Activity(instance, instance.Steps[id]))]),
        ["journal"] = new JsonArray([.. instance.Journal.Select(entry => (JsonNode)(entry.Message is null ? $"{entry.ActivityId} {entry.Event}" : $"{entry.ActivityId} {entry.Event} | {entry.Message}"))]),
        ["output"] = instance.State.Output.ToJson(),
        ["variables"] = Variables(instance),
        ["bookmarks"] = Bookmarks(instance),
        ["incidents"] = new JsonArray([.. instance.State.Incidents.Select(incident => (JsonNode)new JsonObject
        {
            ["activityId"] = incident.ActivityId,
            ["activityType"] = incident.ActivityType,
            ["message"] = incident.Message,
            ["exceptionType"] = incident.ExceptionType,
            ["inner"] = incident.Cause,
        })]),
    };

    private static JsonObject Activity(TrialInstance instance, StepState step)
    {
        var node = instance.Definition.Nodes[step.NodeId];
        var activity = new JsonObject { ["id"] = node.Id, ["type"] = node.Type, ["status"] = step.Status.ToString() };
        if (step.Outcomes is { } outcomes && step.ParentId is not null && outcomes is not ["Done"])
        {
            activity["outcomes"] = new JsonArray([.. outcomes.Select(outcome => (JsonNode)outcome)]);
        }

        if (node.Activity.Descriptor.Outputs.Count > 0)
        {
            var outputs = new JsonObject();
            foreach (var output in node.Activity.Descriptor.Outputs)
            {
                outputs[output.Name] = step.Outputs?.GetValueOrDefault(output.Name)?.DeepClone();
            }

            activity["outputs"] = outputs;
        }

        if (step.FaultCount > 0)
        {
            activity["aggregateFaultCount"] = step.FaultCount;
        }

        return activity;
    }

    private static JsonObject Variables(TrialInstance instance)
    {
        var variables = new JsonObject();
        var values = instance.State.Steps.Find(step => step.ParentId is null)?.Variables;
        foreach (var variable in instance.Definition.Workflow.Variables)
        {
            var value = values?.GetValueOrDefault(variable.Id);
            variables[variable.Name] = new JsonObject { ["clr"] = ClrName(variable.Type, value), ["value"] = value?.DeepClone() };
        }

        return variables;
    }

    private static string? ClrName(TypeAlias type, JsonNode? value) => type.Kind is not ValueKind.Any
        ? type.Name
        : value switch
        {
            null => null,
            JsonObject => "JsonObject",
            JsonArray => "JsonArray",
            _ => value.GetValueKind().ToString(),
        };

    private static JsonArray Bookmarks(TrialInstance instance) => new([.. instance.State.Bookmarks.Select(bookmark => (JsonNode)new JsonObject
    {
        ["activityId"] = bookmark.ActivityId,
        ["name"] = bookmark.Name,
        ["autoBurn"] = bookmark.AutoBurn,
        ["payload"] = Instants(bookmark.Payload?.DeepClone()),
    })]);

    private static JsonNode? Instants(JsonNode? payload)
    {
        if (payload is JsonObject timed)
        {
            foreach (var name in timed.Select(entry => entry.Key).Where(name => name is "ResumeAt" or "ExecuteAt").ToList())
            {
                timed[name] = "<time>";
            }
        }

        return payload;
    }

    private static string DefinitionOf(TrialInstance instance) =>
        instance.Definition.Source.GetFilledText("definitionId") ?? "<id>";

    private static JsonNode? Scrub(JsonNode report, IEnumerable<string> ids)
    {
        var text = report.ToJsonString(ReportOptions);
        return JsonNode.Parse(ids.Aggregate(text, (scrubbed, id) => scrubbed.Replace(id, "<id>", StringComparison.Ordinal)));
    }

    /// <summary>Vietnamese text stays readable in reports.</summary>
    public static readonly System.Text.Json.JsonSerializerOptions ReportOptions = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>A scenario file says something no trial can do.</summary>
public sealed class ScenarioException(string message) : Exception(message);
