using PublicService.Activities;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// What supervision keeps in the transaction of a click: when to tell of which promise, and the counts of the day. Most clicks change
/// neither promise nor counts and write nothing here for the dossier; a step carries its instants in its own row.
/// </summary>
internal static class Watching
{
    /// <summary>Outbox kind: a dossier finished late, or such a finish was taken back.</summary>
    public const string OverrunKind = "deadline-overrun";

    /// <summary>What a dossier looked like to supervision before the click.</summary>
    public readonly record struct Before(DateTimeOffset? Watched, DayCounts Counts)
    {
        public static Before Of(Dossier? dossier, bool isNew) => dossier is null || isNew ? default : new(Running(dossier), DayCounts.Of(dossier));
    }

    /// <summary>Writes what the click changed for the promise and the counts of its dossier.</summary>
    public static void Write(Changes changes, Before before, DossierSubject subject, DateTimeOffset now)
    {
        var dossier = subject.Dossier;
        var counts = DayCounts.Of(dossier);
        DayCounts.Write(changes, before.Counts, counts);
        if ((before.Counts.FinishedBand is Band.FinishedLate) != (counts.FinishedBand is Band.FinishedLate))
        {
            changes.Insert(OverrunMessage(dossier, now));
        }

        var due = Running(dossier);
        if (due == before.Watched)
        {
            return;
        }

        if (before.Watched is not null)
        {
            Forget(changes, dossier.Id);
        }

        if (due is { } promise)
        {
            var calendar = subject.Calendar;
            var warnAt = WarnAt(promise, dossier.SoonAt ?? calendar.SoonAt(promise), calendar, now);
            // A day more than the law wants, so that the leader has a day to sign (D11).
            var forecastAt = calendar.AddWorkingDays(promise, -calendar.Data.ApologyNoticeDays - 1);
            var first = !dossier.Extended && forecastAt > now ? (WatchRow.Forecast, forecastAt) : (WatchRow.Warning, warnAt);
            changes.Insert(Row(dossier.Id, first, warnAt, promise));
        }
    }

    /// <summary>A step with a limit opens. The citizen's own steps are nobody's delay.</summary>
    public static void Open(TaskRow task, DossierSubject? subject, DateTimeOffset now)
    {
        if (subject is null || task is not { DueAt: { } due, OfficeId: { } office })
        {
            return;
        }

        var calendar = subject.CalendarOf(office);
        task.SoonAt = StepClock.SoonAt(due, calendar);
        if (task.Role != Role.Citizen)
        {
            (task.WatchLevel, task.WatchAt) = First((WatchRow.Warning, WarnAt(due, task.SoonAt.Value, calendar, now)), due);
        }
    }

    /// <summary>A step is done, and counted for who did it.</summary>
    public static void Done(Changes changes, TaskRow task, Dossier? dossier)
    {
        task.WatchAt = null;
        if (dossier is null || task is not { OfficeId: { } office, CompletedAt: { } at, CompletedBy: { } officer } || task.Role == Role.Citizen)
        {
            return;
        }

        var (day, late) = (VietnamTime.DateOf(at), task.DueAt < at ? 1 : 0);
        changes.Execute($"""
            insert into officer_days (day, office_id, officer_id, procedure_code, done_in_time, done_late) values ({day}, {office}, {officer}, {dossier.ProcedureCode}, {1 - late}, {late})
            on conflict (day, office_id, officer_id, procedure_code) do update set done_in_time = officer_days.done_in_time + excluded.done_in_time, done_late = officer_days.done_late + excluded.done_late
            """);
    }

    /// <summary>Nobody has to be told any more.</summary>
    public static void Forget(Changes changes, Guid dossierId) => changes.Execute($"delete from watches where dossier_id = {dossierId}");

    /// <summary>The warning: when the promise gets near, but not before half of the time has gone, or every short step would warn as it opens.</summary>
    public static DateTimeOffset WarnAt(DateTimeOffset due, DateTimeOffset soonAt, WorkCalendar calendar, DateTimeOffset now)
    {
        var left = calendar.WorkingTimeBetween(now, due);
        var half = left <= TimeSpan.Zero ? due : calendar.WorkingBefore(due, left / 2);
        return half > soonAt ? half : soonAt;
    }

    /// <summary>The first instant that is after the promise: on the promised millisecond one is still in time (D9).</summary>
    public static DateTimeOffset BrokenAt(DateTimeOffset due) => DateTimeOffset.FromUnixTimeMilliseconds(due.ToUnixTimeMilliseconds() + 1);

    /// <summary>Whose time was lost is worked out from the whole ledger, which a click has not in memory: by the outbox, right afterwards.</summary>
    private static OutboxRow OverrunMessage(Dossier dossier, DateTimeOffset now) => new()
    {
        DossierId = dossier.Id,
        Kind = OverrunKind,
        Payload = "{}",
        IdempotencyKey = $"{OverrunKind}-{dossier.Id}-{dossier.LedgerLength}",
        CreatedAt = now,
        NextAttemptAt = now,
    };

    private static DateTimeOffset? Running(Dossier dossier) => dossier is { IsOpen: true, PausedFrom: null } ? dossier.DueAt : null;

    private static WatchRow Row(Guid dossierId, (int Level, DateTimeOffset At) first, DateTimeOffset warnAt, DateTimeOffset due)
    {
        var (level, at) = First(first, due);
        return new() { DossierId = dossierId, Level = level, NextAt = at, WarnAt = warnAt, DueAt = due };
    }

    /// <summary>What comes too late for a warning goes straight to the breach.</summary>
    private static (int Level, DateTimeOffset At) First((int Level, DateTimeOffset At) first, DateTimeOffset due) =>
        first.At >= due ? (WatchRow.Breach, BrokenAt(due)) : first;
}
