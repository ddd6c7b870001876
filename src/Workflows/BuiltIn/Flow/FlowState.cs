using PublicService.Workflows.Model;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>What a flowchart remembers between runs: how often each activity and arrow was visited (Elsa: FlowScope).</summary>
public sealed class FlowState
{
    /// <summary>Id of the activity it started at.</summary>
    public required string Start { get; init; }

    public Dictionary<string, int> Activities { get; init; } = [];

    /// <summary>Visits of an arrow by its key; negative when the last visit did not follow it.</summary>
    public Dictionary<string, int> Arrows { get; init; } = [];

    /// <summary>Ids of joins that a followed arrow has reached and that still wait for others; null when there are none.</summary>
    public List<string>? Joins { get; set; }

    internal void Wait(ActivityNode join, bool waits)
    {
        if (waits)
        {
            Joins ??= [];
            if (!Joins.Contains(join.Id))
            {
                Joins.Add(join.Id);
            }
        }
        else
        {
            Joins?.Remove(join.Id);
        }
    }

    /// <summary>Counts all arrows of a join as visited, so that its next round starts even.</summary>
    internal void Settle(ActivityNode join, List<Connection> inbound)
    {
        var most = inbound.Max(VisitsOf);
        Activities[join.Id] = most - 1;
        foreach (var arrow in inbound)
        {
            Arrows[arrow.Key] = WasFollowed(arrow) && VisitsOf(arrow) == most ? most : -most;
        }
    }

    /// <summary>
    /// Takes back every visit behind a node, as though the run had never come further; what has arrived from elsewhere at a join behind
    /// it stays arrived.
    /// </summary>
    internal void Rewind(ActivityNode to, HashSet<ActivityNode> behind, FlowGraph graph)
    {
        bool IsTakenBack(Connection arrow) => arrow.Source == to || behind.Contains(arrow.Source);
        foreach (var node in behind)
        {
            var kept = graph.ForwardInbound(node).Where(arrow => !IsTakenBack(arrow)).Select(VisitsOf).DefaultIfEmpty(0).Max();
            Activities[node.Id] = Math.Max(0, kept - 1);
            Joins?.Remove(node.Id);
        }

        foreach (var arrow in behind.SelectMany(graph.ForwardInbound).Where(IsTakenBack))
        {
            Arrows[arrow.Key] = VisitsOf(arrow.Target);
        }
    }

    internal void Visit(ActivityNode node) => Activities[node.Id] = VisitsOf(node) + 1;

    internal void Visit(Connection arrow, bool followed)
    {
        var visits = VisitsOf(arrow) + 1;
        Arrows[arrow.Key] = followed ? visits : -visits;
    }

    /// <summary>Whether a node was executed and left; one that was only passed as a dead path was not.</summary>
    internal bool WasLeft(ActivityNode node, FlowGraph graph) =>
        VisitsOf(node) > 0 && (node.Id == Start || graph.ForwardInbound(node).Exists(WasFollowed));

    internal int VisitsOf(ActivityNode node) => Activities.GetValueOrDefault(node.Id);

    internal int VisitsOf(Connection arrow) => Math.Abs(Arrows.GetValueOrDefault(arrow.Key));

    internal bool WasFollowed(Connection arrow) => Arrows.GetValueOrDefault(arrow.Key) > 0;
}
