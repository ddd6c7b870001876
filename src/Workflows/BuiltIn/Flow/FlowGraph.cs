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

    public bool Contains(ActivityNode node) => outgoing.ContainsKey(node);

    public IReadOnlyCollection<ActivityNode> Nodes => outgoing.Keys;

    public List<Connection> Outgoing(ActivityNode node) => outgoing[node];

    public List<Connection> ForwardInbound(ActivityNode node) => inbound.GetValueOrDefault(node) ?? None;

    public bool IsBackward(Connection arrow) => backward.Contains(arrow);

    /// <summary>Whether every forward path from the start to the arrow's source goes through its target.</summary>
    public bool IsValidBackward(Connection arrow) =>
        arrow.Target == start || arrow.Target == arrow.Source || !Leads(start, arrow.Source, without: arrow.Target);

    public HashSet<ActivityNode> AncestorsOf(ActivityNode node)
    {
        var ancestors = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>([node]);
        while (open.TryPop(out var current))
        {
            foreach (var arrow in ForwardInbound(current))
            {
                if (ancestors.Add(arrow.Source))
                {
                    open.Push(arrow.Source);
                }
            }
        }

        return ancestors;
    }

    /// <summary>Whether any path, also one that goes back, leads from a node to another.</summary>
    public bool CanReach(ActivityNode from, ActivityNode to)
    {
        var seen = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>([from]);
        while (open.TryPop(out var node))
        {
            foreach (var arrow in outgoing.GetValueOrDefault(node) ?? None)
            {
                if (arrow.Target == to)
                {
                    return true;
                }

                if (seen.Add(arrow.Target))
                {
                    open.Push(arrow.Target);
                }
            }
        }

        return false;
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
