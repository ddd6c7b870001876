using Npgsql;
using NpgsqlTypes;

namespace PublicService.Engine.Storage;

/// <summary>
/// Each unit is one batch, which PostgreSQL runs as one transaction, in one round trip;
/// it shares the flush among simultaneous commits by itself.
/// </summary>
internal sealed class PostgresWriter(NpgsqlDataSource source) : IUnitWriter
{
    public async Task WriteAsync(Step[] unit, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection);
            foreach (var step in unit)
            {
                batch.BatchCommands.Add(Command(step));
            }

            // From here on the outcome is awaited: a cancelled commit may have happened.
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            StorageMetrics.BatchSize.Record(1);
        }
        catch (PostgresException error)
        {
            if (Translate(error) is { } translated)
            {
                throw translated;
            }

            throw;
        }
        catch (NpgsqlException error)
        {
            throw new StorageUnavailableException($"PostgreSQL could not write: {error.Message}", error);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static NpgsqlBatchCommand Command(Step step)
    {
        var command = new NpgsqlBatchCommand(step.ExpectedRows is { } rows ? step.Statement.Guarded(rows) : step.Statement.Sql);
        for (var i = 0; i < step.Values.Length; i++)
        {
            var parameter = new NpgsqlParameter { Value = step.Values[i] ?? DBNull.Value };
            if (step.Statement.Types[i] is { } type)
            {
                parameter.NpgsqlDbType = (NpgsqlDbType)type;
            }

            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static Exception? Translate(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.DivisionByZero => new StaleException("A row was changed or removed by somebody else.", error),
        PostgresErrorCodes.UniqueViolation => new DuplicateException(error.ConstraintName ?? error.MessageText, error),
        // Two units met over the same rows in opposite order: the one that lost may try again.
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => new StaleException(error.MessageText, error),
        _ when error.SqlState[..2] is "08" or "53" or "57" or "58" or "25" =>
            new StorageUnavailableException($"PostgreSQL could not write: {error.MessageText}", error),
        _ => null,
    };
}
