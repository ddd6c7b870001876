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

    /// <summary>Counted against the office.</summary>
    public static bool IsLate(this Band band) => band is Band.Overdue or Band.FinishedLate;
}
