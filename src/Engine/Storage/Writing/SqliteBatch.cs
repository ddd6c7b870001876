using Microsoft.Data.Sqlite;

namespace PublicService.Engine.Storage;

/// <summary>The writer's connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteBatch : IDisposable
{
    // Errors of one statement; everything else (full, busy, input/output, corrupt ...) concerns the whole transaction.
    private const int GenericError = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;
    private const int ConstraintRowId = 2579;

    private readonly SqliteConnection connection;
    private readonly UniqueNames uniqueNames;
    private readonly Dictionary<Statement, SqliteCommand> prepared = [];
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand savepoint;
    private readonly SqliteCommand release;
    private readonly SqliteCommand undo;

    public SqliteBatch(SqliteConnection connection, UniqueNames uniqueNames)
    {
        this.connection = connection;
        this.uniqueNames = uniqueNames;
        begin = Make("begin immediate");
        commit = Make("commit");
        savepoint = Make("savepoint unit");
        release = Make("release unit");
        undo = Make("rollback to unit");
    }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    /// <summary>Runs a unit, or undoes it and returns why it cannot be stored. Throws when the whole transaction is lost.</summary>
    public Exception? TryRun(Step[] steps)
    {
        savepoint.ExecuteNonQuery();
        var error = Run(steps);
        if (error is not null)
        {
            undo.ExecuteNonQuery();
        }

        release.ExecuteNonQuery();
        return error;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values.Concat([begin, commit, savepoint, release, undo]))
        {
            command.Dispose();
        }

        // Closing an unpooled connection rolls back whatever it had open.
        connection.Dispose();
    }

    private Exception? Run(Step[] steps)
    {
        foreach (var step in steps)
        {
            try
            {
                var rows = Command(step).ExecuteNonQuery();
                if (step.ExpectedRows is { } expected && rows != expected)
                {
                    return new StaleException($"{rows} instead of {expected} rows: {step.Statement.Sql}");
                }
            }
            catch (SqliteException error) when (error.SqliteErrorCode is GenericError or TooBig or Constraint or Mismatch)
            {
                return error.SqliteExtendedErrorCode is ConstraintPrimaryKey or ConstraintUnique or ConstraintRowId
                    ? new DuplicateException(uniqueNames.Find(error.Message), error)
                    : error;
            }
            catch (Exception error) when (error is not SqliteException)
            {
                // A value that cannot be bound is the fault of this unit alone.
                return error;
            }
        }

        return null;
    }

    private SqliteCommand Command(Step step)
    {
        if (!prepared.TryGetValue(step.Statement, out var command))
        {
            command = Make(step.Statement.Sql);
            for (var i = 1; i <= step.Values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter($"${i}", null));
            }

            prepared.Add(step.Statement, command);
        }

        for (var i = 0; i < step.Values.Length; i++)
        {
            command.Parameters[i].Value = step.Values[i] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Make(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
