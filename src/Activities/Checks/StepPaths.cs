using PublicService.Activities.Deadlines;
using PublicService.Workflows.BuiltIn.Flow;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Checks;

/// <summary>The ways through the flowchart, or the sequence, a reception step stands in.</summary>
internal sealed class StepPaths
{
    private readonly ActivityNode intake;
    private readonly HashSet<ActivityNode> reached;

    public StepPaths(ActivityNode intake)
    {
        this.intake = intake;
        reached = [intake, .. From(intake)];
    }

    /// <summary>Whether some way leads from reception to a step.</summary>
    public bool Leads(ActivityNode step) => reached.Contains(step);

    /// <summary>All steps that can follow a step.</summary>
    public IEnumerable<ActivityNode> From(ActivityNode step) => Walk(step, _ => false);

    /// <summary>Steps between a pause of the clock and its end.</summary>
    public IEnumerable<ActivityNode> Paused(ActivityNode pause) =>
        Walk(pause, step => step.Activity is Deadline && TextOf(step, nameof(Deadline.Mode)) == "Resume");

    /// <summary>Least working hours from reception to a step, and the longest step on that way.</summary>
    /// <param name="free">Steps whose time does not count.</param>
    public (int Hours, ActivityNode Longest) Shortest(ActivityNode to, HashSet<ActivityNode> free)
    {
        var best = new Dictionary<ActivityNode, (int Hours, ActivityNode Longest)> { [intake] = (HoursOf(intake), intake) };
        var open = new PriorityQueue<ActivityNode, int>([(intake, HoursOf(intake))]);
        while (open.TryDequeue(out var step, out var hours))
        {
            foreach (var next in After(step))
            {
                var own = free.Contains(next) ? 0 : HoursOf(next);
                if (!best.TryGetValue(next, out var known) || hours + own < known.Hours)
                {
                    var longest = best[step].Longest;
                    best[next] = (hours + own, own > HoursOf(longest) ? next : longest);
                    open.Enqueue(next, hours + own);
                }
            }
        }

        return best[to];
    }

    /// <summary>The working hours a step may take; 0 when it sets none.</summary>
    public static int HoursOf(ActivityNode step)
    {
        var input = step.Inputs.FirstOrDefault(binding => binding.Descriptor.Name == "Hours");
        return input is null ? 0 : int.TryParse((input.Value?.Constant ?? input.Descriptor.DefaultValue)?.ToString(), out var hours) ? hours : 0;
    }

    public static string? TextOf(ActivityNode step, string input)
    {
        var binding = step.Inputs.First(binding => binding.Descriptor.Name == input);
        return (binding.Value?.Constant ?? binding.Descriptor.DefaultValue)?.ToString();
    }

    private IEnumerable<ActivityNode> After(ActivityNode step) =>
        intake.Parent!.Activity is Flowchart
            ? intake.Parent.Connections.Where(arrow => arrow.Source == step).Select(arrow => arrow.Target)
            : intake.Parent.Activities.SkipWhile(one => one != step).Skip(1).Take(1);

    private HashSet<ActivityNode> Walk(ActivityNode from, Func<ActivityNode, bool> isEnd)
    {
        var seen = new HashSet<ActivityNode>();
        var open = new Stack<ActivityNode>([from]);
        while (open.TryPop(out var step))
        {
            foreach (var next in After(step).Where(next => !isEnd(next) && seen.Add(next)))
            {
                open.Push(next);
            }
        }

        return seen;
    }
}
