using System.Collections.Concurrent;

namespace PublicService.Engine.Storage;

/// <summary>
/// SQL made once and kept, with parameters <c>$1</c>, <c>$2</c> ... which both databases understand; writers keep their
/// prepared command by this object. The types are NpgsqlDbTypes, or null where the value decides.
/// </summary>
internal sealed class Statement(string sql, int?[] types)
{
    private readonly ConcurrentDictionary<int, string> guarded = new();

    public string Sql { get; } = sql;

    public int?[] Types { get; } = types;

    /// <summary>
    /// For PostgreSQL: fails with a division by zero unless exactly so many rows are changed. The server itself then stops the
    /// batch at the stale row and undoes it, which saves the round trip of looking first and committing afterwards.
    /// </summary>
    public string Guarded(int rows) => guarded.GetOrAdd(
        rows, count => $"with hit as ({Sql} returning 1) select 1 / (count(*) = {count})::int from hit");
}

/// <summary>A statement with its values, ready to run on any thread. Any other number of changed rows than expected means that the unit is stale.</summary>
internal readonly record struct Step(Statement Statement, object?[] Values, int? ExpectedRows);
