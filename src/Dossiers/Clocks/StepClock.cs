namespace PublicService.Dossiers;

/// <summary>
/// The limit of one step (D13): working hours of the office that does it, another matter than the dossier's promise. It never pauses:
/// whoever waits for the citizen has no step open.
/// </summary>
public static class StepClock
{
    /// <summary>Steps are a few hours long; with so little left one is "sắp đến hạn" (our choice).</summary>
    public const int SoonMinutes = 60;

    /// <summary>From when on a step is near its limit.</summary>
    public static DateTimeOffset SoonAt(DateTimeOffset due, WorkCalendar calendar) => calendar.WorkingBefore(due, TimeSpan.FromMinutes(SoonMinutes));

    /// <param name="ended">When the step was done; null while it is open.</param>
    public static PromiseStanding Read(DateTimeOffset? dueAt, WorkCalendar calendar, DateTimeOffset now, DateTimeOffset? ended = null)
    {
        if (dueAt is not { } due)
        {
            return new(Band.NoPromise, null);
        }

        var left = (int)(calendar.WorkingTimeBetween(ended ?? now, due).Ticks / TimeSpan.TicksPerMinute);
        return new(ended is { } end ? Bands.OfFinished(due, end) : Bands.OfOpen(due, SoonAt(due, calendar), now), left);
    }
}
