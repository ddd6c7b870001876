using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>The numbers of the officers' board, each of which is also a list.</summary>
public enum TaskGroup
{
    Open,
    InTime,
    DueSoon,
    Overdue,
    DueNextDay,
    Done,
    DoneInTime,
    DoneLate,
}

/// <summary>Steps of people as supervision counts them. Steps of citizens and of other systems are nobody's delay.</summary>
internal static class SupervisedTasks
{
    /// <summary>Officer of steps nobody has claimed.</summary>
    public const string Nobody = "none";

    public static IQueryable<TaskRow> In(this IQueryable<TaskRow> tasks, EngineDb db, Scope scope)
    {
        // Only a dossier's workflow gives steps to offices, so what has an office has a dossier.
        tasks = tasks.Where(task => task.OfficeId != null && task.Role != Role.Citizen);
        if (scope.Offices is { } offices)
        {
            tasks = tasks.Where(task => offices.Contains(task.OfficeId!));
        }

        return scope.Procedures is { } procedures
            ? tasks.Where(task => db.Dossiers.Any(dossier => dossier.Id == task.DossierId && procedures.Contains(dossier.ProcedureCode)))
            : tasks;
    }

    public static IQueryable<TaskRow> Of(this IQueryable<TaskRow> tasks, TaskGroup group, Moment at)
    {
        var now = at.Now;
        var (from, end) = (at.PeriodFrom, at.PeriodEnd);
        var (dayFrom, dayEnd) = (at.NextDayFrom, at.NextDayEnd);
        return group switch
        {
            TaskGroup.Open => tasks.Open(),
            TaskGroup.Overdue => tasks.Open().Where(task => task.SortAt < now),
            TaskGroup.DueSoon => tasks.Open().Where(task => task.SortAt >= now && task.SoonAt <= now),
            TaskGroup.InTime => tasks.Open().Where(task => task.SortAt >= now && (task.SoonAt == null || task.SoonAt > now)),
            TaskGroup.DueNextDay => tasks.Open().Where(task => task.SortAt >= dayFrom && task.SortAt < dayEnd),
            TaskGroup.Done => tasks.Done(from, end),
            TaskGroup.DoneLate => tasks.Done(from, end).Where(task => task.DueAt < task.CompletedAt),
            _ => tasks.Done(from, end).Where(task => task.DueAt == null || task.DueAt >= task.CompletedAt),
        };
    }

    /// <summary>Of one officer: who has claimed it, or who has done it.</summary>
    public static IQueryable<TaskRow> By(this IQueryable<TaskRow> tasks, TaskGroup group, string? officer) => (officer, group) switch
    {
        (null, _) => tasks,
        (_, >= TaskGroup.Done) => tasks.Where(task => task.CompletedBy == officer),
        (Nobody, _) => tasks.Where(task => task.AssigneeId == null),
        _ => tasks.Where(task => task.AssigneeId == officer),
    };

    /// <summary>In the order of the list, after the last row shown.</summary>
    public static IQueryable<TaskRow> After(this IQueryable<TaskRow> tasks, TaskGroup group, string[]? keys)
    {
        var (at, id) = keys is [var last, var lastId] ? (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(last, CultureInfo.InvariantCulture)), lastId) : (default, null);
#pragma warning disable CA1309, CA1310 // The comparison is translated to SQL; overloads with a StringComparison are not.
        if (group >= TaskGroup.Done)
        {
            var done = id is null ? tasks : tasks.Where(task => task.CompletedAt >= at && (task.CompletedAt > at || string.Compare(task.Id, id) > 0));
            return done.OrderBy(task => task.CompletedAt).ThenBy(task => task.Id);
        }

        var open = id is null ? tasks : tasks.Where(task => task.SortAt >= at && (task.SortAt > at || string.Compare(task.Id, id) > 0));
#pragma warning restore CA1309, CA1310
        return open.OrderBy(task => task.SortAt).ThenBy(task => task.Id);
    }

    public static string[] KeysOf(TaskGroup group, TaskRow task)
    {
        var at = group >= TaskGroup.Done ? task.CompletedAt!.Value : task.SortAt;
        return [at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), task.Id];
    }

    private static IQueryable<TaskRow> Done(this IQueryable<TaskRow> tasks, DateTimeOffset from, DateTimeOffset end) =>
        tasks.Where(task => task.State == TaskState.Completed && task.CompletedAt >= from && task.CompletedAt < end);
}
