namespace PublicService.Engine.Storage;

/// <summary>
/// Pieces of the task lists that must be spelled exactly so for the partial indexes to be used:
/// a state that arrives as a parameter instead of a constant would scan every task ever made.
/// </summary>
public static class TaskQueries
{
    public static IQueryable<TaskRow> Open(this IQueryable<TaskRow> tasks) =>
        tasks.Where(task => task.State == TaskState.Open);

    public static IQueryable<TaskRow> Unassigned(this IQueryable<TaskRow> tasks) =>
        tasks.Where(task => task.State == TaskState.Open && task.AssigneeId == null);

    /// <summary>One page by due time. Give <see cref="TaskRow.SortAt"/> and <see cref="TaskRow.Id"/> of the last row shown, or null for the first page.</summary>
    public static IQueryable<TaskRow> Page(this IQueryable<TaskRow> tasks, DateTimeOffset? lastSortAt, string? lastId, int size)
    {
        if (lastSortAt is { } sortAt && lastId is not null)
        {
            // The redundant first condition is the one that both databases turn into an index range.
#pragma warning disable CA1309, CA1310 // The comparison is translated to SQL; overloads with a StringComparison are not.
            tasks = tasks.Where(task => task.SortAt >= sortAt
                && (task.SortAt > sortAt || string.Compare(task.Id, lastId) > 0));
#pragma warning restore CA1309, CA1310
        }

        return tasks.OrderBy(task => task.SortAt).ThenBy(task => task.Id).Take(size);
    }
}
