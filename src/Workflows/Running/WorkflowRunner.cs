using System.Text.Json.Nodes;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>
/// Runs instances: state in, state out. Nothing is stored and nothing leaves the process; the host stores the result and carries
/// out its effects in one transaction, or forgets it.
/// </summary>
public static class WorkflowRunner
{
    /// <summary>Creates an instance and runs it until it waits or ends.</summary>
    public static RunResult Start(WorkflowDefinition definition, StartRequest request, RunEnvironment environment) =>
        Start(definition, request, environment, new RunBudget(environment), []);

    internal static RunResult Start(WorkflowDefinition definition, StartRequest request, RunEnvironment environment, RunBudget budget, List<string> lines)
    {
        var state = new InstanceState
        {
            Id = request.InstanceId ?? environment.NewId(),
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.Id,
            DefinitionVersion = definition.Version,
            ParentInstanceId = request.ParentInstanceId,
            CorrelationId = request.CorrelationId,
            Name = request.Name,
            Input = request.Input,
            CreatedAt = environment.Now,
        };
        using var run = new Run(definition, state, environment, budget, lines) { TriggerActivityId = request.TriggerActivityId };
        run.Schedule(definition.Workflow, null, null);
        return run.ToEnd();
    }

    /// <summary>Goes on from a bookmark.</summary>
    /// <exception cref="RunRefusedException">The instance is finished, or has no such bookmark.</exception>
    public static RunResult Resume(WorkflowDefinition definition, InstanceState state, string bookmarkId, JsonObject input, RunEnvironment environment)
    {
        RefuseFinished(state);
        var bookmark = state.Bookmarks.Find(open => open.Id == bookmarkId)
            ?? throw new RunRefusedException("BOOKMARK_NOT_FOUND", $"Instance {state.Id} does not wait at {bookmarkId}.");
        using var run = new Run(definition, state, environment, new RunBudget(environment));
        run.ScheduleResume(bookmark, input);
        return run.ToEnd();
    }

    /// <summary>Ends an instance: its steps are cancelled, its bookmarks go, its children are to be cancelled. A finished one stays as it is.</summary>
    public static RunResult Cancel(WorkflowDefinition definition, InstanceState state, RunEnvironment environment)
    {
        using var run = new Run(definition, state, environment, new RunBudget(environment));
        if (state.Status is InstanceStatus.Running)
        {
            run.EndAll(InstanceSubStatus.Cancelled);
        }

        return run.ToEnd();
    }

    /// <summary>Executes a failed step again, as if it had not run.</summary>
    /// <exception cref="RunRefusedException">The step has not failed.</exception>
    public static RunResult Retry(WorkflowDefinition definition, InstanceState state, string stepId, RunEnvironment environment)
    {
        using var run = new Run(definition, state, environment, new RunBudget(environment));
        run.ScheduleRetry(stepId);
        return run.ToEnd();
    }

    /// <summary>Takes a failed step for completed with the given outcome.</summary>
    /// <exception cref="RunRefusedException">The step has not failed.</exception>
    public static RunResult Skip(WorkflowDefinition definition, InstanceState state, string stepId, string? outcome, RunEnvironment environment)
    {
        using var run = new Run(definition, state, environment, new RunBudget(environment));
        run.Skip(stepId, outcome);
        return run.ToEnd();
    }

    /// <summary>Moves an instance back to one of its <see cref="EarlierSteps"/>, which begins anew; what waits behind it is cancelled, parallel branches stay.</summary>
    /// <exception cref="RunRefusedException">It is finished, or it cannot be moved back to that step.</exception>
    public static RunResult Return(WorkflowDefinition definition, InstanceState state, string activityId, RunEnvironment environment)
    {
        RefuseFinished(state);
        using var run = new Run(definition, state, environment, new RunBudget(environment));
        run.Return(activityId);
        return run.ToEnd();
    }

    /// <summary>The inputs a waiting step would have if it began now, e.g. on another version of its definition; the state stays as it is.</summary>
    /// <exception cref="ExpressionException">An input cannot be evaluated.</exception>
    public static IReadOnlyDictionary<string, JsonNode?> InputsOf(WorkflowDefinition definition, InstanceState state, string stepId, RunEnvironment environment)
    {
        using var run = new Run(definition, InstanceJson.Copy(state), environment, new RunBudget(environment));
        return run.InputsOf(stepId);
    }

    private static void RefuseFinished(InstanceState state)
    {
        if (state.Status is InstanceStatus.Finished)
        {
            throw new RunRefusedException("INSTANCE_FINISHED", $"Instance {state.Id} has ended.");
        }
    }
}

/// <summary>Counts what one run and the children inside it use, so that an endless one is stopped.</summary>
internal sealed class RunBudget(RunEnvironment environment)
{
    private readonly RunLimits limits = environment.Limits;
    private int steps;

    public int Depth { get; private set; }

    /// <exception cref="RunawayException">The run has used up its steps or its time.</exception>
    public void CountStep()
    {
        if (++steps > limits.Steps)
        {
            throw new RunawayException($"The run executed more than {limits.Steps} activities without waiting.");
        }

        if (environment.Stop.IsCancellationRequested)
        {
            throw new RunawayException("The run took longer than its host allows.");
        }
    }

    /// <exception cref="RunawayException">Child workflows start one another without end.</exception>
    public void EnterChild()
    {
        if (++Depth > limits.Depth)
        {
            throw new RunawayException($"Child workflows are nested deeper than {limits.Depth}.");
        }
    }

    public void LeaveChild() => Depth--;
}

/// <summary>A run was stopped by the loop guard.</summary>
public sealed class RunawayException(string message) : Exception(message);
