using System.Text.Json.Nodes;
using PublicService.Workflows.BuiltIn.Flow;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>Every change of a step's or the instance's status, and the journal line that goes with it. There is no other place.</summary>
internal sealed partial class Run
{
    /// <summary>Completes a step, tells its container, and lets go of what is left in it. Does nothing unless it runs.</summary>
    public void Complete(StepContext step, string[]? outcomes)
    {
        if (step.State.Status is not StepStatus.Running)
        {
            return;
        }

        foreach (var child in ChildrenOf(step))
        {
            Cancel(child);
        }

        // The order is Elsa's: cancelling the last child can already have completed this step from inside (case 36). It is written
        // down twice then, but its container is told once: otherwise what follows would run twice.
        var told = step.State.Status is StepStatus.Completed;
        step.State.Status = StepStatus.Completed;
        step.State.Outcomes = step.CompositeOutcomes ?? outcomes;
        step.State.CompletedAt = Environment.Now;
        if (step.State.Outputs?.GetValueOrDefault("Result") is { } result)
        {
            LastResult = result;
        }

        Log(step, "Completed", outcomes: step.State.Outcomes);
        if (!told && step.Parent is { State.Status: StepStatus.Running } owner)
        {
            touched.Add(owner.State);
            var reaction = owner.Node.Activity.ChildCompleted(owner, step);
            if (reaction.IsDone)
            {
                Complete(owner, reaction.Outcomes);
            }
        }

        RemoveBookmarks(step);
    }

    /// <summary>Cancels a step and everything in it, and tells its container.</summary>
    public void Cancel(StepContext step, bool tellOwner = true)
    {
        if (step.State.Status is not (StepStatus.Running or StepStatus.Faulted))
        {
            return;
        }

        foreach (var child in ChildrenOf(step))
        {
            Cancel(child, tellOwner);
        }

        touched.Add(step.State);
        step.State.Status = StepStatus.Canceled;
        step.State.CompletedAt = Environment.Now;
        step.Node.Activity.Leave(step);
        RemoveBookmarks(step);
        Log(step, "Canceled");
        if (tellOwner && step.Parent is { State.Status: StepStatus.Running } owner)
        {
            owner.Node.Activity.ChildCanceled(owner, step);
        }
    }

    /// <summary>Completes the step, then ends the instance (Finish).</summary>
    public void FinishAfter(StepContext step)
    {
        step.State.Status = StepStatus.Completed;
        step.State.CompletedAt = Environment.Now;
        Log(step, "Completed");
        EndAll(InstanceSubStatus.Finished);
    }

    /// <summary>Completes the step and with it the composite around it, before anything behind it can go on (Complete).</summary>
    public void CompleteAfter(StepContext step, StepContext composite)
    {
        Complete(step, null);
        Complete(composite, composite.CompositeOutcomes);
    }

    /// <summary>Ends the instance now: nothing that is still open goes on.</summary>
    public void EndAll(InstanceSubStatus ending)
    {
        queue.Clear();
        foreach (var root in State.Steps.Where(step => step.ParentId is null).ToList())
        {
            Cancel(ContextOf(root), tellOwner: false);
        }

        State.Bookmarks.Clear();
        End(ending);
    }

    private void Fail(StepContext step, Exception failure)
    {
        step.State.Status = StepStatus.Faulted;
        for (var ancestor = step; ancestor is not null; ancestor = ancestor.Parent)
        {
            ancestor.State.FaultCount++;
            touched.Add(ancestor.State);
        }

        State.Incidents.Add(new Incident
        {
            StepId = step.State.Id,
            ActivityId = step.Node.Id,
            NodeId = step.Node.NodeId,
            ActivityType = step.Node.Type,
            Message = failure.Message,
            ExceptionType = failure.GetType().FullName,
            Cause = failure.InnerException?.Message,
            Details = (failure as FaultException)?.Details,
            At = Environment.Now,
        });
        Log(step, "Faulted", failure.Message);
        if (failure is RunawayException)
        {
            // Whatever else is queued would go on for ever as well.
            queue.Clear();
        }

        // Work already queued still runs, as in Elsa; only the instance's end is decided here.
        if (Definition.Incidents is IncidentStrategy.Fault || failure is RunawayException)
        {
            End(InstanceSubStatus.Faulted);
        }
    }

    /// <summary>Takes up a failed step again.</summary>
    /// <exception cref="RunRefusedException">The step has not failed.</exception>
    public void ScheduleRetry(string stepId)
    {
        var step = Reopen(stepId);
        State.Steps.Remove(step.State);
        queue.Enqueue(new WorkItem
        {
            Node = step.Node,
            Owner = step.Parent,
            Tag = step.State.Tag,
            Variables = step.State.DynamicVariables,
            ScheduledBy = step.State.ScheduledById,
        });
    }

    /// <summary>Moves back to a step that was left.</summary>
    /// <exception cref="RunRefusedException">The step was not left, or nothing behind it waits.</exception>
    public void Return(string activityId)
    {
        var earlier = EarlierSteps.Of(Definition, State).FirstOrDefault(step => step.Node.Id == activityId)
            ?? throw new RunRefusedException("STEP_NOT_RETURNABLE", $"Instance {State.Id} cannot be moved back to {activityId}.");
        var flowchart = ContextOf(earlier.Flowchart);
        touched.Add(flowchart.State);
        new FlowWalk(flowchart).ReturnTo(earlier.Node);
    }

    /// <summary>Takes a failed step for done.</summary>
    /// <exception cref="RunRefusedException">The step has not failed.</exception>
    public void Skip(string stepId, string? outcome)
    {
        var step = Reopen(stepId);
        step.State.Status = StepStatus.Running;
        Complete(step, outcome is null ? null : [outcome]);
    }

    private StepContext Reopen(string stepId)
    {
        var state = State.Steps.Find(step => step.Id == stepId && step.Status is StepStatus.Faulted)
            ?? throw new RunRefusedException("STEP_NOT_FAULTED", $"Step {stepId} of instance {State.Id} has not failed.");
        var step = ContextOf(state);
        touched.Add(state);
        for (var ancestor = step; ancestor is not null; ancestor = ancestor.Parent)
        {
            ancestor.State.FaultCount--;
        }

        foreach (var incident in State.Incidents.Where(incident => incident.StepId == stepId))
        {
            incident.ResolvedAt = Environment.Now;
        }

        State.Status = InstanceStatus.Running;
        State.SubStatus = InstanceSubStatus.Executing;
        State.FinishedAt = null;
        return step;
    }

    private void Settle()
    {
        State.UpdatedAt = Environment.Now;
        if (State.Status is InstanceStatus.Running)
        {
            if (State.Steps.TrueForAll(step => step.Status is StepStatus.Completed or StepStatus.Canceled))
            {
                End(InstanceSubStatus.Finished);
            }
            else
            {
                State.SubStatus = InstanceSubStatus.Suspended;
            }
        }

        if (State is { Status: InstanceStatus.Finished, ParentInstanceId: { } parent } && ended)
        {
            Result.Effects.Add(new ResumeParent(parent, State.Id, State.SubStatus, State.Output.ToJson()));
        }

        Result.Touched.AddRange(touched);
        Result.BookmarksAdded.AddRange(State.Bookmarks.Where(bookmark => !bookmarksBefore.Contains(bookmark.Id)));
        Result.BookmarksRemoved.AddRange(bookmarksBefore.Where(id => !State.Bookmarks.Exists(bookmark => bookmark.Id == id)));
        State.Steps.RemoveAll(step => step.ParentId is not null && step.Status is StepStatus.Completed or StepStatus.Canceled);
    }

    private void End(InstanceSubStatus ending)
    {
        State.Status = InstanceStatus.Finished;
        State.SubStatus = ending;
        State.FinishedAt = Environment.Now;
        ended = true;
    }

    public void Log(StepContext step, string eventName, string? message = null, string[]? outcomes = null) => Result.Journal.Add(new JournalEntry
    {
        Sequence = ++State.JournalSequence,
        StepId = step.State.Id,
        ParentStepId = step.State.ParentId,
        ActivityId = step.Node.Id,
        NodeId = step.Node.NodeId,
        ActivityType = step.Node.Type,
        ActivityName = step.Node.Name,
        At = Environment.Now,
        Event = eventName,
        Message = message,
        Outcomes = outcomes,
    });

    private List<StepContext> ChildrenOf(StepContext step) =>
        [.. State.Steps.Where(child => child.ParentId == step.State.Id && child.Status is StepStatus.Running or StepStatus.Faulted).Select(ContextOf)];

    private void RemoveBookmarks(StepContext step) => State.Bookmarks.RemoveAll(bookmark => bookmark.StepId == step.State.Id);
}

/// <summary>Thrown by the Fault activity, with the details its author gave.</summary>
public sealed class FaultException(string message, JsonObject details) : Exception(message)
{
    public JsonObject Details { get; } = details;
}
