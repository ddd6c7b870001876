namespace PublicService.Dossiers;

/// <summary>Legal reasons that keep time out of the limit (D7); several may be open at once.</summary>
[Flags]
public enum PauseKinds
{
    None = 0,

    /// <summary>Waiting for papers of the citizen.</summary>
    Supplement = 1,

    /// <summary>Waiting for a duty to tax or treasury.</summary>
    Payment = 2,

    /// <summary>A step whose time the procedure excludes, for example public posting.</summary>
    ExcludedStep = 4,
}

public sealed partial class Dossier
{
    /// <summary>The promise now, as of the last resume; while paused the legal clock shows how far it has moved. Null without appointment.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>From when on the promise is near (<see cref="WorkCalendar.SoonAt"/>); moves with it.</summary>
    public DateTimeOffset? SoonAt { get; private set; }

    /// <summary>The promise whose breach the ledger already tells; each promise is broken once.</summary>
    public DateTimeOffset? BreachedDueAt { get; private set; }

    /// <summary>The first promise; never changes (D12).</summary>
    public DateTimeOffset? OriginalDueAt { get; private set; }

    /// <summary>An extension was used; there is no second one (D11).</summary>
    public bool Extended { get; private set; }

    /// <summary>Calendar the promise was made with; a newer version changes nothing until <see cref="Recompute"/>.</summary>
    public string? CalendarId { get; private set; }

    public int CalendarVersion { get; private set; }

    public PauseKinds OpenPauses { get; private set; }

    /// <summary>From when paused time must still be added to <see cref="DueAt"/>; null while the clock runs.</summary>
    public DateTimeOffset? PausedFrom { get; private set; }

    /// <summary>Starts a step whose time the procedure excludes (D7). Internal waits, consultations and incidents never pause.</summary>
    /// <param name="article">The provision that excludes it.</param>
    public void PauseFor(string article, string reason, Act act)
    {
        article = Given(article, "ARTICLE_REQUIRED", "căn cứ pháp lý");
        reason = GivenReason(reason);
        CheckClock(act);
        if (OpenPauses.HasFlag(PauseKinds.ExcludedStep))
        {
            throw Refusals.ClockAlreadyPaused();
        }

        StartPause(PauseKinds.ExcludedStep, act);
        Record(LedgerAct.ClockPaused, act, reason, article);
    }

    /// <summary>Ends it. The promise moves by the working time really used: planned five days, used three, gives three.</summary>
    public void Resume(WorkCalendar calendar, Act act)
    {
        CheckClock(act);
        if (!OpenPauses.HasFlag(PauseKinds.ExcludedStep))
        {
            throw Refusals.ClockNotPaused();
        }

        EndPause(PauseKinds.ExcludedStep, calendar, act);
        Record(LedgerAct.ClockResumed, act);
    }

    /// <summary>Form 04: apology and new date; once, and at least <see cref="CalendarData.ApologyNoticeDays"/> working days before the promise (D11) [still so under NĐ 118: from memory].</summary>
    public void Extend(DateTimeOffset newDue, string reason, WorkCalendar calendar, Act act)
    {
        reason = GivenReason(reason);
        CheckClock(act);
        var due = DueAt ?? throw Refusals.NoPromise();
        if (Extended)
        {
            throw Refusals.AlreadyExtended();
        }

        if (PausedFrom is { } from)
        {
            due = calendar.Postpone(due, from, act.At);
        }

        if (newDue <= due)
        {
            throw Refusals.NewPromiseTooEarly(due);
        }

        var last = calendar.AddWorkingDays(due, -calendar.Data.ApologyNoticeDays);
        if (act.At > last)
        {
            throw Refusals.TooLateToExtend(last);
        }

        Extended = true;
        PromiseAnew(newDue, calendar, act);
        Record(LedgerAct.Extended, act, reason, Articles.Apology, new { previous = due });
    }

    /// <summary>
    /// Replaces the promise after the calendar changed, by an explicit and logged act; <see cref="LegalClock.DueAfresh"/> computes the new date.
    /// Does not count as an extension. <see cref="OriginalDueAt"/> stays.
    /// </summary>
    public void Recompute(DateTimeOffset newDue, WorkCalendar calendar, string reason, Act act)
    {
        reason = GivenReason(reason);
        CheckClock(act);
        var previous = DueAt ?? throw Refusals.NoPromise();
        PromiseAnew(newDue, calendar, act);
        Pin(calendar);
        Record(LedgerAct.PromiseRecomputed, act, reason, data: new { previous, calendar = calendar.Id, calendar.Version });
    }

    /// <summary>Tells in the ledger that a promise was broken, once for each promise. Being overdue changes nothing else (D12).</summary>
    /// <param name="due">The promise that was broken; it may have moved since.</param>
    /// <returns>False when the ledger tells it already.</returns>
    public bool NoteBreach(DateTimeOffset due, Act act)
    {
        if (BreachedDueAt == due)
        {
            return false;
        }

        // Without data: with data the same act tells of a transfer that nobody answered.
        Note(LedgerAct.DeadlineBreached, null, act);
        BreachedDueAt = due;
        return true;
    }

    /// <summary>How the promise stands, from the dossier alone: for a running or finished dossier the same as <see cref="LegalClock"/> says from the ledger.</summary>
    /// <param name="calendar">The version pinned at reception.</param>
    public PromiseStanding StandingAt(DateTimeOffset now, WorkCalendar calendar)
    {
        if (ReceivedAt is null || (!IsOpen && FinishedAt is null))
        {
            return new(Band.NotStarted, null);
        }

        if (DueAt is not { } due)
        {
            return new(Band.NoPromise, null);
        }

        var at = FinishedAt ?? PausedFrom ?? now;
        var band = FinishedBand ?? Bands.OfOpen(due, SoonAt ?? calendar.SoonAt(due), at);
        return new(band, (int)(calendar.WorkingTimeBetween(at, due).Ticks / TimeSpan.TicksPerMinute));
    }

    private void CheckClock(Act act)
    {
        CheckOpen(act);
        if (ReceivedAt is null)
        {
            throw Refusals.ClockNotStarted();
        }
    }

    private void StartPause(PauseKinds kind, Act act)
    {
        if (ReceivedAt is null)
        {
            return;
        }

        OpenPauses |= kind;
        PausedFrom ??= act.At;
    }

    private void EndPause(PauseKinds kind, WorkCalendar calendar, Act act)
    {
        OpenPauses &= ~kind;
        if (OpenPauses is not PauseKinds.None || PausedFrom is not { } from)
        {
            return;
        }

        if (DueAt is { } due)
        {
            Promise(calendar.Postpone(due, from, act.At), calendar);
        }

        PausedFrom = null;
    }

    // The dossier ends while paused: the clocks add the last pause themselves.
    private void EndPauses() => (OpenPauses, PausedFrom, StatusBeforeWait) = (PauseKinds.None, null, null);

    // A new promise already knows the time lost so far; only what is lost from now on is added to it.
    private void PromiseAnew(DateTimeOffset newDue, WorkCalendar calendar, Act act)
    {
        Promise(newDue.ToUniversalTime(), calendar);
        PausedFrom = PausedFrom is null ? null : act.At;
    }

    private void Promise(DateTimeOffset? due, WorkCalendar calendar) => (DueAt, SoonAt) = (due, due is { } at ? calendar.SoonAt(at) : null);

    private void Pin(WorkCalendar calendar) => (CalendarId, CalendarVersion) = (calendar.Id, calendar.Version);
}

/// <summary>A promise against the clock.</summary>
/// <param name="RemainingMinutes">Whole working minutes left, negative when late; null without a running promise.</param>
public sealed record PromiseStanding(Band Band, int? RemainingMinutes);
