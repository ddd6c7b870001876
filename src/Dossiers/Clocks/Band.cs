namespace PublicService.Dossiers;

/// <summary>How a dossier stands against its promise (D10).</summary>
public enum Band
{
    /// <summary>Not received yet, or never.</summary>
    NotStarted = 0,

    /// <summary>The procedure has no appointment date (D13).</summary>
    NoPromise = 1,
    InTime = 2,
    DueSoon = 3,
    Overdue = 4,

    /// <summary>Finished on a day before the promised one.</summary>
    FinishedEarly = 5,

    /// <summary>Finished on the promised day, not after the promised time.</summary>
    FinishedOnTime = 6,
    FinishedLate = 7,
}

public static class Bands
{
    /// <summary>The officers' word for the band.</summary>
    public static string Word(this Band band) => band switch
    {
        Band.NotStarted => "Chưa tính hạn",
        Band.NoPromise => "Không hẹn ngày trả",
        Band.InTime => "Còn hạn",
        Band.DueSoon => "Sắp đến hạn",
        Band.Overdue => "Quá hạn",
        Band.FinishedEarly => "Trước hạn",
        Band.FinishedOnTime => "Đúng hạn",
        Band.FinishedLate => "Quá hạn",
    };

    /// <summary>The band of an open promise. A clock that stands still is judged when it stopped: time that does not count makes nobody late.</summary>
    /// <param name="due">The promise as of the last resume.</param>
    /// <param name="soonAt">From when on it is near.</param>
    /// <param name="at">Now, or when the clock was paused.</param>
    public static Band OfOpen(DateTimeOffset due, DateTimeOffset soonAt, DateTimeOffset at) =>
        at > due ? Band.Overdue : at >= soonAt ? Band.DueSoon : Band.InTime;

    /// <summary>Early is decided by the date in Viet Nam, late to the minute (D10 has no formula).</summary>
    public static Band OfFinished(DateTimeOffset due, DateTimeOffset end) =>
        end > due ? Band.FinishedLate : VietnamTime.DateOf(end) < VietnamTime.DateOf(due) ? Band.FinishedEarly : Band.FinishedOnTime;

    /// <summary>Counted against the office.</summary>
    public static bool IsLate(this Band band) => band is Band.Overdue or Band.FinishedLate;
}
