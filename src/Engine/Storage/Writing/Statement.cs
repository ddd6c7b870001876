namespace PublicService.Engine.Storage;

/// <summary>SQL made once and kept; writers keep their prepared command by this object.</summary>
internal sealed class Statement(string sql, int?[] types)
{
    public string Sql { get; } = sql;

    public int?[] Types { get; } = types;
}

/// <summary>A statement with its values, ready to run on any thread.</summary>
/// <param name="ExpectedRows">Any other number of changed rows means that the unit is stale; null when any number will do.</param>
internal readonly record struct Step(Statement Statement, object?[] Values, int? ExpectedRows);
