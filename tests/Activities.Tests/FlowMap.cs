using PublicService.Activities.Coordination;
using PublicService.Activities.Deadlines;
using PublicService.Activities.Fees;
using PublicService.Activities.Intake;
using PublicService.Activities.Wallet;
using PublicService.Activities.Work;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Tests;

/// <summary>A step left by one of its outcomes.</summary>
internal readonly record struct Leg(string Step, string Outcome)
{
    public override string ToString() => $"{Step}:{Outcome}";
}

/// <summary>The arrows of a procedure as a test reads them from the file: which outcome can follow which, which arrows go back.</summary>
internal sealed class FlowMap
{
    private readonly ActivityNode flowchart;
    private readonly Dictionary<string, ActivityNode> steps;
    private readonly Dictionary<string, int> order;
    private readonly ILookup<Leg, string> targets;

    public FlowMap(WorkflowDefinition definition)
    {
        flowchart = definition.Workflow.Port("Root")!;
        steps = flowchart.Activities.ToDictionary(step => step.Id);
        order = flowchart.Activities.Select((step, index) => (step.Id, index)).ToDictionary(step => step.Id, step => step.index);
        targets = flowchart.Connections.ToLookup(arrow => new Leg(arrow.Source.Id, arrow.Port), arrow => arrow.Target.Id);
        Back = FindBack();
    }

    /// <summary>Outcomes with an arrow that begins another round of a loop.</summary>
    public IReadOnlySet<Leg> Back { get; }

    public IEnumerable<Leg> Legs => steps.Keys.SelectMany(LegsOf);

    /// <summary>Every two outcomes that can follow one another along an arrow; a deadline, old or new, warns before it is broken.</summary>
    public IEnumerable<(Leg First, Leg Second)> Pairs => Legs.SelectMany(leg => targets[leg].SelectMany(LegsOf), (leg, next) => (leg, next)).Distinct()
        .Where(pair => pair is not { leg.Outcome: Intake.Intake.Accepted or Apologise.Sent, next.Outcome: Deadline.Breached });

    /// <summary>What a deadline that is watched says; whether it warns twice hangs on when the promise moved, not on a choice.</summary>
    public bool IsWatch(Leg leg) => steps[leg.Step].Activity is Deadline && leg.Outcome is Deadline.DueSoon or Deadline.Breached;

    public ActivityNode Step(string id) => steps[id];

    public int PlaceOf(string id) => order.GetValueOrDefault(id, int.MaxValue);

    public IEnumerable<string> After(Leg leg) => targets[leg];

    /// <summary>A step that ends the flowchart leaves by nothing.</summary>
    public IEnumerable<Leg> LegsOf(string id) =>
        steps[id].Activity.IsTerminal ? [] : steps[id].Activity.OutcomesOf(steps[id]).Select(outcome => new Leg(id, outcome));

    /// <summary>The text a field of a step is set to; its default when it is not.</summary>
    public static string? TextOf(ActivityNode step, string field)
    {
        var input = step.Inputs.FirstOrDefault(binding => binding.Descriptor.Name == field);
        return input is null ? null : (input.Value is null ? input.Descriptor.DefaultValue : input.Value.Constant)?.ToString();
    }

    /// <summary>Every way along the arrows from the start to where they end or first come back to a step they have passed.</summary>
    public IEnumerable<IReadOnlyList<Leg>> Paths()
    {
        var path = new List<Leg>();
        return From(flowchart.Activities.First(step => step.Type == "Elsa.Start").Id);

        IEnumerable<IReadOnlyList<Leg>> From(string id)
        {
            foreach (var leg in LegsOf(id))
            {
                path.Add(leg);
                var onward = targets[leg].Distinct().Where(next => !path.Exists(passed => passed.Step == next)).ToList();
                if (EndsWith(leg) || onward.Count < targets[leg].Distinct().Count())
                {
                    yield return path.ToArray();
                }

                foreach (var longer in EndsWith(leg) ? [] : onward.SelectMany(From))
                {
                    yield return longer;
                }

                path.RemoveAt(path.Count - 1);
            }
        }
    }

    /// <summary>No arrow leads on, or only to a step that ends the flowchart.</summary>
    public bool EndsWith(Leg leg) => targets[leg].All(next => steps[next].Activity.IsTerminal);

    /// <summary>How many arrows lie between each outcome and the nearest of some others; those without a way are missing.</summary>
    public Dictionary<Leg, int> DistancesTo(IEnumerable<Leg> wanted)
    {
        var into = flowchart.Connections.ToLookup(arrow => arrow.Target.Id, arrow => new Leg(arrow.Source.Id, arrow.Port));
        var distances = wanted.Distinct().ToDictionary(leg => leg, _ => 0);
        var open = new Queue<Leg>(distances.Keys);
        while (open.TryDequeue(out var leg))
        {
            foreach (var earlier in into[leg.Step].Where(earlier => distances.TryAdd(earlier, distances[leg] + 1)))
            {
                open.Enqueue(earlier);
            }
        }

        return distances;
    }

    /// <summary>The outcome an answer of the walker leads to; null when that depends on other answers.</summary>
    public Leg? LegOf(string key)
    {
        var (id, word) = (key[..key.IndexOf(':', StringComparison.Ordinal)], key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(';')[0]);
        var step = steps[id];
        var outcome = step.Activity.OutcomesOf(step).Contains(word) ? word : (step.Activity, word) switch
        {
            (RequestSupplement, "bring") => RequestSupplement.Provided,
            (RequestSupplement, _) => RequestSupplement.Expired,
            (CollectFee, "gateway") => CollectFee.Paid,
            (CollectFee, _) => CollectFee.Expired,
            (LookUpPopulation, "found") => LookUpPopulation.Found,
            (LookUpPopulation, "nobody") => LookUpPopulation.NotFound,
            (LookUpPopulation, _) => LookUpPopulation.Unreachable,
            (DeliverToWallet, nameof(WalletEvent.Accepted)) => DeliverToWallet.Accepted,
            (DeliverToWallet, nameof(WalletEvent.Refused)) => DeliverToWallet.Refused,
            (DeliverToWallet, nameof(WalletEvent.Withdrawn)) => DeliverToWallet.Withdrawn,
            (DeliverToWallet, DeliverToWallet.BookmarkName + ".GiveUp") => DeliverToWallet.Expired,
            (DeliverToWallet, _) => DeliverToWallet.Issued,
            (Publish, _) => Publish.Ended,
            (Apologise, _) => Apologise.NotSent,
            (Transfer, _) => TextOf(step, nameof(Transfer.SilenceOutcome)) is { Length: > 0 } silence ? silence : Transfer.Overdue,
            (OfficerTask, _) => TextOf(step, nameof(OfficerTask.SilenceOutcome)),
            _ => null,
        };
        return outcome is null ? null : new Leg(id, outcome);
    }

    // Depth first from the start: an arrow to a step that is still open on the way closes a loop.
    private HashSet<Leg> FindBack()
    {
        var back = new HashSet<Leg>();
        var (onTheWay, seen) = (new HashSet<string>(), new HashSet<string>());
        Visit(flowchart.Activities.First(step => step.Type == "Elsa.Start").Id);
        while (steps.Keys.Where(id => LegsOf(id).ToList() is [var only] && back.Contains(only)).Any(Widen))
        {
            // A step with one way out offers no choice: who goes there goes round.
        }

        return back;

        bool Widen(string id) => Legs.Where(leg => targets[leg].Contains(id)).ToList().FindAll(back.Add).Count > 0;

        void Visit(string id)
        {
            seen.Add(id);
            onTheWay.Add(id);
            foreach (var leg in LegsOf(id))
            {
                foreach (var next in targets[leg])
                {
                    if (onTheWay.Contains(next))
                    {
                        back.Add(leg);
                    }
                    else if (!seen.Contains(next))
                    {
                        Visit(next);
                    }
                }
            }

            onTheWay.Remove(id);
        }
    }
}
