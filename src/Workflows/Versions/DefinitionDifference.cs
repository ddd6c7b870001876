using System.Text.Json.Nodes;
using PublicService.Workflows.Drawings;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Versions;

/// <summary>One value that is another in the later version; null where there is none. Names are those the author sees.</summary>
public sealed record FieldChange(string Field, string? From, string? To);

/// <summary>A step by what its author calls it.</summary>
public sealed record NamedStep(string Id, string Name, string KindName);

/// <summary>A step that is in both versions and says something else.</summary>
/// <param name="FormerName">What it was called before; null when it was not renamed.</param>
public sealed record ChangedStep(string Id, string Name, string KindName, string? FormerName, IReadOnlyList<FieldChange> Fields);

/// <summary>An arrow by the steps it joins.</summary>
/// <param name="Caption">The outcome; null when the step has one way out.</param>
public sealed record NamedArrow(string From, string FromName, string Port, string? Caption, string To, string ToName);

/// <summary>
/// What a later version says that an earlier one does not. Steps are the same when their ids are; where a step stands in the drawing
/// and how an arrow bends is told apart, because it changes nothing for a dossier.
/// </summary>
/// <param name="Moved">Steps of which only the place in the drawing is another.</param>
/// <param name="Redrawn">Arrows of which only the bends are others.</param>
/// <param name="Workflow">Name, description, variables, inputs, outputs and options of the definition itself.</param>
public sealed record DefinitionDifference(
    IReadOnlyList<NamedStep> Added,
    IReadOnlyList<NamedStep> Removed,
    IReadOnlyList<ChangedStep> Changed,
    IReadOnlyList<NamedStep> Moved,
    IReadOnlyList<NamedArrow> AddedArrows,
    IReadOnlyList<NamedArrow> RemovedArrows,
    IReadOnlyList<NamedArrow> Redrawn,
    IReadOnlyList<FieldChange> Workflow)
{
    /// <summary>Nothing is different, or the drawing alone.</summary>
    public bool IsSame => Added.Count + Removed.Count + Changed.Count + AddedArrows.Count + RemovedArrows.Count + Workflow.Count == 0;

    /// <summary>Compares two versions, which need not be of one definition.</summary>
    public static DefinitionDifference Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        var (old, now) = (StepsOf(before), StepsOf(after));
        var both = now.Where(step => old.ContainsKey(step.Key)).Select(step => (Before: old[step.Key], After: step.Value)).ToList();
        var changed = both.Select(pair => Compare(pair.Before, pair.After)).OfType<ChangedStep>().ToList();
        var (oldArrows, nowArrows) = (ArrowsOf(before), ArrowsOf(after));
        return new(
            [.. now.Where(step => !old.ContainsKey(step.Key)).Select(step => Named(step.Value))],
            [.. old.Where(step => !now.ContainsKey(step.Key)).Select(step => Named(step.Value))],
            changed,
            [.. both.Where(pair => HasMoved(pair.Before, pair.After) && changed.TrueForAll(step => step.Id != pair.After.Id)).Select(pair => Named(pair.After))],
            [.. nowArrows.Where(arrow => !oldArrows.ContainsKey(arrow.Key)).Select(arrow => arrow.Value.Arrow)],
            [.. oldArrows.Where(arrow => !nowArrows.ContainsKey(arrow.Key)).Select(arrow => arrow.Value.Arrow)],
            [.. nowArrows.Where(arrow => oldArrows.TryGetValue(arrow.Key, out var same) && same.Bends != arrow.Value.Bends).Select(arrow => arrow.Value.Arrow)],
            WorkflowFields.Compare(before, after));
    }

    /// <summary>Steps of the file, those inside others too; steps of workflows used as activities belong to those.</summary>
    private static Dictionary<string, ActivityNode> StepsOf(WorkflowDefinition definition) =>
        definition.Written.Values.DistinctBy(KeyOf).ToDictionary(KeyOf);

    /// <summary>The outermost flowchart is the same one whatever it is called.</summary>
    private static string KeyOf(ActivityNode node) => node is { Parent.Parent: null, Activity.Descriptor.IsContainer: true } ? "" : node.Id;

    private static ChangedStep? Compare(ActivityNode before, ActivityNode after)
    {
        var fields = StepFields.Compare(before, after);
        var isRenamed = before.Caption != after.Caption;
        return fields.Count == 0 && !isRenamed ? null : new(after.Id, after.Caption, Words.OfKind(after), isRenamed ? before.Caption : null, fields);
    }

    private static bool HasMoved(ActivityNode before, ActivityNode after) =>
        !JsonNode.DeepEquals(ValueText.Kept(PlaceOf(before)), ValueText.Kept(PlaceOf(after)));

    private static JsonNode? PlaceOf(ActivityNode node) => node.Source.GetObject("metadata")?.GetObject("designer")?.Get("position");

    private static NamedStep Named(ActivityNode node) => new(node.Id, node.Caption, Words.OfKind(node));

    private static Dictionary<(string, string, string), (NamedArrow Arrow, string Bends)> ArrowsOf(WorkflowDefinition definition) => Drawing.Of(definition).Charts
        .SelectMany(chart => chart.Arrows.Select(arrow => (Arrow: arrow, Names: chart.Steps.DistinctBy(step => step.Id).ToDictionary(step => step.Id, step => step.Name))))
        .DistinctBy(one => (one.Arrow.From, one.Arrow.Port, one.Arrow.To))
        .ToDictionary(
            one => (one.Arrow.From, one.Arrow.Port, one.Arrow.To),
            one => (
                new NamedArrow(one.Arrow.From, one.Names[one.Arrow.From], one.Arrow.Port, one.Arrow.Caption, one.Arrow.To, one.Names[one.Arrow.To]),
                string.Join(' ', one.Arrow.Corners)));
}
