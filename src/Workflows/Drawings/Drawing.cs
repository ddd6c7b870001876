using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Drawings;

/// <summary>A definition as a picture: where its author put the steps and how the arrows run. One chart for each container, the outermost first.</summary>
public sealed record Drawing(IReadOnlyList<Chart> Charts)
{
    /// <summary>The picture of a definition.</summary>
    public static Drawing Of(WorkflowDefinition definition) => new([.. ContainersOf(definition).Select(container => ChartOf(container, definition))]);

    /// <summary>
    /// Two versions in one picture: everything of the later one where it stands, and what is gone where it stood, moved down where
    /// something else stands there now.
    /// </summary>
    public static Drawing Of(WorkflowDefinition before, WorkflowDefinition after)
    {
        var (old, now) = (Of(before).Charts, Of(after).Charts);
        return new(
        [
            .. now.Select(chart => old.FirstOrDefault(same => same.Id == chart.Id || (same == old[0] && chart == now[0])) is { } same ? Both(same, chart) : chart),
            .. old.Skip(1).Where(chart => now.All(same => same.Id != chart.Id)),
        ]);
    }

    private static IEnumerable<ActivityNode> ContainersOf(WorkflowDefinition definition)
    {
        var root = definition.Workflow.Port("Root");
        return definition.Written.Values.Where(node => node == root || node.Activities.Count > 0).OrderBy(node => node == root ? 0 : 1).DistinctBy(node => node.Id);
    }

    private static Chart ChartOf(ActivityNode container, WorkflowDefinition definition)
    {
        var nodes = container.Activity.Descriptor.IsContainer ? container.Activities.DistinctBy(node => node.Id).ToList() : [container];
        var isSequence = container.Connections.Count == 0 && container.Activity is BuiltIn.Composition.Sequence;
        var arrows = isSequence
            ? nodes.Zip(nodes.Skip(1), (one, next) => new DrawnArrow(one.Id, Catalog.ActivityDescriptor.DefaultOutcome, null, next.Id, []))
            : container.Connections.Select(arrow => new DrawnArrow(arrow.Source.Id, arrow.Port, CaptionOf(arrow), arrow.Target.Id, CornersOf(container, arrow)));
        var name = container.Parent is null || container.Parent == definition.Workflow ? definition.Name : container.Caption;
        return new(container.Id, name, Layout.Place(nodes, container.Connections), [.. arrows]);
    }

    private static Chart Both(Chart before, Chart after)
    {
        var steps = after.Steps.ToList();
        foreach (var gone in before.Steps.Where(step => after.Steps.All(kept => kept.Id != step.Id)))
        {
            var free = gone;
            while (steps.Find(free.Meets) is { } other)
            {
                free = free with { Y = other.Y + other.Height + Layout.Gap };
            }

            steps.Add(free);
        }

        return after with { Steps = steps, Arrows = [.. after.Arrows, .. before.Arrows.Where(arrow => after.Arrows.All(kept => kept.Key != arrow.Key))] };
    }

    /// <summary>The only way out of a step needs no word.</summary>
    private static string? CaptionOf(Connection arrow) =>
        arrow.Port == Catalog.ActivityDescriptor.DefaultOutcome ? null : Words.OfPort(arrow.Source, arrow.Port);

    private static IReadOnlyList<Corner> CornersOf(ActivityNode container, Connection arrow)
    {
        var source = container.Source.GetArray("connections").OfType<JsonObject>().Select(ConnectionReader.Straight).FirstOrDefault(one =>
            one.GetObject("source")?.GetText("activity") == arrow.Source.Id
            && (one.GetObject("source")?.GetFilledText("port") ?? Catalog.ActivityDescriptor.DefaultOutcome) == arrow.Port
            && one.GetObject("target")?.GetText("activity") == arrow.Target.Id);
        return [.. (source?.GetArray("vertices") ?? []).OfType<JsonObject>().Select(corner => new Corner(Layout.Number(corner, "x") ?? 0, Layout.Number(corner, "y") ?? 0))];
    }
}

/// <summary>One flowchart or sequence.</summary>
/// <param name="Id">Activity id of the container.</param>
public sealed record Chart(string Id, string Name, IReadOnlyList<DrawnStep> Steps, IReadOnlyList<DrawnArrow> Arrows);

/// <summary>A step with its place in pixels of the canvas, from its upper left corner.</summary>
/// <param name="Name">What the author calls it.</param>
/// <param name="Kind">Type of activity, e.g. <c>PublicService.Intake</c>.</param>
/// <param name="KindName">The same for people.</param>
public sealed record DrawnStep(string Id, string Name, string Kind, string KindName, double X, double Y, double Width, double Height)
{
    internal bool Meets(DrawnStep other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
}

/// <summary>An arrow between two steps.</summary>
/// <param name="Caption">The outcome it is followed on; null when the step has only one.</param>
/// <param name="Corners">Bend points of the author's.</param>
public sealed record DrawnArrow(string From, string Port, string? Caption, string To, IReadOnlyList<Corner> Corners)
{
    internal string Key => string.Create(CultureInfo.InvariantCulture, $"{From}\n{Port}\n{To}");
}

/// <summary>A point of the canvas.</summary>
public readonly record struct Corner(double X, double Y);
