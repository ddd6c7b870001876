using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Seeding;

/// <summary>Fills empty tables of offices, calendars and procedures. What is in the database is never overwritten.</summary>
public sealed class BaseData(IDbContextFactory<EngineDb> contexts, CommitLane lane, SeedFolder seed, TimeProvider time, ILogger<BaseData> logger)
{
    public async Task ImportAsync(CancellationToken cancellationToken = default)
    {
        var changes = new Changes();
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await db.Set<OfficeRow>().AnyAsync(cancellationToken))
            {
                changes.InsertAll(OfficeSeed.Read(seed.Read("org-units.json")));
            }

            if (!await db.Set<CalendarRow>().AnyAsync(cancellationToken))
            {
                var root = OfficeSeed.Read(seed.Read("org-units.json"))[0].Id;
                changes.Insert(CalendarSeed.Read(seed.Read("holidays.json"), root, time.GetUtcNow()));
            }

            if (!await db.Set<ProcedureRow>().AnyAsync(cancellationToken))
            {
                changes.InsertAll(ProcedureSeed.Read(seed.Read("procedures.json"), seed.Forms()));
            }
        }

        if (changes.Count == 0)
        {
            return;
        }

        try
        {
            await lane.CommitAsync(DirectoryRefresh.Raise(changes), cancellationToken);
            logger.LogInformation("Imported {Count} rows of base data.", changes.Count - 1);
        }
        catch (DuplicateException)
        {
            // Another engine that started at the same moment was first; its import is the same.
        }
    }
}
