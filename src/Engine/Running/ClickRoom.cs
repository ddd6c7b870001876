using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// Where clicks are made: loads what a click needs, lets it act, stores everything at once. A click that met another one is made
/// again from what is stored then; after some tries the caller is told.
/// </summary>
public sealed class ClickRoom(
    IDbContextFactory<EngineDb> contexts, DefinitionCache definitions, ClickMaking making, AssignTasks assign, CommitLane lane, TimeProvider time)
{
    private const int Tries = 5;

    // Not static: a compiled query belongs to one model, and a process may hold engines on both databases.
    private readonly Func<EngineDb, Guid, Task<Dossier?>> dossierById =
        EF.CompileAsyncQuery((EngineDb db, Guid id) => db.Dossiers.AsNoTracking().FirstOrDefault(dossier => dossier.Id == id));

    private readonly Func<EngineDb, string, Task<InstanceRow?>> instanceById =
        EF.CompileAsyncQuery((EngineDb db, string id) => db.Instances.AsNoTracking().FirstOrDefault(row => row.Id == id));

    private readonly Func<EngineDb, Guid, IAsyncEnumerable<LedgerEntry>> ledgerById =
        EF.CompileAsyncQuery((EngineDb db, Guid id) => db.Ledger.AsNoTracking().Where(line => line.DossierId == id));

    private readonly Turns turns = new();

    /// <summary>Changes a stored dossier, or an instance without one.</summary>
    /// <param name="act">Who acts; its instant is the click's own, never earlier than the dossier's last act.</param>
    /// <param name="apply">Changes the click; run again when another click came in between, so it must only touch the click.</param>
    /// <param name="finish">Called with everything to be stored, before it is.</param>
    /// <exception cref="StaleException">Somebody else keeps changing the same dossier.</exception>
    /// <exception cref="StepFailedException">A step failed; nothing was changed but the incident that is stored.</exception>
    public async Task ClickAsync(
        Guid? dossierId, string turn, Act act, Func<Click, Task> apply, Action<Click, Changes> finish, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var mine = await turns.TakeAsync(turn, cancellationToken);
            var dossier = dossierId is { } id ? await LoadAsync(id, cancellationToken) : null;
            try
            {
                await StoreAsync(dossier, isNew: false, act, apply, finish, cancellationToken);
                return;
            }
            catch (StaleException) when (attempt < Tries)
            {
                // Another node, or a row outside this turn: once more with what is stored now.
            }
        }
    }

    /// <summary>Stores a new dossier together with the first run of its workflow.</summary>
    public Task CreateAsync(Dossier dossier, Act act, Func<Click, Task> apply, Action<Click, Changes> finish, CancellationToken cancellationToken) =>
        StoreAsync(dossier, isNew: true, act, apply, finish, cancellationToken);

    /// <summary>The instant of an act: now, but never before what the dossier has already seen.</summary>
    public Act Stamp(Act act, DateTimeOffset? notBefore = null)
    {
        var now = time.GetUtcNow();
        return new Act(act.ActorId, act.ActorName, act.OfficeId, notBefore > now ? notBefore.Value : now, act.Reason, act.OnBehalfOf);
    }

    private async Task StoreAsync(
        Dossier? dossier, bool isNew, Act act, Func<Click, Task> apply, Action<Click, Changes> finish, CancellationToken cancellationToken)
    {
        var stamped = isNew ? act : Stamp(act, dossier?.LastActAt);
        try
        {
            var click = await making.MakeAsync(dossier, isNew, stamped, new Stored(this, assign, cancellationToken), apply);
            finish(click, click.Changes);
            await lane.CommitAsync(click.Changes, cancellationToken);
        }
        catch (StepFailedException failure)
        {
            var incident = failure.Incident;
            await ReportAsync(
                isNew ? null : dossier?.Id,
                failure.InstanceId,
                incident.StepId,
                incident.ActivityId,
                incident.Cause is { } cause ? $"{incident.Message}: {cause}" : incident.Message,
                cancellationToken);
            throw;
        }
    }

    /// <summary>
    /// Stores what went wrong, apart from the click that was rolled back. The same trouble met again, by a timer that is tried again,
    /// is not stored twice.
    /// </summary>
    public async Task ReportAsync(Guid? dossierId, string instanceId, string? stepId, string? activityId, string message, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Incidents.AnyAsync(row => row.InstanceId == instanceId && row.ActivityId == activityId && row.Message == message && row.ResolvedAt == null, cancellationToken))
        {
            return;
        }

        var changes = new Changes().Insert(new IncidentRow
        {
            Id = Guid.CreateVersion7(),
            InstanceId = instanceId,
            DossierId = dossierId,
            StepId = stepId,
            ActivityId = activityId,
            Message = message,
            CorrelationId = System.Diagnostics.Activity.Current?.TraceId.ToString(),
            At = time.GetUtcNow(),
        });
        // Without raising the version: the mark must not make a click stale that goes on elsewhere.
        changes.Execute($"update instances set incident_count = incident_count + 1 where id = {instanceId}");
        await lane.CommitAsync(changes, cancellationToken);
    }

    private async Task<Dossier> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await dossierById(db, id) ?? throw new RefusedException("DOSSIER_NOT_FOUND", "Không có hồ sơ này.");
    }

    private async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(Guid dossierId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ledgerById(db, dossierId).OrderBy(line => line.Sequence).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<PaperRow>> PapersAsync(Guid dossierId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Papers.AsNoTracking().Where(paper => paper.DossierId == dossierId && paper.RemovedAt == null)
            .OrderBy(paper => paper.UploadedAt).ToListAsync(cancellationToken);
    }

    private async Task<LoadedInstance?> LoadInstanceAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await instanceById(db, id) is not { } row)
        {
            return null;
        }

        var skips = row.IncidentCount == 0 ? [] : await db.Incidents
            .Where(incident => incident.InstanceId == id && incident.ResolvedAt == null && incident.SkipOutcome != null)
            .OrderByDescending(incident => incident.At).Select(incident => new { incident.ActivityId, incident.SkipOutcome }).ToListAsync(cancellationToken);
        return new(
            row,
            await definitions.FindAsync(row.DefinitionVersionId, cancellationToken),
            skips.DistinctBy(skip => skip.ActivityId).ToDictionary(skip => skip.ActivityId!, skip => skip.SkipOutcome!));
    }

    /// <summary>What is stored.</summary>
    private sealed class Stored(ClickRoom room, AssignTasks assign, CancellationToken cancellationToken) : IClickSource
    {
        public AssignTasks Assign => assign;

        public Task<LoadedInstance?> InstanceAsync(string id) => room.LoadInstanceAsync(id, cancellationToken);

        public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(Guid dossierId) => room.LedgerAsync(dossierId, cancellationToken);

        public Task<IReadOnlyList<PaperRow>> PapersAsync(Guid dossierId) => room.PapersAsync(dossierId, cancellationToken);
    }
}
