namespace PublicService.Engine.Storage;

/// <summary>
/// Everything one click writes, collected in memory and stored at once by <see cref="CommitLane.CommitAsync"/>:
/// either all of it or nothing. Rows are written in the order of the calls. Not thread-safe; use it once.
/// </summary>
public sealed class Changes
{
    private readonly List<Change> list = [];

    public int Count => list.Count;

    internal IReadOnlyList<Change> List => list;

    /// <summary>Adds a row. A second row with the same key or unique value makes the commit fail with <see cref="DuplicateException"/>.</summary>
    public Changes Insert<T>(T entity)
        where T : class
    {
        list.Add(new Change(ChangeKind.Insert, entity.GetType(), entity));
        return this;
    }

    /// <summary>Adds a row in front of everything else, so that its uniqueness is checked first.</summary>
    public Changes InsertFirst<T>(T entity)
        where T : class
    {
        list.Insert(0, new Change(ChangeKind.Insert, entity.GetType(), entity));
        return this;
    }

    public Changes InsertAll<T>(IEnumerable<T> entities)
        where T : class
    {
        foreach (var entity in entities)
        {
            Insert(entity);
        }

        return this;
    }

    /// <summary>Adds everything another unit holds.</summary>
    public Changes Append(Changes other)
    {
        list.AddRange(other.list);
        return this;
    }

    /// <summary>
    /// Writes the whole row, or only the properties named. A row with a version column is written only when the stored
    /// version is still the one of <paramref name="entity"/>, and both are raised by one;
    /// otherwise, or when the row is gone, the commit fails with <see cref="StaleException"/>.
    /// </summary>
    public Changes Update<T>(T entity, params string[] properties)
        where T : class
    {
        list.Add(new Change(ChangeKind.Update, entity.GetType(), entity) { Properties = properties });
        return this;
    }

    /// <summary>Removes the row of <paramref name="entity"/>; gone already, or another version, means <see cref="StaleException"/>.</summary>
    public Changes Delete<T>(T entity)
        where T : class
    {
        list.Add(new Change(ChangeKind.Delete, entity.GetType(), entity));
        return this;
    }

    /// <summary>Removes a row by its key, in the order of the model's key, without looking at its version; gone already means <see cref="StaleException"/>.</summary>
    public Changes DeleteByKey<T>(params object[] key)
        where T : class
    {
        list.Add(new Change(ChangeKind.DeleteByKey, typeof(T), null) { Values = key });
        return this;
    }

    /// <summary>Burns a bookmark: of several who try, exactly one commits, all others get <see cref="StaleException"/>.</summary>
    public Changes DeleteBookmark(string id) => DeleteByKey<BookmarkRow>(id);

    /// <summary>
    /// Runs SQL that both databases understand, for changes of many rows at once, e.g.
    /// <c>$"update definitions set is_latest = {false} where definition_id = {id} and is_latest"</c>.
    /// Values become parameters; instants and enums are converted as the model does. Use constants for everything else:
    /// the text is kept as a prepared statement.
    /// </summary>
    /// <param name="rows">When given, any other number of changed rows makes the commit fail with <see cref="StaleException"/>.</param>
    public Changes Execute(FormattableString sql, int? rows = null)
    {
        list.Add(new Change(ChangeKind.Sql, typeof(FormattableString), null)
        {
            Sql = sql.Format,
            Values = sql.GetArguments(),
            ExpectedRows = rows,
        });
        return this;
    }
}

internal enum ChangeKind
{
    Insert,
    Update,
    Delete,
    DeleteByKey,
    Sql,
}

/// <summary>One row or statement of a unit of work, before it is turned into a statement with values.</summary>
internal sealed record Change(ChangeKind Kind, Type Type, object? Entity)
{
    public string[] Properties { get; init; } = [];

    public object?[] Values { get; init; } = [];

    public string? Sql { get; init; }

    public int? ExpectedRows { get; init; }
}
