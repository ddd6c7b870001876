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

    internal void Visit(ActivityNode node) => Activities[node.Id] = VisitsOf(node) + 1;

    internal void Visit(Connection arrow, bool followed)
    {
        var visits = VisitsOf(arrow) + 1;
        Arrows[arrow.Key] = followed ? visits : -visits;
    }

    internal int VisitsOf(ActivityNode node) => Activities.GetValueOrDefault(node.Id);

    internal int VisitsOf(Connection arrow) => Math.Abs(Arrows.GetValueOrDefault(arrow.Key));

    internal bool WasFollowed(Connection arrow) => Arrows.GetValueOrDefault(arrow.Key) > 0;
}
