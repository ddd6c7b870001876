namespace PublicService.Designer.Drawings;

/// <summary>A definition as the engine draws it (<c>GET /api/v1/definitions/{id}/drawing</c>): one chart for each container.</summary>
public sealed record Drawing(IReadOnlyList<Chart> Charts)
{
    /// <summary>All steps by id.</summary>
    public IReadOnlyDictionary<string, DrawnStep> Steps { get; } = Charts.SelectMany(chart => chart.Steps).DistinctBy(step => step.Id).ToDictionary(step => step.Id);
}

/// <summary>One flowchart or sequence.</summary>
public sealed record Chart(string Id, string Name, IReadOnlyList<DrawnStep> Steps, IReadOnlyList<DrawnArrow> Arrows);

/// <summary>A step with its place in pixels, from the upper left corner.</summary>
public sealed record DrawnStep(string Id, string Name, string Kind, string KindName, double X, double Y, double Width, double Height);

/// <summary>An arrow; <paramref name="Caption"/> is null when the step has one way out.</summary>
public sealed record DrawnArrow(string From, string Port, string? Caption, string To, IReadOnlyList<Corner> Corners);

/// <summary>A point of the canvas.</summary>
public readonly record struct Corner(double X, double Y);

/// <summary>How a page shows one step.</summary>
/// <param name="Class">CSS class of the step, e.g. <c>added</c>.</param>
/// <param name="Badge">A word or number on its upper edge.</param>
/// <param name="Note">A line under its name.</param>
/// <param name="Tooltip">What the pointer is told beside name and kind.</param>
public sealed record StepMark(string Class, string? Badge = null, string? Note = null, string? Tooltip = null);

/// <summary>Marks of a drawing by step id, and classes of arrows.</summary>
public sealed record Marks(IReadOnlyDictionary<string, StepMark> Steps)
{
    /// <summary>CSS class of an arrow; null for an ordinary one.</summary>
    public Func<DrawnArrow, string?> Arrow { get; init; } = _ => null;
}
