using PublicService.Designer.Drawings;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>What a later version says that an earlier one does not, as the engine tells it.</summary>
public sealed record ComparedVersions(VersionSummary From, VersionSummary To, bool IsSame, Difference Difference, Drawing Drawing)
{
    /// <summary>Steps and arrows in the colours of what happened to them.</summary>
    public Marks Marks => Difference.Marks;
}

/// <summary>A value before and after; null where there is none.</summary>
public sealed record FieldChange(string Field, string? From, string? To);

/// <summary>A step by its names.</summary>
public sealed record NamedStep(string Id, string Name, string KindName);

/// <summary>A step that says something else now.</summary>
public sealed record ChangedStep(string Id, string Name, string KindName, string? FormerName, IReadOnlyList<FieldChange> Fields);

/// <summary>An arrow by the steps it joins.</summary>
public sealed record NamedArrow(string From, string FromName, string Port, string? Caption, string To, string ToName)
{
    /// <summary>One line for people.</summary>
    public string Line => $"{FromName} → {ToName}{(Caption is null ? "" : $" (kết quả “{Caption}”)")}";
}

/// <summary>All differences.</summary>
public sealed record Difference(
    IReadOnlyList<NamedStep> Added,
    IReadOnlyList<NamedStep> Removed,
    IReadOnlyList<ChangedStep> Changed,
    IReadOnlyList<NamedStep> Moved,
    IReadOnlyList<NamedArrow> AddedArrows,
    IReadOnlyList<NamedArrow> RemovedArrows,
    IReadOnlyList<NamedArrow> Redrawn,
    IReadOnlyList<FieldChange> Workflow)
{
    internal Marks Marks
    {
        get
        {
            var steps = new Dictionary<string, StepMark>();
            AddAll(steps, Moved, new("moved", "Đổi vị trí"));
            AddAll(steps, Removed, new("removed", "Bỏ"));
            AddAll(steps, Added, new("added", "Mới"));
            foreach (var step in Changed)
            {
                var told = step.Fields.Select(change => $"{change.Field}: {change.From ?? "(trống)"} → {change.To ?? "(trống)"}");
                steps[step.Id] = new("changed", step.FormerName is null ? $"Sửa {step.Fields.Count}" : "Đổi tên", null, string.Join('\n', told.Prepend(step.FormerName is null ? null : $"Tên cũ: {step.FormerName}").OfType<string>()));
            }

            var (added, removed) = (Keys(AddedArrows), Keys(RemovedArrows));
            return new(steps) { Arrow = arrow => added.Contains(KeyOf(arrow)) ? "added" : removed.Contains(KeyOf(arrow)) ? "removed" : null };
        }
    }

    private static void AddAll(Dictionary<string, StepMark> steps, IReadOnlyList<NamedStep> named, StepMark mark)
    {
        foreach (var step in named)
        {
            steps[step.Id] = mark;
        }
    }

    private static HashSet<(string, string, string)> Keys(IReadOnlyList<NamedArrow> arrows) => [.. arrows.Select(arrow => (arrow.From, arrow.Port, arrow.To))];

    private static (string, string, string) KeyOf(DrawnArrow arrow) => (arrow.From, arrow.Port, arrow.To);
}
