using PublicService.Activities;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>One workflow instance inside a click: how it was loaded, and what its runs made of it.</summary>
internal sealed class RunningInstance
{
    private readonly Dictionary<string, Bookmark> before;
    private readonly List<JournalEntry> journal = [];
    private readonly List<StepState> steps = [];
    private readonly List<string> skipped = [];
    private bool isTouched;

    /// <summary>A new instance, or a stored one before its first run in this click.</summary>
    public RunningInstance(WorkflowDefinition definition, InstanceState state, InstanceRow? row)
    {
        Definition = definition;
        State = state;
        Row = row;
        before = row is null ? [] : state.Bookmarks.ToDictionary(bookmark => bookmark.Id);
    }

    /// <summary>The version it runs on.</summary>
    public WorkflowDefinition Definition { get; private set; }

    public InstanceState State { get; }

    public InstanceRow? Row { get; }

    /// <summary>Steps that somebody has let be skipped, with the outcome to go on by; each is used up by the run that comes to it.</summary>
    public Dictionary<string, string> Skips { get; init; } = [];

    /// <summary>Says that the state was changed without a run; it is then stored as well.</summary>
    public void Touch() => isTouched = true;

    /// <summary>Goes on with another version; the state has been moved already.</summary>
    public void MoveTo(WorkflowDefinition version)
    {
        Definition = version;
        isTouched = true;
    }

    public void Add(RunResult result)
    {
        journal.AddRange(result.Journal);
        steps.AddRange(result.Touched);
        skipped.AddRange(result.Skipped.Where(activityId => Skips.Remove(activityId)));
    }

    /// <summary>Bookmarks that exist now and did not before the click.</summary>
    public IEnumerable<Bookmark> Added => State.Bookmarks.Where(bookmark => !before.ContainsKey(bookmark.Id));

    /// <summary>Bookmarks that existed before the click and are gone.</summary>
    public IEnumerable<Bookmark> Removed => before.Values.Where(bookmark => !State.Bookmarks.Exists(open => open.Id == bookmark.Id));

    /// <summary>Whether a bookmark has a row of its own: timers and whatever is found by its key. Tasks have theirs, children are known to their parents.</summary>
    public static bool HasRow(Bookmark bookmark) => bookmark.DueAt is not null || (bookmark.Key is not null && !IsTask(bookmark) && !IsChild(bookmark));

    /// <summary>Whether a bookmark is shown to people as a task.</summary>
    public static bool IsTask(Bookmark bookmark) => bookmark.Name is TaskRequest.BookmarkName or "Elsa.RunTask";

    /// <summary>Elsa calls such an instance suspended and forgets it (Elsa contract D.2); here somebody is told.</summary>
    private bool IsStuck => State is { Status: InstanceStatus.Running, Bookmarks.Count: 0 };

    private static bool IsChild(Bookmark bookmark) =>
        bookmark.Name is "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" or "Elsa.BulkDispatchWorkflows";

    /// <summary>Writes the instance, its journal and its bookmarks.</summary>
    public void Write(Changes changes, Guid? dossierId, int openIncidents)
    {
        if (journal.Count == 0 && !isTouched)
        {
            return;
        }

        var row = Row ?? new InstanceRow
        {
            Id = State.Id,
            DossierId = dossierId,
            DefinitionId = State.DefinitionId,
            DefinitionVersionId = State.DefinitionVersionId,
            ParentInstanceId = State.ParentInstanceId,
            CreatedAt = State.CreatedAt,
        };
        skipped.ForEach(activityId => changes.Execute(
            $"update incidents set resolved_at = {State.UpdatedAt} where instance_id = {State.Id} and activity_id = {activityId} and resolved_at is null"));
        if (journal.Count == 0)
        {
            // Changed without a run: what has failed has not been made again.
            openIncidents = row.IncidentCount;
        }
        else if (row.IncidentCount > 0 && openIncidents == 0)
        {
            // The click that failed has now been made again; a step that may be skipped and has not been reached is still to come.
            changes.Execute($"update incidents set resolved_at = {State.UpdatedAt} where instance_id = {State.Id} and skip_outcome is null and resolved_at is null");
            openIncidents = Skips.Count;
        }

        if (IsStuck && journal.Count > 0)
        {
            openIncidents++;
            changes.Insert(new IncidentRow
            {
                Id = Guid.CreateVersion7(),
                InstanceId = State.Id,
                DossierId = dossierId,
                Message = "The workflow waits for nothing: no task, event, timer or child can make it go on.",
                At = State.UpdatedAt,
            });
        }

        row.DefinitionVersionId = State.DefinitionVersionId;
        row.CorrelationId = State.CorrelationId;
        row.Name = State.Name;
        row.Status = State.Status;
        row.SubStatus = State.SubStatus;
        row.IncidentCount = openIncidents;
        row.State = State.Status is InstanceStatus.Finished && State.SubStatus is not InstanceSubStatus.Faulted ? null : InstanceJson.Write(State);
        row.Output = State.Status is InstanceStatus.Finished ? State.Output.ToJson().ToJsonString() : null;
        row.UpdatedAt = State.UpdatedAt;
        row.FinishedAt = State.FinishedAt;
        if (Row is null)
        {
            changes.Insert(row);
        }
        else
        {
            changes.Update(row);
        }

        WriteJournal(changes, dossierId);
        foreach (var bookmark in Removed.Where(HasRow))
        {
            changes.DeleteBookmark(bookmark.Id);
        }

        foreach (var bookmark in Added.Where(HasRow))
        {
            changes.Insert(new BookmarkRow
            {
                Id = bookmark.Id,
                InstanceId = State.Id,
                DossierId = dossierId,
                Name = bookmark.Name,
                Key = bookmark.Key,
                DueAt = bookmark.DueAt,
                ActivityId = bookmark.ActivityId,
            });
        }
    }

    private void WriteJournal(Changes changes, Guid? dossierId)
    {
        if (journal.Count > 0)
        {
            changes.Insert(new JournalRow
            {
                InstanceId = State.Id,
                DossierId = dossierId,
                FirstSequence = journal[0].Sequence,
                At = State.UpdatedAt,
                Entries = InstanceJson.Write(journal),
                Steps = InstanceJson.Write(steps),
            });
        }
    }
}
