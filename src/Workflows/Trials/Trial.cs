using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Workflows.BuiltIn.Events;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Trials;

/// <summary>
/// Runs definitions in memory under a clock of its own: nothing is stored, nothing leaves. Work that a real host does after a commit
/// (events, children, timers) waits until <see cref="Wait"/>, so that every state in between can be looked at.
/// </summary>
public sealed class Trial
{
    private readonly List<WorkflowDefinition> definitions;
    private readonly List<TrialInstance> instances = [];
    private readonly Queue<Action> work = new();
    private readonly List<Stimulus> unmet = [];
    private readonly List<string> lines = [];
    private readonly List<(DateTimeOffset At, Effect Effect)> effects = [];
    private readonly HashSet<string> ids = [];
    private readonly Func<string, DateTimeOffset, DateTimeOffset?>? nextCron;
    private int idSequence;

    /// <summary>Prepares a trial of the first definition; the others can be started by it or by events.</summary>
    public Trial(IEnumerable<WorkflowDefinition> definitions, DateTimeOffset now, Func<string, DateTimeOffset, DateTimeOffset?>? nextCron = null)
    {
        this.definitions = [.. definitions];
        this.nextCron = nextCron;
        Now = now;
    }

    public DateTimeOffset Now { get; private set; }

    /// <summary>Makes what the workflow is about, for each run; the host's own activities need it.</summary>
    public Func<DateTimeOffset, object?> SubjectAt { get; init; } = _ => null;

    /// <summary>Exceptions with which the subject says no; they reach the caller and change nothing.</summary>
    public Func<Exception, bool> IsRefusal { get; init; } = _ => false;

    /// <summary>Whether states go through their stored form between two runs, as at a real host; what happens must not depend on it.</summary>
    public bool StoresStates { get; init; } = true;

    public IReadOnlyList<TrialInstance> Instances => instances;

    public IReadOnlyList<string> Lines => lines;

    /// <summary>Everything the runs asked the host for, in order.</summary>
    public IReadOnlyList<(DateTimeOffset At, Effect Effect)> Effects => effects;

    /// <summary>Stimuli that met no bookmark.</summary>
    public int UnmetStimuli => unmet.Count;

    /// <summary>Ids this trial made; they differ from those of a real host and are scrubbed from reports.</summary>
    public IReadOnlySet<string> Ids => ids;

    public void Start(JsonObject? input = null, string? correlationId = null) =>
        Start(definitions[0], new StartRequest { Input = input?.ToDictionary(entry => entry.Key, entry => entry.Value?.DeepClone()) ?? [], CorrelationId = correlationId });

    /// <summary>Publishes an event: starts what it triggers, resumes what waits for it.</summary>
    public void Publish(string name, JsonNode? payload, string? correlationId, string? instanceId = null)
    {
        var input = new JsonObject { [Event.PayloadKey] = payload?.DeepClone() ?? new JsonObject() };
        if (instanceId is null)
        {
            foreach (var definition in definitions)
            {
                foreach (var node in definition.Nodes.Values.Where(node => node.CanStartWorkflow && node.Activity.TriggerOf(node) is { Name: "Elsa.Event" } trigger && trigger.Key == name))
                {
                    Start(definition, new StartRequest
                    {
                        Input = new() { [Event.PayloadKey] = input[Event.PayloadKey]?.DeepClone() },
                        CorrelationId = correlationId,
                        TriggerActivityId = node.Id,
                    });
                }
            }
        }

        Deliver(new Stimulus("Elsa.Event", name, correlationId, instanceId, input));
    }

    /// <summary>Gives a task its result; false when no such task waits.</summary>
    public bool CompleteTask(string taskName, JsonNode? result)
    {
        var waiting = Waiting().FirstOrDefault(open => open.Bookmark.Name == "Elsa.RunTask" && open.Bookmark.Payload?["TaskName"]?.ToString() == taskName);
        if (waiting.Instance is null)
        {
            return false;
        }

        Resume(waiting.Instance, waiting.Bookmark, new JsonObject { [RunTask.ResultKey] = result?.DeepClone() });
        return true;
    }

    /// <summary>Resumes a bookmark of an activity of the first instance; false when there is none.</summary>
    public bool Resume(string activityId, int index, JsonObject? input)
    {
        var bookmarks = instances.Count == 0 ? [] : instances[0].State.Bookmarks.Where(bookmark => bookmark.ActivityId == activityId).ToList();
        if (index >= bookmarks.Count || instances[0].State.Status is InstanceStatus.Finished)
        {
            return false;
        }

        Resume(instances[0], bookmarks[index], (JsonObject?)input?.DeepClone() ?? []);
        return true;
    }

    /// <summary>Cancels an instance and the instances it started.</summary>
    public void Cancel(TrialInstance instance)
    {
        Take(instance, WorkflowRunner.Cancel(instance.Definition, instance.State, Environment()));
        foreach (var child in instances.Where(other => other.State.ParentInstanceId == instance.State.Id && other.State.Status is InstanceStatus.Running).ToList())
        {
            Cancel(child);
        }
    }

    /// <summary>Moves the first instance back to a step it has left.</summary>
    public void Return(string activityId) =>
        Take(instances[0], WorkflowRunner.Return(instances[0].Definition, instances[0].State, activityId, Environment()));

    /// <summary>Lets time pass: queued work runs, timers fire, in the order of their instants.</summary>
    public void Wait(TimeSpan time, bool untilFinished = false)
    {
        var end = Now + time;
        while (true)
        {
            while (work.TryDequeue(out var next))
            {
                next();
            }

            RetryUnmet();
            if (work.Count > 0)
            {
                continue;
            }

            var timer = Waiting().Where(open => open.Bookmark.DueAt <= end).OrderBy(open => open.Bookmark.DueAt).FirstOrDefault();
            if (timer.Instance is null || (untilFinished && instances.TrueForAll(instance => instance.State.Status is InstanceStatus.Finished)))
            {
                break;
            }

            Now = timer.Bookmark.DueAt!.Value > Now ? timer.Bookmark.DueAt.Value : Now;
            Resume(timer.Instance, timer.Bookmark, []);
        }

        Now = end;
    }

    private void Start(WorkflowDefinition definition, StartRequest request)
    {
        if (!MayStart(definition, request.CorrelationId))
        {
            return;
        }

        var result = WorkflowRunner.Start(definition, request, Environment());
        Take(Add(definition, result), result);
    }

    /// <summary>Whether the activation strategy lets another instance start (Elsa contract D.3).</summary>
    private bool MayStart(WorkflowDefinition definition, string? correlationId) => !instances.Exists(other =>
        other.State.Status is InstanceStatus.Running && definition.Activation switch
        {
            ActivationStrategy.Always => false,
            ActivationStrategy.Singleton => other.State.DefinitionId == definition.DefinitionId,
            ActivationStrategy.Correlation => other.State.CorrelationId == correlationId,
            ActivationStrategy.CorrelatedSingleton => other.State.DefinitionId == definition.DefinitionId && other.State.CorrelationId == correlationId,
        });

    private void Deliver(Stimulus stimulus)
    {
        var met = Waiting().Where(stimulus.Meets).ToList();
        if (met.Count == 0)
        {
            unmet.Add(stimulus);
        }

        foreach (var (instance, bookmark) in met)
        {
            if (instance.State.Bookmarks.Exists(open => open.Id == bookmark.Id))
            {
                Resume(instance, bookmark, (JsonObject)stimulus.Input.DeepClone());
            }
        }
    }

    private void RetryUnmet()
    {
        foreach (var stimulus in unmet.Where(stimulus => Waiting().Any(stimulus.Meets)).ToList())
        {
            unmet.Remove(stimulus);
            Deliver(stimulus);
        }
    }

    private void Resume(TrialInstance instance, Bookmark bookmark, JsonObject input) =>
        Take(instance, WorkflowRunner.Resume(instance.Definition, instance.State, bookmark.Id, input, Environment()));

    private TrialInstance Add(WorkflowDefinition definition, RunResult result)
    {
        var instance = new TrialInstance(definition, result.State);
        instances.Add(instance);
        return instance;
    }

    private void Take(TrialInstance instance, RunResult result)
    {
        instance.Add(result, StoresStates);
        lines.AddRange(result.Lines);
        foreach (var child in result.Children)
        {
            Take(Add(Find(child.State.DefinitionId)!, child), child, printed: true);
        }

        foreach (var effect in result.Effects)
        {
            effects.Add((Now, effect));
            work.Enqueue(() => CarryOut(effect));
        }
    }

    private void Take(TrialInstance child, RunResult result, bool printed)
    {
        if (printed)
        {
            // A child run inside its parent printed into the parent's lines.
            result.Lines.Clear();
        }

        Take(child, result);
    }

    private void CarryOut(Effect effect)
    {
        switch (effect)
        {
            case StartInstance start:
                Start(Find(start.DefinitionId)!, new StartRequest
                {
                    InstanceId = start.InstanceId,
                    Input = start.Input,
                    CorrelationId = start.CorrelationId,
                    ParentInstanceId = start.ParentInstanceId,
                });
                break;
            case Running.PublishEvent published:
                Publish(published.EventName, published.Payload, published.CorrelationId, published.InstanceId);
                break;
            case ResumeParent ended:
                foreach (var (instance, bookmark) in Waiting().Where(open => open.Instance.State.Id == ended.ParentInstanceId && open.Bookmark.Key == ended.ChildInstanceId).ToList())
                {
                    Resume(instance, bookmark, new JsonObject { ["SubStatus"] = ended.Ending.ToString(), ["Output"] = ended.Output.DeepClone() });
                }

                break;
            case CancelInstance cancel when instances.Find(instance => instance.State.Id == cancel.InstanceId) is { } instance:
                Cancel(instance);
                break;
        }
    }

    private IEnumerable<(TrialInstance Instance, Bookmark Bookmark)> Waiting() => instances
        .Where(instance => instance.State.Status is InstanceStatus.Running)
        .SelectMany(instance => instance.State.Bookmarks.Select(bookmark => (instance, bookmark)));

    private WorkflowDefinition? Find(string definitionId) => definitions.Find(definition => definition.DefinitionId == definitionId);

    private RunEnvironment Environment() => new()
    {
        Now = Now,
        Subject = SubjectAt(Now),
        IsRefusal = IsRefusal,
        FindDefinition = Find,
        NextCron = nextCron ?? ((_, _) => null),
        NewId = NewId,
    };

    private string NewId()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"7121a1{++idSequence:x10}");
        ids.Add(id);
        return id;
    }

    private sealed record Stimulus(string Name, string Key, string? CorrelationId, string? InstanceId, JsonObject Input)
    {
        public bool Meets((TrialInstance Instance, Bookmark Bookmark) open) =>
            open.Bookmark.Name == Name && open.Bookmark.Key == Key
            && (CorrelationId is null || CorrelationId == open.Instance.State.CorrelationId)
            && (InstanceId is null || InstanceId == open.Instance.State.Id);
    }
}
