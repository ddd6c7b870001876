namespace PublicService.Dossiers;

/// <summary>
/// The time the law gives the office: pauses for a supplement, for a duty to tax or treasury and for steps the procedure excludes, and for nothing else (D7).
/// A pure function of the ledger: the same lines give the same reading to the minute.
/// </summary>
public static class LegalClock
{
    /// <param name="limit">Used where the ledger holds no promise (D9); <see cref="Dossier.Limit"/>.</param>
    /// <param name="calendar">The version pinned at reception; another one moves no promise already written, only what is counted from now on.</param>
    /// <param name="now">The present, or the end of a period in the past.</param>
    public static ClockReading Read(IEnumerable<LedgerEntry> ledger, TimeLimit limit, WorkCalendar calendar, DateTimeOffset now)
    {
        var run = new ClockRun(ledger, limit, calendar, now, ClockRun.AllPauses, asWritten: true);
        return run.Read(run.EndedAt, late: false);
    }

    /// <summary>
    /// The promise worked out again from reception with this calendar, for <see cref="Dossier.Recompute"/> after a calendar changed.
    /// An extension stays the date that was told to the citizen. Null without appointment or before reception.
    /// </summary>
    public static DateTimeOffset? DueAfresh(IEnumerable<LedgerEntry> ledger, TimeLimit limit, WorkCalendar calendar, DateTimeOffset now)
    {
        var run = new ClockRun(ledger, limit, calendar, now, ClockRun.AllPauses, asWritten: false);
        return run.DueBy(run.EndedAt ?? now);
    }
}
