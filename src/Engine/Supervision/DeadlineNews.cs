using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>Makes of due watches what is to be stored: the event, the message to whoever must know, a letter of apology, and the next instant.</summary>
public sealed class DeadlineNews(CalendarDirectory calendars, ApologyForecast forecast, Recipients recipients)
{
    /// <summary>Row of the heartbeats that puts the events of several engines in order.</summary>
    public const string Order = "deadline-events";

    public async Task<Changes> OfAsync(EngineDb db, IReadOnlyList<DueWatch> watches, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // First, so that ids are given out in the order of the commits and a reader of the feed misses none.
        var changes = new Changes().Execute($"update heartbeats set at = {now} where name = {Order}", rows: 1);
        var ladder = await db.Set<EscalationLevelRow>().AsNoTracking().OrderBy(level => level.Level).ToListAsync(cancellationToken);
        var found = await FactsAsync(db, watches, cancellationToken);
        foreach (var watch in watches)
        {
            if (!found.Dossiers.TryGetValue(watch.DossierId, out var dossier))
            {
                Watching.Forget(changes, watch.DossierId);
                continue;
            }

            var task = watch.TaskId is null ? found.Tasks[watch.DossierId].FirstOrDefault() : found.Tasks[watch.DossierId].FirstOrDefault(task => task.Id == watch.TaskId);
            var office = watch.TaskId is null ? dossier.CompetentOfficeId : task?.OfficeId ?? dossier.CompetentOfficeId;
            if (watch is { TaskId: null, Level: WatchRow.Forecast or WatchRow.Warning } && await forecast.OfAsync(db, dossier, now, cancellationToken) is { } draft)
            {
                changes.Insert(draft);
            }

            if (watch.Level != WatchRow.Forecast && !found.Told.Contains((watch.Id, watch.DueAt, watch.Level)))
            {
                var rest = ladder.Where(level => level.Level >= watch.Level).Select(level => level.Role).ToList();
                var field = found.FieldOf(dossier);
                var told = await recipients.FindAsync(db, rest, new(office, task?.AssigneeId, task?.Role), field, now, cancellationToken);
                Tell(changes, watch, dossier, task, office, told, now);
            }

            MoveOn(changes, watch, ladder, calendars.For(office, VietnamTime.DateOf(now)));
        }

        return changes;
    }

    private static void Tell(Changes changes, DueWatch watch, Dossier dossier, TaskRow? task, string office, Recipient told, DateTimeOffset now)
    {
        var kind = watch.Level switch
        {
            WatchRow.Warning => DeadlineEventKind.Warned,
            WatchRow.Breach => DeadlineEventKind.Breached,
            _ => DeadlineEventKind.Escalated,
        };
        var step = watch.TaskId is null ? null : task?.Title;
        changes.Insert(new DeadlineEventRow
        {
            Kind = kind,
            Level = watch.Level,
            SubjectId = watch.Id,
            DossierId = dossier.Id,
            TaskId = watch.TaskId,
            OfficeId = office,
            OfficerId = task?.AssigneeId,
            ProcedureCode = dossier.ProcedureCode,
            Step = step,
            At = now,
            DueAt = watch.DueAt,
            ToldRole = told.Role,
            ToldOfficeId = told.OfficeId,
        });
        var key = string.Create(CultureInfo.InvariantCulture, $"deadline-{watch.Id}-{watch.DueAt.ToUnixTimeMilliseconds()}-{watch.Level}");
        Send(changes, dossier.Id, "notification", key, now, new JsonObject
        {
            ["template"] = kind switch
            {
                DeadlineEventKind.Warned => "SapDenHan",
                DeadlineEventKind.Breached => "QuaHan",
                _ => "QuaHanBaoCao",
            },
            ["dossier"] = dossier.Code,
            ["step"] = step,
            ["dueAt"] = watch.DueAt.ToString("O", CultureInfo.InvariantCulture),
            ["level"] = watch.Level,
            ["to"] = told.ToJson(),
        });
        if (watch is { TaskId: null, Level: WatchRow.Breach })
        {
            Send(changes, dossier.Id, BreachLedger.Kind, "ledger-" + key, now, new JsonObject { ["dueAt"] = watch.DueAt.ToUnixTimeMilliseconds() });
        }
    }

    /// <summary>The watch goes to its next level, or away; one that a click has changed meanwhile makes the whole telling stale.</summary>
    private static void MoveOn(Changes changes, DueWatch watch, List<EscalationLevelRow> ladder, WorkCalendar calendar)
    {
        var escalation = watch.Level >= WatchRow.Breach ? ladder.Find(level => level.Level > watch.Level) : null;
        (int Level, DateTimeOffset At)? next = watch.Level switch
        {
            WatchRow.Forecast => (WatchRow.Warning, watch.WarnAt),
            WatchRow.Warning => (WatchRow.Breach, Watching.BrokenAt(watch.DueAt)),
            _ => escalation is null ? null : (escalation.Level, Watching.BrokenAt(calendar.AddWorking(watch.DueAt, TimeSpan.FromMinutes(escalation.AfterMinutes)))),
        };
        switch (watch.TaskId, next)
        {
            case (null, { } on):
                changes.Execute($"update watches set level = {on.Level}, next_at = {on.At} where dossier_id = {watch.DossierId} and level = {watch.Level} and due_at = {watch.DueAt}", rows: 1);
                break;
            case (null, null):
                changes.Execute($"delete from watches where dossier_id = {watch.DossierId} and level = {watch.Level} and due_at = {watch.DueAt}", rows: 1);
                break;
            case ({ } task, { } on):
                // Without raising the version: an officer's open form must not get stale. Should a claim write the old instant back, the event is known already.
                changes.Execute($"update tasks set watch_level = {on.Level}, watch_at = {on.At} where id = {task} and watch_level = {watch.Level} and watch_at = {watch.NextAt}", rows: 1);
                break;
            case ({ } task, null):
                changes.Execute($"update tasks set watch_at = null where id = {task} and watch_level = {watch.Level} and watch_at = {watch.NextAt}", rows: 1);
                break;
        }
    }

    private static void Send(Changes changes, Guid dossierId, string kind, string key, DateTimeOffset now, JsonObject payload) => changes.Insert(new OutboxRow
    {
        DossierId = dossierId,
        Kind = kind,
        Payload = payload.ToJsonString(JsonText.Readable),
        IdempotencyKey = key,
        CreatedAt = now,
        NextAttemptAt = now,
    });

    private async Task<Facts> FactsAsync(EngineDb db, IReadOnlyList<DueWatch> watches, CancellationToken cancellationToken)
    {
        var ids = watches.Select(watch => watch.DossierId).Distinct().ToList();
        var subjects = watches.Select(watch => watch.Id).ToList();
        var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => ids.Contains(dossier.Id)).ToDictionaryAsync(dossier => dossier.Id, cancellationToken);
        var tasks = await db.Tasks.AsNoTracking().Open().Where(task => task.DossierId != null && ids.Contains(task.DossierId.Value)).OrderBy(task => task.SortAt).ToListAsync(cancellationToken);
        var told = await db.Set<DeadlineEventRow>().Where(row => subjects.Contains(row.SubjectId)).Select(row => new { row.SubjectId, row.DueAt, row.Level }).ToListAsync(cancellationToken);
        return new(dossiers, tasks.ToLookup(task => task.DossierId!.Value), [.. told.Select(row => (row.SubjectId, row.DueAt, row.Level))], forecast.FieldOf);
    }

    private sealed record Facts(
        Dictionary<Guid, Dossier> Dossiers, ILookup<Guid, TaskRow> Tasks, HashSet<(string Subject, DateTimeOffset Due, int Level)> Told, Func<Dossier, string?> FieldOf);
}

/// <summary>Somebody must be told of a promise or of a step now.</summary>
/// <param name="Id">Id of the task, or of the dossier for its own promise.</param>
/// <param name="TaskId">Null for the dossier's own promise.</param>
public sealed record DueWatch(string Id, Guid DossierId, string? TaskId, int Level, DateTimeOffset NextAt, DateTimeOffset WarnAt, DateTimeOffset DueAt);
