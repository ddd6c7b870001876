using PublicService.Dossiers;

namespace PublicService.Engine.ServiceIndex;

/// <summary>A month, quarter or year of the calendar in Viet Nam.</summary>
public enum IndexSpan
{
    Month,
    Quarter,
    Year,
}

/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="At">When unfinished dossiers are judged: the end of the period, or now while it runs.</param>
internal sealed record IndexPeriod(DateOnly From, DateOnly To, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset At)
{
    public static IndexPeriod Of(IndexSpan span, DateOnly day, DateTimeOffset now)
    {
        var (from, months) = span switch
        {
            IndexSpan.Month => (new DateOnly(day.Year, day.Month, 1), 1),
            IndexSpan.Quarter => (new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1), 3),
            IndexSpan.Year => (new DateOnly(day.Year, 1, 1), 12),
        };
        var next = from.AddMonths(months);
        var end = VietnamTime.At(next, TimeOnly.MinValue);
        return new(from, next.AddDays(-1), VietnamTime.At(from, TimeOnly.MinValue), end, now < end ? now : end);
    }
}
