namespace PublicService.Dossiers;

/// <summary>
/// Instants are stored in UTC; dates and office hours are read in Asia/Ho_Chi_Minh.
/// The offset is a constant: the country keeps UTC+7 the whole year (domain data, holidays.json), and a constant needs no tz database.
/// </summary>
public static class VietnamTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>The same instant as a clock on the office wall shows it.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The calendar date of the instant in Viet Nam.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The instant (UTC) at which an office wall shows this date and clock time.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly clock) =>
        new DateTimeOffset(date.ToDateTime(clock), Offset).ToUniversalTime();
}
