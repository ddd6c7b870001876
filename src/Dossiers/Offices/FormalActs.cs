namespace PublicService.Dossiers;

/// <summary>
/// The acts that are rights of their own beside a role (phê duyệt, ký, cấp số – phát hành, giao trả): who may do one of them may not
/// therefore do another. Ordinary processing is none of them.
/// </summary>
[Flags]
public enum FormalActs
{
    None = 0,

    /// <summary>Phê duyệt: a leader decides on what was drafted.</summary>
    Approve = 1,

    /// <summary>Ký.</summary>
    Sign = 2,

    /// <summary>Cấp số, đóng dấu, phát hành.</summary>
    NumberAndRelease = 4,

    /// <summary>Giao kết quả cho công dân.</summary>
    HandOver = 8,
}

/// <summary>Words and sets of formal acts.</summary>
public static class FormalActWords
{
    /// <summary>The four acts, one by one.</summary>
    public static IReadOnlyList<FormalActs> All { get; } = [FormalActs.Approve, FormalActs.Sign, FormalActs.NumberAndRelease, FormalActs.HandOver];

    /// <summary>The Vietnamese names, joined by commas.</summary>
    public static string Word(this FormalActs acts) => string.Join(", ", All.Where(act => acts.HasFlag(act)).Select(act => act switch
    {
        FormalActs.Approve => "phê duyệt",
        FormalActs.Sign => "ký",
        FormalActs.NumberAndRelease => "cấp số, phát hành",
        _ => "giao kết quả",
    }));

    /// <summary>The acts of a set one by one; null for no limit.</summary>
    public static IReadOnlyList<FormalActs>? Split(this FormalActs? acts) => acts is { } set ? [.. All.Where(act => set.HasFlag(act))] : null;

    /// <summary>A set of acts from its parts; null, or an empty list, is no limit.</summary>
    public static FormalActs? Join(IReadOnlyList<FormalActs>? acts) =>
        acts is null or [] ? null : acts.Aggregate(FormalActs.None, (set, act) => set | act);

    /// <summary>Whether a right limited to <paramref name="only"/> (null: not limited) is enough for a piece of work.</summary>
    /// <param name="act">The formal act the work is; none or null for ordinary work, for which a limited right is never enough.</param>
    public static bool Covers(this FormalActs? only, FormalActs? act) =>
        only is not { } limit || (act is { } asked and not FormalActs.None && limit.HasFlag(asked));
}
