using PublicService.Designer.Drawings;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>Numbers of the steps of a version over a period, as the engine counts them.</summary>
public sealed record Heat(VersionSummary Version, DateOnly From, DateOnly To, int Dossiers, int Counted, int Limit, IReadOnlyList<StepHeat> Steps, Drawing Drawing);

/// <summary>What happened at one step; minutes are working minutes, shares 0 to 1.</summary>
public sealed record StepHeat(
    string Id,
    string Name,
    string KindName,
    int Passes,
    int Completed,
    int Waiting,
    int? MedianMinutes,
    int? P90Minutes,
    double? SupplementShare,
    int Limited,
    double? OverdueShare);

/// <summary>A number the map can be coloured by.</summary>
/// <param name="Code">In the address of the page.</param>
/// <param name="Value">Null when there is nothing to measure.</param>
/// <param name="Show">The value in words.</param>
public sealed record Measure(string Code, string Word, Func<StepHeat, double?> Value, Func<StepHeat, string?> Show)
{
    /// <summary>The deepest colour.</summary>
    public const int Hottest = 5;

    /// <summary>All, the usual one first.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        new("p90", "Thời gian 9/10 lượt (p90)", step => step.P90Minutes, step => Minutes(step.P90Minutes)),
        new("trung-vi", "Thời gian trung vị", step => step.MedianMinutes, step => Minutes(step.MedianMinutes)),
        new("luot", "Số lượt", step => step.Passes, step => VietnamText.Number(step.Passes)),
        new("dang-cho", "Đang chờ", step => step.Waiting, step => VietnamText.Number(step.Waiting)),
        new("bo-sung", "Yêu cầu bổ sung", step => step.SupplementShare, step => Share(step.SupplementShare)),
        new("qua-han", "Quá hạn bước", step => step.OverdueShare, step => Share(step.OverdueShare)),
    ];

    /// <summary>Colour of a step, 0 to <see cref="Hottest"/>, against the highest value of the map.</summary>
    public int HeatOf(StepHeat step, double highest) =>
        Value(step) is { } value && value > 0 && highest > 0 ? Math.Clamp((int)Math.Ceiling(value / highest * Hottest), 1, Hottest) : 0;

    private static string? Minutes(int? minutes) => minutes is { } some ? VietnamText.Minutes(some) : null;

    private static string? Share(double? share) => share is { } some ? VietnamText.Share(some) : null;
}
