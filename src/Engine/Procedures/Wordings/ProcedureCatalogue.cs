using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>
/// The only door through which the catalogue changes. A change is made on what is stored now and kept only when nobody else changed a
/// directory meanwhile, otherwise it is made again; so two people can never leave two wordings for one day.
/// </summary>
public sealed class ProcedureCatalogue(
    IDbContextFactory<EngineDb> contexts, CommitLane lane, DirectoryRefresh refresh, DefinitionCache definitions, TimeProvider time)
{
    private const int Attempts = 5;

    /// <param name="codes">Procedures the change is about.</param>
    /// <param name="change">Fills the work; may be called again, with nothing of the call before.</param>
    /// <param name="dryRun">Makes the change and forgets it.</param>
    /// <exception cref="RefusedException">Whatever <paramref name="change"/> refuses.</exception>
    /// <exception cref="StaleException">Others kept changing the directories.</exception>
    /// <exception cref="DuplicateException">The same request was stored before.</exception>
    internal async Task ChangeAsync(IReadOnlyCollection<string> codes, Func<CatalogueWork, Task> change, CancellationToken cancellationToken, bool dryRun = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var revision = await db.Set<DirectoryRevisionRow>().Where(row => row.Name == DirectoryRefresh.Directories).Select(row => row.Revision).FirstAsync(cancellationToken);
            var rows = await db.Set<ProcedureRow>().AsNoTracking().Where(row => codes.Contains(row.Code)).ToListAsync(cancellationToken);
            var work = new CatalogueWork(db, rows, definitions, time.GetUtcNow());
            await change(work);
            if (dryRun || work.Changes.Count == 0)
            {
                return;
            }

            if (work.TouchesCatalogue)
            {
                work.Changes.Execute(
                    $"update directory_revisions set revision = revision + 1 where name = {DirectoryRefresh.Directories} and revision = {revision}", rows: 1);
            }

            try
            {
                await lane.CommitAsync(work.Changes, cancellationToken);
                await refresh.RefreshAsync(CancellationToken.None);
                return;
            }
            catch (Exception error) when (error is (StaleException or DuplicateException) && attempt < Attempts)
            {
                // Somebody was faster.
            }
        }
    }
}
