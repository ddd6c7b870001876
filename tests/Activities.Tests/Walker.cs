using PublicService.Activities.Deadlines;
using PublicService.Dossiers;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>
/// Walks a procedure again and again. People answer tasks, systems answer questions, citizens bring papers or stay silent, time passes.
/// Each walk is a fresh dossier under a clock of its own; <see cref="WalkLaw"/> looks at it after every answer and at its end.
/// </summary>
internal sealed partial class Walker
{
    private const int LongestWalk = 160;

    /// <summary>After so many answers a walk looks for the nearest end.</summary>
    private const int LongEnough = 80;

    private readonly WorkflowDefinition definition;
    private readonly FlowMap map;
    private readonly Dictionary<Leg, int> toTheEnd;
    private readonly string source;
    private readonly TimeLimit limit;
    private readonly Random random;

    public Walker(WorkflowDefinition definition, int seed)
    {
        this.definition = definition;
        map = new FlowMap(definition);
        toTheEnd = map.DistancesTo(map.Legs.Where(leg => map.After(leg).Any(next => map.Step(next).Activity.IsTerminal)));
        source = definition.Source.ToJsonString(FormSample.Plain);
        limit = WalkStart.LimitOf(definition.DefinitionId);
        random = new Random(seed);
    }

    /// <summary>Outcomes seen.</summary>
    public HashSet<Leg> Seen { get; } = [];

    /// <summary>Consecutive outcomes seen.</summary>
    public HashSet<(Leg First, Leg Second)> SeenPairs { get; } = [];

    /// <summary>Business statuses walks have ended in.</summary>
    public HashSet<BusinessStatus> Endings { get; } = [];

    public int Walks { get; private set; }

    public FlowMap Map => map;

    /// <summary>
    /// Takes every path from the start to an end on which each loop is taken at most once, and each path again in an office that is late.
    /// Steps that wait side by side answer in the order of the file. Null when there are more than <paramref name="most"/>.
    /// </summary>
    public int? TakeEveryPath(WalkStart start, int most)
    {
        List<(int Chosen, int Of)> ways = [];
        List<List<string>> paths = [];
        while (true)
        {
            List<string> path = [];
            Walk(start, Prompt, (_, answers) =>
            {
                answers = Once(FirstStep(answers), path);
                if (path.Count == ways.Count)
                {
                    ways.Add((0, answers.Count));
                }

                Assert.Equal(ways[path.Count].Of, answers.Count);
                var answer = answers[ways[path.Count].Chosen];
                path.Add(answer.Key);
                return answer;
            });
            paths.Add(path);
            while (ways.Count > 0 && ways[^1].Chosen + 1 == ways[^1].Of)
            {
                ways.RemoveAt(ways.Count - 1);
            }

            if (ways.Count == 0)
            {
                break;
            }

            if (paths.Count >= most)
            {
                return null;
            }

            ways[^1] = (ways[^1].Chosen + 1, ways[^1].Of);
        }

        foreach (var path in paths)
        {
            var left = new Queue<string>(path);
            Walk(start, Late(random.Next(12)), (_, answers) =>
            {
                var expected = left.TryPeek(out var next) ? answers.FindIndex(answer => answer.Key == next) : -1;
                return expected >= 0 && left.Dequeue() is not null ? answers[expected] : answers[random.Next(answers.Count)];
            });
        }

        return paths.Count;
    }

    /// <summary>Walks towards outcomes and pairs of consecutive outcomes not seen yet, at any pace, until many walks have found nothing new.</summary>
    public void Cover(IReadOnlyList<WalkStart> starts, int patience)
    {
        for (var (walk, vain) = (0, 0); vain < patience; walk++)
        {
            var known = SeenPairs.Count;
            var wanted = map.Pairs.Where(pair => !SeenPairs.Contains(pair)).ToLookup(pair => pair.First);
            var distances = map.DistancesTo(wanted.Select(pairs => pairs.Key));
            var given = 0;
            Walk(starts[walk % starts.Count], walk % 3 == 0 ? Prompt : Late(random.Next(12)), (trial, answers) =>
            {
                var arrived = ArrivedAt(trial.Journal, null);
                var toward = ++given > LongEnough ? toTheEnd : distances;
                if (given <= LongEnough && random.Next(4) == 0)
                {
                    return answers[random.Next(answers.Count)];
                }

                var nearest = answers.GroupBy(answer => IsNew(answer.Key) ? -1 : Distance(answer.Key, toward)).MinBy(group => group.Key)!.ToList();
                return nearest[random.Next(nearest.Count)];

                bool IsNew(string key) => map.LegOf(key) is { } leg && (arrived.GetValueOrDefault(leg.Step) ?? []).Exists(first => wanted[first].Any(pair => pair.Second == leg));
            });
            vain = SeenPairs.Count > known ? 0 : vain + 1;
        }
    }

    private int Distance(string key, Dictionary<Leg, int> distances) => map.LegOf(key) is { } leg
        ? distances.GetValueOrDefault(leg, int.MaxValue)
        : map.LegsOf(StepOf(key)).Select(one => distances.GetValueOrDefault(one, int.MaxValue)).DefaultIfEmpty(int.MaxValue).Min();

    private void Walk(WalkStart start, Action<DossierTrial, int> pace, Func<DossierTrial, List<(string Key, Action Give)>, (string Key, Action Give)> choose)
    {
        var trial = new DossierTrial(definition, start.Channel, start.Receiving, limit, form: start.Form, procedure: definition.DefinitionId);
        var law = new WalkLaw(trial, map, limit);
        var steps = 0;
        while (trial.State.Status is InstanceStatus.Running && steps++ < LongestWalk)
        {
            pace(trial, steps);
            law.CheckPauses();
            if (trial.State.Status is not InstanceStatus.Running)
            {
                break;
            }

            var answers = Answers(trial).ToList();
            Assert.True(answers.Count > 0, $"{definition.DefinitionId} waits for nothing at {string.Join(", ", trial.Waiting)}");
            choose(trial, answers).Give();
            law.CheckPauses();
        }

        Assert.True(trial.State.Status is InstanceStatus.Finished, $"{definition.DefinitionId}: after {steps} answers it still waits at {string.Join(", ", trial.Waiting)}\n{law.Told()}");
        law.CheckEnd();
        Endings.Add(trial.Dossier.BusinessStatus);
        Walks++;
        _ = ArrivedAt(trial.Journal, SeenPairs);
        NotePaths(trial.Journal);
    }

    /// <summary>The outcomes that have led to each step which has not been left since; all outcomes and pairs are noted on the way.</summary>
    private Dictionary<string, List<Leg>> ArrivedAt(IEnumerable<JournalEntry> journal, HashSet<(Leg First, Leg Second)>? pairs)
    {
        var arrived = new Dictionary<string, List<Leg>>();
        foreach (var entry in journal.Where(entry => entry.Event == "Completed" && map.PlaceOf(entry.ActivityId) < int.MaxValue))
        {
            foreach (var leg in (entry.Outcomes ?? ["Done"]).Select(outcome => new Leg(entry.ActivityId, outcome)))
            {
                Seen.Add(leg);
                pairs?.UnionWith((arrived.GetValueOrDefault(leg.Step) ?? []).Select(first => (first, leg)));
            }

            arrived.Remove(entry.ActivityId);
            foreach (var outcome in entry.Outcomes ?? ["Done"])
            {
                foreach (var next in map.After(new Leg(entry.ActivityId, outcome)))
                {
                    (arrived.TryGetValue(next, out var legs) ? legs : arrived[next] = []).Add(new Leg(entry.ActivityId, outcome));
                }
            }
        }

        return arrived;
    }

    /// <summary>A letter of apology that waits comes first, then the step that stands first in the file.</summary>
    private List<(string Key, Action Give)> FirstStep(List<(string Key, Action Give)> answers)
    {
        var first = answers.Select(answer => StepOf(answer.Key)).MinBy(id => map.Step(id).Activity is Apologise ? -1 : map.PlaceOf(id));
        return [.. answers.Where(answer => StepOf(answer.Key) == first).DistinctBy(answer => answer.Key)];
    }

    private List<(string Key, Action Give)> Once(List<(string Key, Action Give)> answers, List<string> path)
    {
        var taken = path.Select(map.LegOf).OfType<Leg>().Where(map.Back.Contains).ToHashSet();
        var fresh = answers.FindAll(answer => map.LegOf(answer.Key) is not { } leg || !taken.Contains(leg));
        return fresh.Count > 0 ? fresh : answers;
    }

    private static string StepOf(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];

    private static void Prompt(DossierTrial trial, int step) => trial.Pass(TimeSpan.FromMinutes(20));

    /// <summary>An office that lets things lie: up to two days before an answer, and once until its deadline says something.</summary>
    private Action<DossierTrial, int> Late(int idleAt) => (trial, step) =>
    {
        var deadline = trial.State.Bookmarks.Find(bookmark => bookmark.Name == "PublicService.Deadline")?.DueAt;
        var wait = (step == idleAt || step == idleAt + 2) && deadline is { } due ? due - trial.Now : TimeSpan.FromMinutes(random.Next(3) * random.Next(24 * 60));
        trial.Pass(wait);
    };
}
