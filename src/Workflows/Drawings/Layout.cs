using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Drawings;

/// <summary>Where steps stand: as the author put them, else in columns by how far they are from the start.</summary>
internal static class Layout
{
    /// <summary>Room between two steps, pixels.</summary>
    public const double Gap = 24;

    private const double Width = 230;

    private const double Height = 54;

    private const double Column = 448;

    private const double Row = 120;

    public static IReadOnlyList<DrawnStep> Place(IReadOnlyList<ActivityNode> nodes, IReadOnlyList<Connection> arrows)
    {
        var drawn = nodes.Select(Written).ToList();
        return drawn.TrueForAll(step => step is not null) && (drawn.Count < 2 || drawn.DistinctBy(step => (step!.X, step.Y)).Count() > 1)
            ? [.. drawn.OfType<DrawnStep>()]
            : InColumns(nodes, arrows);
    }

    public static double? Number(JsonObject? json, string name) =>
        double.TryParse(json?.GetText(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static DrawnStep? Written(ActivityNode node)
    {
        var designer = node.Source.GetObject("metadata")?.GetObject("designer");
        var (position, size) = (designer?.GetObject("position"), designer?.GetObject("size"));
        return Number(position, "x") is { } x && Number(position, "y") is { } y
            ? Step(node, x, y, Positive(Number(size, "width"), Width), Positive(Number(size, "height"), Height))
            : null;
    }

    private static double Positive(double? number, double otherwise) => number > 0 ? number.Value : otherwise;

    private static IReadOnlyList<DrawnStep> InColumns(IReadOnlyList<ActivityNode> nodes, IReadOnlyList<Connection> arrows)
    {
        var columns = new Dictionary<string, int>();
        // A step nothing leads to begins a path of its own; a circle without entrance begins anywhere.
        foreach (var entry in nodes.Where(node => arrows.All(arrow => arrow.Target != node)).Concat(nodes))
        {
            var open = new Queue<(ActivityNode Node, int Column)>([(entry, 0)]);
            while (open.TryDequeue(out var next))
            {
                if (columns.TryAdd(next.Node.Id, next.Column))
                {
                    foreach (var arrow in arrows.Where(arrow => arrow.Source == next.Node))
                    {
                        open.Enqueue((arrow.Target, next.Column + 1));
                    }
                }
            }
        }

        var rows = new Dictionary<int, int>();
        return [.. nodes.Select(node =>
        {
            var column = columns[node.Id];
            var row = rows[column] = rows.GetValueOrDefault(column, -1) + 1;
            return Step(node, column * Column, row * Row, Width, Height);
        })];
    }

    private static DrawnStep Step(ActivityNode node, double x, double y, double width, double height) =>
        new(node.Id, node.Caption, KindOf(node), Words.OfKind(node), x, y, width, height);

    /// <summary>A type nobody knows keeps its own name.</summary>
    private static string KindOf(ActivityNode node) => node.Source.GetFilledText("type") ?? node.Type;
}
