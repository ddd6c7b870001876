namespace PublicService.Dossiers;

/// <summary>One walk over a ledger with the pauses one clock knows. Both clocks are this walk, judged by different rules.</summary>
internal sealed class ClockRun
{
    public const PauseKinds AllPauses = PauseKinds.Supplement | PauseKinds.Payment | PauseKinds.ExcludedStep;

    private readonly WorkCalendar calendar;
    private readonly TimeLimit limit;
    private readonly DateTimeOffset now;
    private readonly PauseKinds known;
    private readonly bool asWritten;
    private readonly List<ClockSegment> segments = [];
    private LedgerEntry? opening;
    private PauseKinds open;
    private DateTimeOffset pausedFrom;
    private DateTimeOffset? due;
    private TimeSpan ran;
    private TimeSpan stood;

    /// <param name="now">Entries after it are not seen, so the end of a past period gives the reading of that day.</param>
    /// <param name="known">The pauses that count for this clock.</param>
    /// <param name="asWritten">True takes the promises the ledger holds, false works them out again with the calendar.</param>
    public ClockRun(IEnumerable<LedgerEntry> ledger, TimeLimit limit, WorkCalendar calendar, DateTimeOffset now, PauseKinds known, bool asWritten)
    {
        (this.calendar, this.limit, this.now, this.known, this.asWritten) = (calendar, limit, now.ToUniversalTime(), known, asWritten);
        foreach (var entry in ledger.OrderBy(entry => entry.Sequence).TakeWhile(entry => entry.At <= now))
        {
            Apply(entry);
        }

        CloseSegment(EndedAt ?? this.now);
    }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int SupplementRequests { get; private set; }

    /// <summary>When the supplement that is still open was asked for.</summary>
    public DateTimeOffset? SupplementOpenSince { get; private set; }

    private bool IsPaused => open is not PauseKinds.None;

    /// <summary>The promise at <paramref name="at"/>: a pause still open has moved it too.</summary>
    public DateTimeOffset? DueBy(DateTimeOffset at) => IsPaused ? Postponed(at) : due;

    /// <param name="end">What the clock takes for the finish, null while open.</param>
    /// <param name="late">Late whatever the dates say.</param>
    public ClockReading Read(DateTimeOffset? end, bool late)
    {
        var at = end ?? now;
        var promise = DueBy(at);
        int? remaining = promise is null ? null : Minutes(calendar.WorkingTimeBetween(at, promise.Value));
        var band = StartedAt is null ? Band.NotStarted
            : late ? (end is null ? Band.Overdue : Band.FinishedLate)
            : promise is null ? Band.NoPromise
            : end is null ? Bands.OfOpen(due!.Value, calendar.SoonAt(due.Value), IsPaused ? pausedFrom : now)
            : Bands.OfFinished(promise.Value, end.Value);
        return new(StartedAt, promise, end, Minutes(ran), Minutes(stood), remaining, IsPaused && EndedAt is null, band, segments);
    }

    private void Apply(LedgerEntry entry)
    {
        switch (entry.Act)
        {
            case LedgerAct.Received:
                StartedAt = calendar.NextOpening(entry.At);
                due = (asWritten ? entry.DueAfter : null) ?? calendar.PromiseFor(entry.At, limit);
                opening = entry;
                break;
            case LedgerAct.SupplementRequested:
                SupplementRequests++;
                SupplementOpenSince = entry.At;
                Pause(PauseKinds.Supplement, entry);
                break;
            case LedgerAct.SupplementProvided:
                SupplementOpenSince = null;
                Resume(PauseKinds.Supplement, entry);
                break;
            case LedgerAct.PaymentRequested:
                Pause(PauseKinds.Payment, entry);
                break;
            case LedgerAct.PaymentConfirmed or LedgerAct.PaymentWaived or LedgerAct.PaymentCancelled:
                Resume(PauseKinds.Payment, entry);
                break;
            case LedgerAct.ClockPaused:
                Pause(PauseKinds.ExcludedStep, entry);
                break;
            case LedgerAct.ClockResumed:
                Resume(PauseKinds.ExcludedStep, entry);
                break;
            case LedgerAct.Extended:
                PromiseAnew(entry);
                break;
            case LedgerAct.PromiseRecomputed when asWritten:
                PromiseAnew(entry);
                break;
            case LedgerAct.Finished or LedgerAct.ResultReturned or LedgerAct.Withdrawn or LedgerAct.Stopped when StartedAt is not null:
                EndedAt ??= entry.At;
                break;
            case LedgerAct.Reopened:
                EndedAt = null;
                break;
            default:
                break;
        }
    }

    private void Pause(PauseKinds kind, LedgerEntry entry)
    {
        if (StartedAt is null || !known.HasFlag(kind))
        {
            return;
        }

        if (!IsPaused)
        {
            Turn(entry);
            pausedFrom = entry.At;
        }

        open |= kind;
    }

    private void Resume(PauseKinds kind, LedgerEntry entry)
    {
        if (!open.HasFlag(kind))
        {
            return;
        }

        if (open == kind)
        {
            // What the ledger wrote at a resume followed all legal pauses, so only the clock that knows them all may take it.
            due = (asWritten && known == AllPauses ? entry.DueAfter : null) ?? Postponed(entry.At);
            Turn(entry with { Article = entry.Article ?? opening!.Article });
        }

        open &= ~kind;
    }

    private void PromiseAnew(LedgerEntry entry)
    {
        due = entry.DueAfter;
        Turn(entry);
        pausedFrom = entry.At;
    }

    private void Turn(LedgerEntry entry)
    {
        CloseSegment(entry.At);
        opening = entry;
    }

    private void CloseSegment(DateTimeOffset to)
    {
        if (opening is null)
        {
            return;
        }

        var worked = calendar.WorkingTimeBetween(opening.At, to);
        (ran, stood) = IsPaused ? (ran, stood + worked) : (ran + worked, stood);
        var kind = IsPaused ? SegmentKind.Paused : SegmentKind.Running;
        segments.Add(new(opening.At, to, kind, opening.Act, opening.Reason, opening.Article, Minutes(worked)));
    }

    private DateTimeOffset? Postponed(DateTimeOffset to) => due is null ? null : calendar.Postpone(due.Value, pausedFrom, to);

    private static int Minutes(TimeSpan span) => (int)(span.Ticks / TimeSpan.TicksPerMinute);
}
