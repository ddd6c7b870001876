using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Directories;

/// <summary>
/// Loads the directories at start and again whenever their revision moved: at once in the engine that made the change,
/// within <see cref="Period"/> in the others.
/// </summary>
public sealed class DirectoryRefresh(
    IDbContextFactory<EngineDb> contexts,
    OfficeDirectory offices,
    CalendarDirectory calendars,
    ProcedureDirectory procedures,
    AssignmentRules rules,
    TimeProvider time,
    ILogger<DirectoryRefresh> logger) : BackgroundService
{
    public const string Directories = "directories";

    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private long seen = -1;

    /// <summary>Adds to a change what makes all engines load the directories again.</summary>
    public static Changes Raise(Changes changes) =>
        changes.Execute($"update directory_revisions set revision = revision + 1 where name = {Directories}", rows: 1);

    /// <summary>Loads when something changed since the last time.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var revision = await db.Set<DirectoryRevisionRow>().Where(row => row.Name == Directories)
            .Select(row => row.Revision).FirstAsync(cancellationToken);
        if (revision == Interlocked.Read(ref seen))
        {
            return;
        }

        await offices.ReloadAsync(cancellationToken);
        await calendars.ReloadAsync(cancellationToken);
        await procedures.ReloadAsync(cancellationToken);
        await rules.ReloadAsync(cancellationToken);
        Interlocked.Exchange(ref seen, revision);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                logger.LogWarning(error, "The directories could not be read again; the known ones stay in use.");
            }
        }
    }
}
