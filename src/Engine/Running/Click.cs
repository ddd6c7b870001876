using System.Text.Json.Nodes;
using PublicService.Activities;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>
/// One click in the making: the dossier and the instances it touches, loaded once, changed in memory, stored once. It also carries
/// out what the runs ask for (children, local events, messages, results), so that all of it is in the same transaction.
/// </summary>
/// <param name="about">What is clicked on.</param>
/// <param name="source">What the click was not started with is read from there.</param>
public sealed partial class Click(ClickTarget about, Act act, DefinitionCache definitions, IClickSource source)
{
    private readonly Dictionary<string, RunningInstance> instances = [];
    private readonly Queue<(RunningInstance Source, Effect Effect)> effects = new();
    private readonly Changes changes = new();
    private readonly List<TaskRow> newTasks = [];
    private readonly HashSet<string> handledTasks = [];
    private readonly Dictionary<string, string?> payloads = [];
    private readonly bool wasOpen = about.Dossier?.IsOpen is true;
    private readonly Watching.Before before = Watching.Before.Of(about.Dossier, about.IsNew);
    private int messages;

    public Dossier? Dossier => about.Dossier;

    public Act Act { get; } = act;

    /// <summary>Tasks this click created; they are open when it is stored.</summary>
    public IReadOnlyList<TaskRow> NewTasks => newTasks;

    /// <summary>Tasks that wait in the instances this click has touched.</summary>
    public IEnumerable<TaskRow> OpenTasks => instances.Values.SelectMany(instance => instance.State.Bookmarks
        .Where(RunningInstance.IsTask).Select(bookmark => Projections.ToTask(bookmark, instance.State, Dossier?.Id)));

    /// <summary>The dossier's version once this click is stored: the entity tag of its reply.</summary>
    public long VersionAfter => Dossier is null ? 0 : about.IsNew ? Dossier.Version : Dossier.Version + 1;

    /// <summary>Lines this click wrote into the ledger; known once it is finished.</summary>
    public IReadOnlyList<LedgerEntry> NewLines { get; private set; } = [];

    /// <summary>Further rows of the slice that clicks.</summary>
    public Changes Changes => changes;

    /// <summary>Starts an instance of a published definition.</summary>
    public void Start(WorkflowDefinition definition, StartRequest request) =>
        Take(null, definition, WorkflowRunner.Start(definition, request, Environment()));

    /// <summary>Goes on from a bookmark.</summary>
    /// <exception cref="RunRefusedException">The instance does not wait there any more.</exception>
    public async Task ResumeAsync(string instanceId, string bookmarkId, JsonObject input)
    {
        var instance = await FindAsync(instanceId) ?? throw new RunRefusedException("BOOKMARK_NOT_FOUND", $"There is no instance {instanceId}.");
        Take(instance, instance.Definition, WorkflowRunner.Resume(instance.Definition, instance.State, bookmarkId, input, Environment(instance)));
    }

    /// <summary>Ends an instance and whatever waits in it.</summary>
    public async Task CancelAsync(string instanceId)
    {
        if (await FindAsync(instanceId) is { State.Status: InstanceStatus.Running } instance)
        {
            Take(instance, instance.Definition, WorkflowRunner.Cancel(instance.Definition, instance.State, Environment()));
        }
    }

    /// <summary>Moves the dossier's workflow back to an earlier step.</summary>
    /// <param name="taskId">A task that must still wait; null when any will do.</param>
    /// <exception cref="RefusedException">The law does not let it go back there.</exception>
    /// <exception cref="RunRefusedException">The task does not wait any more.</exception>
    public async Task ReturnAsync(string instanceId, string stepId, string? taskId)
    {
        var (instance, dossier) = (await FindAsync(instanceId), Dossier!);
        if (instance is null || (taskId is not null && !instance.State.Bookmarks.Exists(open => open.Id == taskId)))
        {
            throw new RunRefusedException("BOOKMARK_NOT_FOUND", $"Instance {instanceId} does not wait at {taskId}.");
        }

        var step = Returning.Find(dossier, instance.Definition, instance.State, stepId);
        var names = new JsonArray([.. step.Waiting.Select(left => (JsonNode)Returning.TitleOf(left))]);
        dossier.Note(LedgerAct.MovedBack, new JsonObject { ["from"] = names, ["to"] = Returning.TitleOf(step.Node) }.ToJsonString(JsonText.Readable), Act);
        if (Returning.EndsPause(dossier, step))
        {
            dossier.Resume(about.Subject!.Calendar, Act);
        }

        Take(instance, instance.Definition, WorkflowRunner.Return(instance.Definition, instance.State, stepId, Environment(instance)));
    }

    /// <summary>The open bookmark of a kind in an instance of this click; null when it does not wait for that.</summary>
    public async Task<Bookmark?> WaitingForAsync(string instanceId, string name) =>
        (await FindAsync(instanceId))?.State.Bookmarks.Find(bookmark => bookmark.Name == name);

    /// <summary>Marks a task as done in this click, so that it is not taken for cancelled.</summary>
    public void Complete(TaskRow task, string outcome)
    {
        task.State = TaskState.Completed;
        task.CompletedAt = Act.At;
        task.CompletedBy = Act.ActorId;
        task.Outcome = outcome;
        handledTasks.Add(task.Id);
        changes.Update(task);
        Watching.Done(changes, task, Dossier);
    }

    /// <summary>Moves an open task to another office, where nobody has taken it yet.</summary>
    public async Task MoveTaskAsync(TaskRow task, string officeId)
    {
        var instance = await FindAsync(task.InstanceId) ?? throw new RunRefusedException("BOOKMARK_NOT_FOUND", $"There is no instance {task.InstanceId}.");
        InstanceOffices.MoveTask(instance.State, task.Id, officeId);
        instance.Touch();
        (task.OfficeId, task.AssigneeId, task.ClaimedAt) = (officeId, null, null);
        changes.Update(task);
    }

    /// <summary>Carries out all effects and gives everything there is to store.</summary>
    public async Task<Changes> FinishAsync()
    {
        while (effects.TryDequeue(out var next))
        {
            await CarryOutAsync(next.Source, next.Effect);
        }

        NoteCancelled();
        if (Dossier is not null)
        {
            TellParent(Dossier);
            if (about.IsNew)
            {
                changes.Insert(Dossier);
            }
            else
            {
                changes.Update(Dossier);
            }

            changes.InsertAll(NewLines = Dossier.TakeNewEntries());
            Watching.Write(changes, before, about.Subject!, Act.At);
        }

        foreach (var instance in instances.Values)
        {
            instance.Write(changes, Dossier?.Id, instance.State.Incidents.Count(incident => incident.ResolvedAt is null));
            WriteWaits(instance);
        }

        await source.Assign(newTasks, Dossier, handledTasks, changes);
        return changes;
    }

    private async Task<RunningInstance?> FindAsync(string instanceId)
    {
        if (!instances.TryGetValue(instanceId, out var instance) && await source.InstanceAsync(instanceId) is { Row: { State: { } state } row } found)
        {
            instances[instanceId] = instance = new RunningInstance(found.Definition, InstanceJson.Read(state), row) { Skips = found.Skips };
        }

        return instance;
    }

    private void Take(RunningInstance? instance, WorkflowDefinition definition, RunResult result)
    {
        if (Dossier is not null && result.State.Incidents.Find(incident => incident.ResolvedAt is null) is { } incident)
        {
            throw new StepFailedException(result.State.Id, incident);
        }

        if (instance is null)
        {
            instances[result.State.Id] = instance = new RunningInstance(definition, result.State, null);
        }

        instance.Add(result);
        foreach (var child in result.Children)
        {
            Take(null, definitions.Published(child.State.DefinitionId)!, child);
        }

        foreach (var effect in result.Effects)
        {
            effects.Enqueue((instance, effect));
        }
    }

    private IEnumerable<Bookmark> Cancelled(RunningInstance instance) =>
        instance.Removed.Where(bookmark => RunningInstance.IsTask(bookmark) && !handledTasks.Contains(bookmark.Id));

    /// <summary>Work that nobody has to do any more is not left standing in the ledger: whose time it was is read there.</summary>
    private void NoteCancelled()
    {
        foreach (var bookmark in instances.Values.SelectMany(Cancelled).Where(bookmark => bookmark.Name == TaskRequest.BookmarkName))
        {
            var request = TaskRequest.Read(bookmark.Payload!);
            var data = new JsonObject { ["title"] = request.Title, ["office"] = request.OfficeId };
            Dossier?.Note(LedgerAct.TaskCancelled, data.ToJsonString(JsonText.Readable), Act.System(Act.At));
        }
    }

    private void WriteWaits(RunningInstance instance)
    {
        foreach (var bookmark in Cancelled(instance))
        {
            changes.Execute($"update tasks set state = {TaskState.Cancelled}, completed_at = {Act.At}, watch_at = null, version = version + 1 where id = {bookmark.Id}", rows: 1);
        }

        foreach (var wait in instance.Added.Select(bookmark => Projections.ToOutsideWait(bookmark, instance.State, Dossier?.Id)).OfType<object>())
        {
            changes.Insert(wait);
        }

        foreach (var bookmark in instance.Added.Where(RunningInstance.IsTask))
        {
            var task = Projections.ToTask(bookmark, instance.State, Dossier?.Id, payloads.GetValueOrDefault(bookmark.Id));
            newTasks.Add(task);
            Watching.Open(task, about.Subject, Act.At);
            changes.Insert(task);
        }
    }

    private RunEnvironment Environment(RunningInstance? instance = null) => new()
    {
        Skips = instance?.Skips ?? [],
        Now = Act.At,
        Subject = about.Subject,
        FindDefinition = definitions.Published,
        NextCron = CronSchedule.Next,
        IsRefusal = failure => failure is RefusedException,
        Stop = source.Stop,
    };
}

/// <summary>A step of a dossier's workflow failed: the click is rolled back and somebody has to look.</summary>
public sealed class StepFailedException(string instanceId, Incident incident) : Exception($"{incident.ActivityType} '{incident.ActivityId}': {incident.Message}")
{
    public string InstanceId { get; } = instanceId;

    public Incident Incident { get; } = incident;
}
