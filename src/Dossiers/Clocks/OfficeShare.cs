namespace PublicService.Dossiers;

/// <summary>What an office had to do with a dossier in one stay.</summary>
public enum StayKind
{
    /// <summary>Tiếp nhận.</summary>
    Reception = 1,

    /// <summary>Bàn giao: papers on their way from the place of reception to the competent office (D5).</summary>
    HandOver = 2,

    /// <summary>Thụ lý, thẩm định.</summary>
    Processing = 3,

    /// <summary>Phối hợp: an office that was asked for its part, by consultation or transfer.</summary>
    Coordination = 4,

    /// <summary>Duyệt, ký.</summary>
    Approval = 5,

    /// <summary>Cấp số, phát hành.</summary>
    Release = 6,

    /// <summary>Trả kết quả; lies after the finish and outside the limit.</summary>
    Return = 7,
}

/// <summary>One piece of work that lay at one office, read from the ledger.</summary>
/// <param name="To">Null while it still lies there.</param>
/// <param name="DueAt">The limit of the step; null when it had none.</param>
public sealed record OfficeStay(string OfficeId, StayKind Kind, string Title, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset? DueAt)
{
    internal bool Covers(DateTimeOffset instant) => From <= instant && (To is null || instant < To);
}

/// <summary>What one office used of the time of a dossier. Minutes are whole working minutes of the calendar pinned at reception.</summary>
/// <param name="UsedMinutes">Its part of the legal clock. Where several offices had work at the same time each gets an equal part, so the parts of all add up.</param>
/// <param name="PausedMinutes">The same of the time that does not count (D7).</param>
/// <param name="OverMinutes">The part of <paramref name="UsedMinutes"/> after the limit of its own step.</param>
/// <param name="LateMinutes">The part of <paramref name="UsedMinutes"/> after the promise to the citizen.</param>
/// <param name="BlamedMinutes">Its part of the lateness of the whole dossier; the parts of all add up.</param>
/// <param name="HasItNow">Work waits there at this instant.</param>
public sealed record OfficeShare(
    string OfficeId,
    IReadOnlyList<StayKind> Kinds,
    int UsedMinutes,
    int PausedMinutes,
    int OverMinutes,
    int LateMinutes,
    int BlamedMinutes,
    bool HasItNow);

/// <summary>How the hand-over from the place of reception to the competent office stands (D5).</summary>
/// <param name="DoneAt">Null while nobody has recorded it.</param>
public sealed record HandOverReading(string FromOfficeId, string ToOfficeId, DateTimeOffset DueAt, DateTimeOffset? DoneAt, bool IsLate);

/// <summary>A dossier's time by office.</summary>
/// <param name="UsedMinutes">As the legal clock says; the sum of the shares.</param>
/// <param name="LateMinutes">Working time by which the promise is broken; 0 while it is kept.</param>
/// <param name="HandOver">Null when one office receives and decides.</param>
public sealed record OfficeSharesReading(
    IReadOnlyList<OfficeShare> Shares,
    IReadOnlyList<OfficeStay> Stays,
    HandOverReading? HandOver,
    int UsedMinutes,
    int LateMinutes);
