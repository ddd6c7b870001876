using System.Collections.Concurrent;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>The graphs of one flowchart, one for each activity it can start at; made when first needed and then shared.</summary>
internal sealed class FlowGraphs(ActivityNode flowchart)
{
    private readonly Dictionary<string, FlowGraph> graphs = [];
    private readonly Lock guard = new();

    public FlowGraph From(string startId)
    {
        lock (guard)
        {
            if (!graphs.TryGetValue(startId, out var graph))
            {
                graphs[startId] = graph = new FlowGraph(flowchart, flowchart.Activities.First(node => node.Id == startId));
            }

            return graph;
        }
    }

    /// <summary>Where a run begins (Elsa contract D.3); null when there is nothing to run.</summary>
    public ActivityNode? StartOf(string? triggerActivityId)
    {
        var node = flowchart;
        var named = node.Source.GetText("start");
        return node.Activities.FirstOrDefault(child => child.Id == triggerActivityId)
            ?? node.Activities.FirstOrDefault(child => child.Id == named)
            ?? node.Activities.FirstOrDefault(child => child.Activity is Start)
            ?? node.Activities.FirstOrDefault(child => child.CanStartWorkflow)
            ?? node.Activities.FirstOrDefault(child => node.Connections.All(arrow => arrow.Target != child))
            ?? (node.Activities.Count > 0 ? node.Activities[0] : null);
    }
}

/// <summary>
/// The arrows as seen from one start: an arrow is forward unless its target already leads to its source; any other arrow goes back
/// (Elsa contract D.7). Immutable.
/// </summary>
internal sealed class FlowGraph
{
    private static readonly List<Connection> None = [];
    private readonly Dictionary<ActivityNode, List<Connection>> outgoing = [];
    private readonly Dictionary<ActivityNode, List<Connection>> inbound = [];
    private readonly HashSet<Connection> backward = [];
    private readonly ConcurrentDictionary<(ActivityNode Node, ActivityNode Scope), HashSet<ActivityNode>> leading = new();
    private readonly ActivityNode start;

    public FlowGraph(ActivityNode flowchart, ActivityNode start)
    {
        this.start = start;
        var open = new Queue<ActivityNode>([start]);
        outgoing[start] = [.. flowchart.Connections.Where(arrow => arrow.Source == start)];
        while (open.TryDequeue(out var node))
        {
            foreach (var arrow in outgoing[node])
            {
                if (Leads(arrow.Target, arrow.Source, without: null))
                {
                    backward.Add(arrow);
                    continue;
                }

                (inbound.TryGetValue(arrow.Target, out var arrows) ? arrows : inbound[arrow.Target] = []).Add(arrow);
                if (outgoing.TryAdd(arrow.Target, None))
                {
                    outgoing[arrow.Target] = [.. flowchart.Connections.Where(next => next.Source == arrow.Target)];
                    open.Enqueue(arrow.Target);
                }
            }
        }
    }

    /// <summary>Every node a run can come to, breadth first.</summary>
    public IEnumerable<ActivityNode> Nodes => outgoing.Keys;

    /// <summary>Nodes that can follow a node in the same round of every loop.</summary>
    public HashSet<ActivityNode> Behind(ActivityNode node)
    {
        var behind = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>([node]);
        while (open.TryPop(out var current))
        {
            foreach (var arrow in outgoing[current].Where(arrow => !IsBackward(arrow) && behind.Add(arrow.Target)))
            {
                open.Push(arrow.Target);
            }
        }

        return behind;
    }

    public bool Contains(ActivityNode node) => outgoing.ContainsKey(node);

    public ActivityNode Node(string id) => outgoing.Keys.First(node => node.Id == id);

    public List<Connection> Outgoing(ActivityNode node) => outgoing[node];

    public List<Connection> ForwardInbound(ActivityNode node) => inbound.GetValueOrDefault(node) ?? None;

    public bool HasLoops => backward.Count > 0;

    public bool IsBackward(Connection arrow) => backward.Contains(arrow);

    /// <summary>Whether every forward path from the start to the arrow's source goes through its target.</summary>
    public bool IsValidBackward(Connection arrow) =>
        arrow.Target == start || arrow.Target == arrow.Source || !Leads(start, arrow.Source, without: arrow.Target);

    public HashSet<ActivityNode> AncestorsOf(ActivityNode node) => Sources(node, ForwardInbound);

    /// <summary>
    /// Nodes from which a run can still come to a node in the same round of every loop around <paramref name="scope"/>: an arrow back
    /// counts unless it begins a new round for <paramref name="scope"/> too.
    /// </summary>
    public HashSet<ActivityNode> LeadingTo(ActivityNode node, ActivityNode scope) => leading.GetOrAdd((node, scope), Find);

    private HashSet<ActivityNode> Find((ActivityNode Node, ActivityNode Scope) sought)
    {
        var arrows = outgoing.Values.SelectMany(list => list).Where(arrow => !IsBackward(arrow) || !LoopOf(arrow).Contains(sought.Scope)).ToLookup(arrow => arrow.Target);
        return Sources(sought.Node, node => arrows[node]);
    }

    /// <summary>The nodes an arrow back repeats: its target and all that lead to its source without passing there.</summary>
    private HashSet<ActivityNode> LoopOf(Connection back)
    {
        var arrows = outgoing.Values.SelectMany(list => list).ToLookup(arrow => arrow.Target);
        var loop = Sources(back.Source, node => node == back.Target ? [] : arrows[node]);
        loop.Add(back.Source);
        return loop;
    }

    private static HashSet<ActivityNode> Sources(ActivityNode node, Func<ActivityNode, IEnumerable<Connection>> into)
    {
        var sources = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>([node]);
        while (open.TryPop(out var current))
        {
            foreach (var arrow in into(current))
            {
                if (sources.Add(arrow.Source))
                {
                    open.Push(arrow.Source);
                }
            }
        }

        return sources;
    }

    private bool Leads(ActivityNode from, ActivityNode to, ActivityNode? without)
    {
        var seen = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>([from]);
        while (open.TryPop(out var node))
        {
            if (node == to)
            {
                return true;
            }

            foreach (var arrow in outgoing.GetValueOrDefault(node) ?? None)
            {
                // Only accepted arrows count: those already listed as inbound of their target.
                if (arrow.Target != without && ForwardInbound(arrow.Target).Contains(arrow) && seen.Add(arrow.Target))
                {
                    open.Push(arrow.Target);
                }
            }
        }

        return false;
    }
}
