namespace PublicService.Dossiers;

/// <summary>
/// The same ledger as the public index counts it (QĐ 766/QĐ-TTg, D8, D9; from a formula text, not the official publication):
/// only supplement time is subtracted; one open supplement request counts as the finish; more than one request ever made is overdue.
/// It differs from the legal clock on purpose; show both.
/// </summary>
/// <remarks>
/// Our reading where the formula is silent: requests before reception count too, payment and excluded steps do not move the index promise,
/// and an extension does, because its date is the one synchronised.
/// </remarks>
public static class IndexClock
{
    /// <inheritdoc cref="LegalClock.Read"/>
    public static ClockReading Read(IEnumerable<LedgerEntry> ledger, TimeLimit limit, WorkCalendar calendar, DateTimeOffset now)
    {
        var run = new ClockRun(ledger, limit, calendar, now, PauseKinds.Supplement, asWritten: true);
        return run.Read(run.EndedAt ?? run.SupplementOpenSince, late: run.SupplementRequests > 1);
    }
}
