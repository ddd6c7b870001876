using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using Quartz;

namespace PublicService.Engine.Reorganisation;

/// <summary>
/// Carries ordered plans out, chunk by chunk; each chunk is one transaction together with the progress of the plan. Killed at any moment it
/// goes on where it stood: the version of the plan lets no chunk be stored twice, whoever else is at work.
/// </summary>
internal sealed class ReorganisationRunner(
    IDbContextFactory<EngineDb> contexts,
    CommitLane lane,
    DossierMover dossiers,
    PeopleMover people,
    PlanOffices planOffices,
    PersonDirectory directory,
    TimeProvider time,
    ILogger<ReorganisationRunner> log) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Dossiers or people in one transaction.</summary>
    public int ChunkSize { get; init; } = 200;

    /// <summary>Works off every plan whose day has come. Returns how many were finished.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var finished = 0;
            while (await NextAsync(cancellationToken) is { } row)
            {
                if (!await TryRunAsync(row, cancellationToken))
                {
                    break;
                }

                finished++;
            }

            return finished;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<bool> TryRunAsync(ReorganisationRow row, CancellationToken cancellationToken)
    {
        try
        {
            var work = new Work(row, new PlacementRules(ReorganisationPlan.Read(row.Plan)), ReorganisationCounts.Read(row.Counts));
            while (row.State is not ReorganisationState.Done)
            {
                await (row.State switch
                {
                    ReorganisationState.Ordered => BeginAsync(work, cancellationToken),
                    ReorganisationState.MovingPeople => PeopleAsync(work, cancellationToken),
                    ReorganisationState.MovingDossiers => DossiersAsync(work, cancellationToken),
                    _ => CloseAsync(work, cancellationToken),
                });
            }

            return true;
        }
        catch (StaleException)
        {
            // Another node has the plan; the next round looks how far it is.
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The reorganisation {Plan} stopped; the next round goes on.", row.Id);
            await lane.CommitAsync(new Changes().Execute($"update reorganisations set error = {error.Message} where id = {row.Id}"), cancellationToken);
            return false;
        }
    }

    private async Task<ReorganisationRow?> NextAsync(CancellationToken cancellationToken)
    {
        var today = VietnamTime.DateOf(time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ReorganisationRow>().AsNoTracking()
            .Where(row => row.State != ReorganisationState.Draft && row.State != ReorganisationState.Done && row.EffectiveOn <= today)
            .OrderBy(row => row.EffectiveOn).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>New names, units and rules of assignment: a few rows, one transaction.</summary>
    private async Task BeginAsync(Work work, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        work.Row.StartedAt = time.GetUtcNow();
        work.Counts.Rules = await planOffices.GoOverAsync(work.Row, work.Rules, changes, cancellationToken);
        work.Row.State = ReorganisationState.MovingPeople;
        await StoreAsync(work, changes, cancellationToken);
        await planOffices.RefreshAsync(cancellationToken);
    }

    private async Task PeopleAsync(Work work, CancellationToken cancellationToken)
    {
        var page = await people.NextAsync(work.Rules, work.Row.Cursor, ChunkSize, cancellationToken);
        var changes = new Changes();
        foreach (var moving in page)
        {
            if (people.Move(moving, work.Rules, work.Row, work.Row.OrderedBy!, work.Counts, changes, null) is { Count: > 0 } undecided)
            {
                changes.Insert(Review(work, ReviewKind.Person, moving.Person.Id, undecided, "Đơn vị được chia; phương án không nói người này về đâu."));
            }
        }

        (work.Row.Cursor, work.Row.State) = page.Count < ChunkSize ? (null, ReorganisationState.MovingDossiers) : (page[^1].Person.Id, work.Row.State);
        await StoreAsync(work, changes, cancellationToken);
        directory.Forget();
    }

    /// <summary>
    /// What has moved is not found any more, so the list of what is left is all that must be known; it is read again until it is empty,
    /// because a click may have come in between.
    /// </summary>
    private async Task DossiersAsync(Work work, CancellationToken cancellationToken)
    {
        if (await LeftAsync(work, cancellationToken) is not { Count: > 0 } left)
        {
            work.Row.State = ReorganisationState.Closing;
            await StoreAsync(work, new Changes(), cancellationToken);
            return;
        }

        for (var (at, size) = (0, ChunkSize); at < left.Count;)
        {
            var ids = left.Skip(at).Take(size).ToList();
            if (await TryMoveAsync(work, ids, cancellationToken))
            {
                (at, size) = (at + ids.Count, ChunkSize);
            }
            else
            {
                // Somebody clicks on one of them: smaller and smaller, until only that one has to be made again.
                size = Math.Max(1, ids.Count / 4);
            }
        }
    }

    private async Task<bool> TryMoveAsync(Work work, List<Guid> ids, CancellationToken cancellationToken)
    {
        var (changes, counts) = (new Changes(), ReorganisationCounts.Read(work.Row.Counts));
        var order = new MovingOrder(work.Row.Id, work.Row.Name, work.Row.OrderedBy!, work.Row.OrderedByName!);
        foreach (var (dossier, placement) in await dossiers.MoveAsync(ids, work.Rules, order, counts, changes, null, cancellationToken))
        {
            changes.Insert(Review(work, ReviewKind.Dossier, dossier.Id.ToString(), placement.Undecided, placement.Reason!));
        }

        var version = work.Row.Version;
        try
        {
            await StoreAsync(work, changes, counts, cancellationToken);
            return true;
        }
        catch (StaleException) when (work.Row.Version == version)
        {
            await work.MustStillOwnAsync(contexts, cancellationToken);
            return false;
        }
    }

    private async Task CloseAsync(Work work, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        await people.CloseAsync(work.Rules, work.Row.Id, changes, cancellationToken);
        (work.Row.State, work.Row.FinishedAt) = (ReorganisationState.Done, time.GetUtcNow());
        await StoreAsync(work, changes, cancellationToken);
        directory.Forget();
    }

    private async Task<List<Guid>> LeftAsync(Work work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = work.Row.Id;
        var reviewed = (await db.Set<ReviewRow>().Where(review => review.ReorganisationId == id && review.Kind == ReviewKind.Dossier)
            .Select(review => review.SubjectId).ToListAsync(cancellationToken)).Select(Guid.Parse).ToHashSet();
        var all = await LiveWork.At(db, work.Rules.Old).OrderBy(dossier => dossier.Id).Select(dossier => dossier.Id).ToListAsync(cancellationToken);
        return all.FindAll(dossier => !reviewed.Contains(dossier));
    }

    private Task StoreAsync(Work work, Changes changes, CancellationToken cancellationToken) => StoreAsync(work, changes, work.Counts, cancellationToken);

    private async Task StoreAsync(Work work, Changes changes, ReorganisationCounts counts, CancellationToken cancellationToken)
    {
        var before = work.Row.Counts;
        (work.Row.Counts, work.Row.Error) = (counts.ToJson(), null);
        try
        {
            await lane.CommitAsync(changes.Update(work.Row), cancellationToken);
            work.Counts = counts;
        }
        catch
        {
            work.Row.Counts = before;
            throw;
        }
    }

    private ReviewRow Review(Work work, ReviewKind kind, string subjectId, IReadOnlyList<string> undecided, string reason) => new()
    {
        ReorganisationId = work.Row.Id,
        Kind = kind,
        SubjectId = subjectId,
        OfficeIds = System.Text.Json.JsonSerializer.Serialize(undecided),
        Reason = reason,
        CreatedAt = time.GetUtcNow(),
    };

    private sealed class Work(ReorganisationRow row, PlacementRules rules, ReorganisationCounts counts)
    {
        public ReorganisationRow Row { get; } = row;

        public PlacementRules Rules { get; } = rules;

        public ReorganisationCounts Counts { get; set; } = counts;

        /// <exception cref="StaleException">Another node goes on with the plan.</exception>
        public async Task MustStillOwnAsync(IDbContextFactory<EngineDb> contexts, CancellationToken cancellationToken)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.Set<ReorganisationRow>().Where(stored => stored.Id == Row.Id).Select(stored => stored.Version).FirstAsync(cancellationToken) != Row.Version)
            {
                throw new StaleException("Another node goes on with the plan.");
            }
        }
    }
}

/// <summary>Looks every second for plans whose day has come.</summary>
[DisallowConcurrentExecution]
internal sealed class ReorganisationJob(ReorganisationRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await runner.RunAsync(cancellationToken);
}
