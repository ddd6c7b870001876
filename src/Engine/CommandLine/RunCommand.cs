using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Running;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Trials;

namespace PublicService.Engine.CommandLine;

/// <summary><c>run DEFINITION.json --scenario SCENARIO.json --json [--with OTHER.json ...]</c>: plays a definition headless and prints what happened.</summary>
internal sealed class RunCommand(ActivityCatalog catalog, TextWriter output, TextWriter errors)
{
    private const string Usage = "run DEFINITION.json [--scenario SCENARIO.json] [--json] [--with OTHER.json ...]";

    public int Run(string[] args)
    {
        string? scenario = null;
        var asJson = false;
        List<string> files = [];
        for (var index = 0; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--json":
                    asJson = true;
                    break;
                case "--scenario" when index + 1 < args.Length:
                    scenario = args[++index];
                    break;
                case "--with" when index + 1 < args.Length && files.Count > 0:
                    files.Add(args[++index]);
                    break;
                case var file when !file.StartsWith("--", StringComparison.Ordinal) && (files.Count == 0 || args.Contains("--with")):
                    files.Add(file);
                    break;
                default:
                    return Refuse("USAGE", $"Unexpected argument '{args[index]}'. Usage: {Usage}");
            }
        }

        return files.Count == 0 ? Refuse("USAGE", $"No definition given. Usage: {Usage}") : Play(files, scenario, asJson);
    }

    private int Play(List<string> files, string? scenario, bool asJson)
    {
        try
        {
            var definitions = files.Select(file => DefinitionReader.Read(File.ReadAllBytes(file), catalog)).ToList();
            var readable = catalog.WithWorkflows(definitions);
            if (definitions.Exists(definition => definition.UsableAsActivity))
            {
                definitions = [.. files.Select(file => DefinitionReader.Read(File.ReadAllBytes(file), readable))];
            }

            var steps = scenario is null ? new JsonObject { ["steps"] = new JsonArray(new JsonObject { ["op"] = "start" }) } : ReadScenario(scenario);
            var report = TrialReport.Play(new Trial(definitions, TimeProvider.System.GetUtcNow(), CronSchedule.Next), steps);
            Print(report, asJson);
            return CommandLineTool.Fine;
        }
        catch (DefinitionException malformed)
        {
            Print(TrialReport.Refused(malformed.Code, malformed.Message), asJson);
            return Refuse(malformed.Code, malformed.Message);
        }
        catch (Exception malformed) when (malformed is ScenarioException or JsonException)
        {
            return Refuse("SCENARIO_MALFORMED", malformed.Message);
        }
        catch (ScriptEngineMissingException missing)
        {
            return Refuse("SCRIPT_ENGINE_MISSING", missing.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Refuse("FILE_UNREADABLE", unreadable.Message);
        }
    }

    private static JsonObject ReadScenario(string file) =>
        JsonNode.Parse(File.ReadAllBytes(file)) as JsonObject ?? throw new ScenarioException("A scenario is a JSON object.");

    private void Print(JsonObject report, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(report.ToJsonString(TrialReport.ReportOptions));
            return;
        }

        foreach (var line in report["writeLine"] as JsonArray ?? [])
        {
            output.WriteLine(line);
        }

        foreach (var instance in report["instances"] as JsonArray ?? [])
        {
            output.WriteLine($"{instance!["definition"]}: {instance["status"]}/{instance["subStatus"]}");
        }
    }

    private int Refuse(string code, string message)
    {
        errors.WriteLine($"{code}: {message}");
        return CommandLineTool.Malformed;
    }
}
