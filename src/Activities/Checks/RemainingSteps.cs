using PublicService.Activities.Work;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Checks;

/// <summary>How much working time the rest of a procedure needs, by the limits of its steps.</summary>
public static class RemainingSteps
{
    /// <summary>
    /// Least working hours of the steps that still come after a waiting one, up to the release of the result (the finish of the clock, D9);
    /// null when no way leads there.
    /// </summary>
    public static int? HoursAfter(ActivityNode waiting)
    {
        if (waiting.Activity is NumberAndRelease)
        {
            return 0;
        }

        var best = new Dictionary<ActivityNode, int> { [waiting] = 0 };
        var open = new PriorityQueue<ActivityNode, int>([(waiting, 0)]);
        while (open.TryDequeue(out var step, out var hours))
        {
            if (step.Activity is NumberAndRelease)
            {
                return hours;
            }

            foreach (var next in After(step))
            {
                var sum = hours + StepPaths.HoursOf(next);
                if (!best.TryGetValue(next, out var known) || sum < known)
                {
                    best[next] = sum;
                    open.Enqueue(next, sum);
                }
            }
        }

        return null;
    }

    private static IEnumerable<ActivityNode> After(ActivityNode step) =>
        step.Parent?.Connections.Where(arrow => arrow.Source == step).Select(arrow => arrow.Target) ?? [];
}
