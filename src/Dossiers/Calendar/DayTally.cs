namespace PublicService.Dossiers;

/// <summary>
/// Adds up a quantity per day (working time, or working days) since 0001-01-01, which was a Monday: whole weeks by multiplication,
/// special days by a running sum of their differences. No operation walks over days.
/// </summary>
internal sealed class DayTally
{
    private readonly long[] beforeWeekday = new long[8];
    private readonly int[] specialDays;
    private readonly long[] corrections;

    /// <param name="weekly">The quantity of an ordinary weekday.</param>
    /// <param name="special">Days that differ, in order, with their own quantity.</param>
    public DayTally(Func<DayOfWeek, long> weekly, IReadOnlyList<(int Day, long Quantity)> special)
    {
        for (var day = 0; day < 7; day++)
        {
            beforeWeekday[day + 1] = beforeWeekday[day] + weekly(WeekdayOf(day));
        }

        specialDays = [.. special.Select(day => day.Day)];
        corrections = new long[special.Count + 1];
        for (var i = 0; i < special.Count; i++)
        {
            corrections[i + 1] = corrections[i] + special[i].Quantity - weekly(WeekdayOf(special[i].Day));
        }
    }

    /// <summary>The sum of all days before <paramref name="day"/> (a <see cref="DateOnly.DayNumber"/>).</summary>
    public long Before(int day)
    {
        var found = Array.BinarySearch(specialDays, day);
        return (day / 7 * beforeWeekday[7]) + beforeWeekday[day % 7] + corrections[found < 0 ? ~found : found];
    }

    /// <summary>The day by whose end the sum has reached <paramref name="total"/>, looked for near <paramref name="from"/> first.</summary>
    public int DayReaching(long total, int from)
    {
        var (low, step) = (Before(from) >= total ? 0 : from, 7);
        while (low + step <= DateOnly.MaxValue.DayNumber && Before(low + step) < total)
        {
            low += step;
            step *= 2;
        }

        var high = Math.Min(low + step, DateOnly.MaxValue.DayNumber);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Before(middle + 1) >= total ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static DayOfWeek WeekdayOf(int day) => (DayOfWeek)((day + 1) % 7);
}
