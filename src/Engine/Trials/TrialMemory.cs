using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Trials;

/// <summary>
/// Takes the place of the database for one trial: what the clicks would store is kept here and forgotten with the request. Each click
/// gets copies of what is kept, as it would get rows just read, so that a click that is refused leaves nothing behind.
/// </summary>
internal sealed class TrialMemory(EngineDb model, DefinitionCache definitions, WorkflowDefinition tried, CancellationToken stop) : IClickSource
{
    private readonly List<InstanceRow> instances = [];
    private readonly List<LedgerEntry> ledger = [];
    private Dossier? dossier;

    /// <summary>Nobody is there to have work given to; the trial shows the role and the office.</summary>
    public AssignTasks Assign => (_, _, _, _) => Task.CompletedTask;

    public CancellationToken Stop => stop;

    public IReadOnlyList<LedgerEntry> Ledger => ledger;

    /// <summary>A copy of the dossier as it was last kept; null before the first click.</summary>
    public Dossier? Dossier => dossier is null ? null : Copy(dossier);

    /// <summary>Waiting places of all instances, the oldest instance first.</summary>
    public async Task<IReadOnlyList<TrialWait>> WaitsAsync()
    {
        var waits = new List<TrialWait>();
        foreach (var row in instances.Where(row => row is { Status: InstanceStatus.Running, State: not null }))
        {
            var (state, definition) = (InstanceJson.Read(row.State), await DefinitionAsync(row));
            foreach (var bookmark in state.Bookmarks)
            {
                var index = waits.Count(other => other.Bookmark.ActivityId == bookmark.ActivityId && other.Bookmark.Name == bookmark.Name);
                waits.Add(new TrialWait(state, bookmark, definition.Nodes[bookmark.NodeId], index));
            }
        }

        return waits;
    }

    /// <summary>The workflow of the dossier with the definition it runs on; null once it has ended.</summary>
    public (WorkflowDefinition Definition, InstanceState State)? Root =>
        instances is [{ State: { } state }, ..] ? (tried, InstanceJson.Read(state)) : null;

    /// <summary>Keeps what a click would store, and tells it on.</summary>
    public void Take(Click click, TrialHappening happening)
    {
        foreach (var row in click.Changes.List.Where(change => change.Kind is ChangeKind.Insert or ChangeKind.Update).Select(change => change.Entity))
        {
            switch (row)
            {
                case Dossier changed:
                    dossier = changed;
                    break;
                case LedgerEntry line:
                    ledger.Add(line);
                    happening.Lines.Add(line);
                    break;
                case InstanceRow instance:
                    Put(instance);
                    break;
                default:
                    happening.Add(row!);
                    break;
            }
        }
    }

    public async Task<LoadedInstance?> InstanceAsync(string id) =>
        instances.Find(row => row.Id == id) is { } row ? new(Copy(row), await DefinitionAsync(row), []) : null;

    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(Guid dossierId) => Task.FromResult<IReadOnlyList<LedgerEntry>>(ledger);

    public Task<IReadOnlyList<PaperRow>> PapersAsync(Guid dossierId) => Task.FromResult<IReadOnlyList<PaperRow>>([]);

    private void Put(InstanceRow row)
    {
        var known = instances.FindIndex(other => other.Id == row.Id);
        if (known < 0)
        {
            instances.Add(row);
        }
        else
        {
            instances[known] = row;
        }
    }

    // A draft is overwritten in place, so it must not get into the cache of versions.
    private async ValueTask<WorkflowDefinition> DefinitionAsync(InstanceRow row) =>
        row.DefinitionVersionId == tried.Id ? tried : await definitions.FindAsync(row.DefinitionVersionId, CancellationToken.None);

    private T Copy<T>(T row)
        where T : class => (T)model.Entry(row).CurrentValues.ToObject();
}

/// <summary>A place where the trial waits.</summary>
/// <param name="Index">Which one of those of its kind at this step.</param>
internal sealed record TrialWait(InstanceState Instance, Bookmark Bookmark, ActivityNode Node, int Index);
