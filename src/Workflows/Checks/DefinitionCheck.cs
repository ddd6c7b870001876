using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Workflows.BuiltIn;
using PublicService.Workflows.BuiltIn.Composition;
using PublicService.Workflows.BuiltIn.Flow;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Checks;

/// <summary>
/// What is wrong with a definition before anybody runs it: on publishing, and by the <c>check</c> command. Each finding names the
/// activity and says in one Vietnamese sentence what to mend.
/// </summary>
public static partial class DefinitionCheck
{
    /// <summary>All findings, those of the reader included, in the order of the definition.</summary>
    public static IReadOnlyList<Finding> Check(WorkflowDefinition definition)
    {
        var findings = new List<Finding>(definition.Findings);
        if (definition.Source.GetObject("root") is null)
        {
            findings.Add(new Finding("MISSING_ROOT", FindingLevel.Error, null, "Quy trình chưa có hoạt động nào."));
        }

        foreach (var twins in definition.Written.Values.GroupBy(node => node.Id).Where(group => group.DistinctBy(node => node.NodeId).Count() > 1))
        {
            findings.Add(new Finding("DUPLICATE_ID", FindingLevel.Error, twins.Key, $"Mã hoạt động “{twins.Key}” bị trùng."));
        }

        foreach (var node in definition.Nodes.Values)
        {
            findings.AddRange(node.Activity.Check(node, definition));
            findings.AddRange(CheckDefaults(node));
            findings.AddRange(CheckExpressions(node, definition));
            if (node.MergeMode == "Cascade")
            {
                findings.Add(new Finding("MERGE_MODE_CASCADE", FindingLevel.Error, node.Id, "Chế độ gộp nhánh Cascade không được hỗ trợ; hãy chọn chế độ khác."));
            }

            if (node.Plan is FlowGraphs graphs)
            {
                findings.AddRange(CheckFlowchart(node, graphs));
            }
        }

        return findings;
    }

    private static IEnumerable<Finding> CheckFlowchart(ActivityNode flowchart, FlowGraphs graphs)
    {
        if (graphs.StartOf(null) is not { } start)
        {
            yield return new Finding("MISSING_START", FindingLevel.Error, flowchart.Id, "Sơ đồ chưa có hoạt động bắt đầu.");
            yield break;
        }

        var entries = flowchart.Activities.Where(child => child.CanStartWorkflow).Prepend(start).Distinct().Select(entry => graphs.From(entry.Id)).ToList();
        foreach (var child in flowchart.Activities)
        {
            if (!entries.Exists(graph => graph.Contains(child)))
            {
                yield return new Finding("UNREACHABLE", FindingLevel.Error, child.Id, $"Không có mũi tên nào dẫn tới “{child.Caption}”.");
            }

            foreach (var outcome in UnconnectedOutcomes(flowchart, child))
            {
                yield return new Finding("UNCONNECTED_OUTCOME", FindingLevel.Error, child.Id, $"Kết quả “{outcome}” của “{child.Caption}” chưa có mũi tên đi tiếp.");
            }

            if (child.Activity is NotFoundActivity)
            {
                // Nobody knows its outcomes; that its type is unknown is finding enough.
                continue;
            }

            foreach (var port in flowchart.Connections.Where(arrow => arrow.Source == child).Select(arrow => arrow.Port).Except(child.Activity.OutcomesOf(child)))
            {
                yield return new Finding("UNKNOWN_OUTCOME", FindingLevel.Error, child.Id, $"“{child.Caption}” không có kết quả “{port}”, mũi tên này không bao giờ được đi.");
            }
        }

        foreach (var arrow in entries.SelectMany(graph => flowchart.Connections.Where(arrow => graph.IsBackward(arrow) && !graph.IsValidBackward(arrow))).Distinct())
        {
            yield return new Finding("INVALID_LOOP", FindingLevel.Error, arrow.Source.Id, $"Mũi tên quay lại “{arrow.Target.Caption}” nhảy vào một nhánh song song; hãy quay về bước trước khi rẽ nhánh.");
        }
    }

    /// <summary>
    /// Outcomes nobody follows. A step with one outcome may end its path there; a choice must say where each answer leads.
    /// </summary>
    private static IEnumerable<string> UnconnectedOutcomes(ActivityNode flowchart, ActivityNode child)
    {
        var outcomes = child.Activity.OutcomesOf(child);
        var connected = flowchart.Connections.Where(arrow => arrow.Source == child).Select(arrow => arrow.Port).ToHashSet();
        return outcomes.Count > 1 ? outcomes.Where(outcome => !connected.Contains(outcome)) : [];
    }

    private static IEnumerable<Finding> CheckDefaults(ActivityNode node)
    {
        foreach (var variable in node.Variables.Where(variable => variable.Default is not null && !Fits(variable)))
        {
            yield return new Finding("BAD_DEFAULT", FindingLevel.Error, node.Id, $"Giá trị mặc định của biến “{variable.Name}” không phải kiểu {variable.Type.Name}.");
        }
    }

    private static bool Fits(Variable variable)
    {
        try
        {
            ValueConverter.Convert(variable.Default, variable.Type);
            return true;
        }
        catch (ConversionException)
        {
            return false;
        }
    }

    private static IEnumerable<Finding> CheckExpressions(ActivityNode node, WorkflowDefinition definition)
    {
        foreach (var @case in node.Plan as IReadOnlyList<SwitchCase> ?? [])
        {
            foreach (var finding in @case.Condition?.Script is { } condition ? CheckScript(condition, @case.Label, node, definition) : [])
            {
                yield return finding;
            }
        }

        foreach (var (descriptor, value) in node.Inputs)
        {
            if (value?.Flaw is not null)
            {
                yield return new Finding("BAD_VALUE", FindingLevel.Error, node.Id, $"Giá trị của trường “{descriptor.DisplayName}” không phải kiểu {descriptor.TypeName}.");
            }

            if (ScriptOf(descriptor, value) is { } script)
            {
                foreach (var finding in CheckScript(script, descriptor.DisplayName, node, definition))
                {
                    yield return finding;
                }
            }

            if (Reference(node, descriptor.Name, ExpressionKinds.Input)?.GetText("name") is { } input && definition.Written.ContainsKey(node.Source) && definition.Inputs.All(declared => declared.Name != input))
            {
                yield return new Finding("UNKNOWN_INPUT", FindingLevel.Warning, node.Id, $"Trường “{descriptor.DisplayName}” dùng đầu vào “{input}” mà quy trình không khai báo.");
            }

            if (Reference(node, descriptor.Name, ExpressionKinds.Variable) is { } reference && !InScope(node, reference.GetText("id"), reference.GetText("name")))
            {
                yield return new Finding("UNKNOWN_VARIABLE", FindingLevel.Error, node.Id, $"Trường “{descriptor.DisplayName}” dùng biến “{reference.GetText("name")}” không có trong phạm vi.");
            }
        }
    }

    private static IEnumerable<Finding> CheckScript(string script, string field, ActivityNode node, WorkflowDefinition definition)
    {
        if (ScriptContext.CheckSyntax(script) is { } problem)
        {
            yield return new Finding("SCRIPT_SYNTAX", FindingLevel.Error, node.Id, $"Biểu thức của trường “{field}” sai cú pháp: {problem}");
            yield break;
        }

        foreach (Match use in VariableUse().Matches(script))
        {
            var name = use.Groups["name"].Value;
            if (!InScope(node, null, name) && definition.Inputs.All(input => input.Name != name))
            {
                yield return new Finding("UNKNOWN_VARIABLE", FindingLevel.Error, node.Id, $"Biểu thức của trường “{field}” dùng biến “{name}” không có trong phạm vi.");
            }
        }
    }

    /// <summary>A script is either what computes the value or, in a code editor, the value itself.</summary>
    private static string? ScriptOf(InputDescriptor descriptor, InputValue? value) =>
        value?.Script ?? (descriptor.UiHint == UiHints.CodeEditor ? value?.Constant?.ToString() : null);

    private static JsonObject? Reference(ActivityNode node, string input, string kind)
    {
        var expression = (node.Source.Get(input) as JsonObject)?.GetObject("expression");
        return expression?.GetText("type") == kind ? InputReader.Parsed(expression.Get("value")) ?? [] : null;
    }

    private static bool InScope(ActivityNode node, string? id, string? name)
    {
        for (var scope = node; scope is not null; scope = scope.Parent)
        {
            if (scope.Variables.Any(variable => variable.Id == id || variable.Name == name)
                || (name is "CurrentValue" or "CurrentIndex" or "ChildOutput" && scope.Activity.Descriptor.Ports.Any(port => port.Type == "Embedded")))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""\bvariables\.(?<name>[\p{L}_$][\p{L}\p{Nd}_$]*)|\b[gs]etVariable\(\s*(?<q>['"])(?<name>[^'"]+)\k<q>\s*[,)]""")]
    private static partial Regex VariableUse();
}
