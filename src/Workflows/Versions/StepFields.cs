using System.Text.Json.Nodes;
using PublicService.Workflows.Drawings;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Versions;

/// <summary>What is set at a step, field by field, with the names of its descriptor.</summary>
internal static class StepFields
{
    /// <summary>Compared elsewhere, or of no meaning to a run: ids, what is inside, and the drawing.</summary>
    private static readonly HashSet<string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
        { "id", "nodeId", "name", "activities", "connections", "metadata", "customProperties", "variables" };

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["type"] = "Loại bước",
        ["version"] = "Phiên bản của loại bước",
        ["start"] = "Bước bắt đầu",
        ["canStartWorkflow"] = "Khởi động quy trình",
        ["runAsynchronously"] = "Chạy nền",
        ["mergeMode"] = "Cách gộp nhánh",
        ["commitStrategyName"] = "Cách ghi",
        ["description"] = "Mô tả",
        ["showDescription"] = "Hiện mô tả",
    };

    public static IReadOnlyList<FieldChange> Compare(ActivityNode before, ActivityNode after)
    {
        var changes = new List<FieldChange>();
        foreach (var name in KeysOf(before.Source, after.Source).Where(name => !Elsewhere.Contains(name) && !IsSlot(before, name) && !IsSlot(after, name)))
        {
            Add(changes, NameOf(before, after, name), Value(before, name), Value(after, name));
        }

        foreach (var group in (string[])["customProperties", "metadata"])
        {
            var (old, now) = (before.Source.GetObject(group) ?? [], after.Source.GetObject(group) ?? []);
            foreach (var name in KeysOf(old, now).Where(name => name is not ("displayText" or "designer" or "notFoundConnections")))
            {
                Add(changes, Names.GetValueOrDefault(name, name), (old.Get(name), null), (now.Get(name), null));
            }
        }

        // The name is what scripts call it; the caption is told as a renaming.
        Add(changes, "Tên trong biểu thức", (before.Name, null), (after.Name, null));
        Add(changes, "Nằm trong", (ParentOf(before), null), (ParentOf(after), null));
        changes.AddRange(WorkflowFields.Entries("Biến", before.Source.GetArray("variables"), after.Source.GetArray("variables"), "id"));
        return changes;
    }

    private static void Add(List<FieldChange> changes, string field, (JsonNode? Json, JsonObject? Choices) from, (JsonNode? Json, JsonObject? Choices) to)
    {
        if (ValueText.Difference(field, from.Json, to.Json, from.Choices, to.Choices) is { } change)
        {
            changes.Add(change);
        }
    }

    internal static IEnumerable<string> KeysOf(JsonObject before, JsonObject after) =>
        before.Select(pair => pair.Key).Concat(after.Select(pair => pair.Key)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static bool IsSlot(ActivityNode node, string name) =>
        node.Activity.Descriptor.Ports.Any(port => port.Type == "Embedded" && port.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static (JsonNode? Json, JsonObject? Choices) Value(ActivityNode node, string name) =>
        (node.Source.Get(name), node.Activity.Descriptor.Inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.UiSpecifications);

    private static string NameOf(ActivityNode before, ActivityNode after, string name) =>
        Labels(after).Concat(Labels(before)).Where(label => label.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(label => Words.OfField(label.Shown)).FirstOrDefault()
        ?? Names.GetValueOrDefault(name, name);

    private static IEnumerable<(string Name, string Shown)> Labels(ActivityNode node) => node.Activity.Descriptor.Inputs.Select(input => (input.Name, input.DisplayName))
        .Concat(node.Activity.Descriptor.Outputs.Select(output => (output.Name, output.DisplayName)));

    /// <summary>Of the outermost container there is only one.</summary>
    private static string? ParentOf(ActivityNode node) => node.Parent is { Parent.Parent: not null } parent ? parent.Caption : null;
}
