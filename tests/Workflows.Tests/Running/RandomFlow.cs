using System.Globalization;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Tests.Running;

/// <summary>A random flowchart without loops, made from a seed, and what a plain reading of its arrows says must happen.</summary>
internal sealed class RandomFlow
{
    private static readonly string[] JoinModes = ["WaitAll", "WaitAllActive", "WaitAny"];
    private readonly List<(string From, string Port, string To)> arrows = [];
    private readonly List<Node> nodes = [];

    public RandomFlow(int seed, bool joins)
    {
        var random = new Random(seed);
        var count = random.Next(3, 12);
        for (var i = 0; i < count; i++)
        {
            nodes.Add(Make(random, i, joins));
        }

        for (var i = 1; i < count; i++)
        {
            for (var arrow = random.Next(1, 4); arrow > 0; arrow--)
            {
                var from = nodes[random.Next(i)];
                arrows.Add((from.Id, from.Ports[random.Next(from.Ports.Length)], nodes[i].Id));
            }
        }

        // The order of arrows decides the order of work, so it must not follow the order of the nodes.
        var shuffled = arrows.Distinct().OrderBy(_ => random.Next()).ToList();
        arrows.Clear();
        arrows.AddRange(shuffled);
    }

    public IEnumerable<string> Ids => nodes.Select(node => node.Id);

    public JsonObject Workflow => A.Workflow(A.Flow("f", string.Join(',', arrows.Select(arrow => $"{arrow.From}:{arrow.Port}>{arrow.To}")), [.. nodes.Select(node => (JsonObject)node.Json.DeepClone())])
        .With("start", nodes[0].Id));

    /// <summary>
    /// Whether a node must run when the given nodes did: when a followed arrow leads to it, or for WaitAll when all its arrows are.
    /// Read off the picture, without counters.
    /// </summary>
    public bool MustRun(string id, IReadOnlySet<string> done)
    {
        var into = arrows.Where(arrow => arrow.To == id).ToList();
        bool Followed((string From, string Port, string To) arrow) =>
            done.Contains(arrow.From) && nodes.Find(node => node.Id == arrow.From)!.Taken.Contains(arrow.Port);
        return into.Count == 0 || (nodes.Find(node => node.Id == id)!.WaitsForAll ? into.TrueForAll(Followed) : into.Exists(Followed));
    }

    /// <summary>The nodes that run, in a flowchart in which nothing is ever cancelled.</summary>
    public HashSet<string> Expected()
    {
        var done = new HashSet<string>();
        foreach (var node in nodes.Where(node => MustRun(node.Id, done)))
        {
            done.Add(node.Id);
        }

        return done;
    }

    private static Node Make(Random random, int index, bool joins)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"n{index}");
        switch (random.Next(joins && index > 0 ? 6 : 5))
        {
            case 0:
                var answer = random.Next(2) == 0;
                return new Node(id, A.Step("FlowDecision", id, ("condition", answer)), ["True", "False"], [answer ? "True" : "False"]);
            case 1:
                return new Node(id, A.Fork(id, "A", "B"), ["A", "B", "C"], ["A", "B"]);
            case 2 or 3:
                return new Node(id, A.Event(id), ["Done"], ["Done"]);
            case 5:
                var mode = JoinModes[random.Next(JoinModes.Length)];
                return new Node(id, A.Join(id, mode), ["Done"], ["Done"], mode == "WaitAll");
            default:
                return new Node(id, A.Line(id), ["Done"], ["Done"]);
        }
    }

    private sealed record Node(string Id, JsonObject Json, string[] Ports, string[] Taken, bool WaitsForAll = false);
}
