namespace PublicService.Dossiers;

/// <summary>What a clock did in one stretch of time.</summary>
public enum SegmentKind
{
    Running = 1,
    Paused = 2,
}

/// <summary>One stretch of the why-timeline. Segments follow one another without gaps from reception to the end, or to now.</summary>
/// <param name="Because">The act that opened the stretch.</param>
/// <param name="WorkingMinutes">Working time inside the stretch.</param>
public sealed record ClockSegment(
    DateTimeOffset From,
    DateTimeOffset To,
    SegmentKind Kind,
    LedgerAct Because,
    string? Reason,
    string? Article,
    int WorkingMinutes);

/// <summary>A clock as it stands at one instant. Minutes are whole working minutes.</summary>
/// <param name="StartedAt">First working instant from reception on (D3); null before reception.</param>
/// <param name="DueAt">The promise with all paused time so far added; null without appointment.</param>
/// <param name="EndedAt">What counts as the finish (D9); null while open.</param>
/// <param name="RemainingMinutes">Until <paramref name="DueAt"/>, negative when late; stands still while paused.</param>
public sealed record ClockReading(
    DateTimeOffset? StartedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? EndedAt,
    int UsedMinutes,
    int PausedMinutes,
    int? RemainingMinutes,
    bool IsPaused,
    Band Band,
    IReadOnlyList<ClockSegment> Segments);
