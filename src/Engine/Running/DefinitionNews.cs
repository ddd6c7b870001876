using Npgsql;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// On PostgreSQL, where several engines share the work: hears when another one has published or taken back a definition (LISTEN, told by
/// a trigger with the commit) and brings the memory up to date. What was missed while not connected is learned on connecting.
/// </summary>
internal sealed class DefinitionNews(Database database, DefinitionCache definitions, TimeProvider time, ILogger<DefinitionNews> logger) : BackgroundService
{
    /// <summary>Until the next attempt when the database cannot be heard.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (database.Source is { } source && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(source, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                logger.LogWarning(error, "News of definitions cannot be heard; the known ones stay in use until the next attempt.");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand("LISTEN definitions", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await definitions.ReloadAsync(cancellationToken);
            await connection.WaitAsync(cancellationToken);
        }
    }
}
