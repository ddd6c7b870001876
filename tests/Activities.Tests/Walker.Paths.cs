using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>Follows the paths of the drawing, one after another.</summary>
internal sealed partial class Walker
{
    /// <summary>Walks spent on one path in each start before it counts as closed; what happens beside it is up to chance.</summary>
    private const int Tries = 12;

    private readonly HashSet<string> followed = [];

    /// <summary>
    /// Follows every path of the drawing (<see cref="FlowMap.Paths"/>), or finds where it is closed. A path may run through one branch of
    /// several that run side by side; the others then go some way of theirs.
    /// </summary>
    /// <param name="starts">Tried in turn, and again while others fail.</param>
    /// <param name="further">Tried once when no other has led there.</param>
    /// <returns>How many paths there are, and where those never followed are closed.</returns>
    public (int Drawn, IReadOnlyList<ClosedWay> Closed) FollowEveryPath(IReadOnlyList<WalkStart> starts, IReadOnlyList<WalkStart> further)
    {
        var closed = new Dictionary<string, ClosedWay>();
        var (drawn, lucky) = (0, 0);
        foreach (var path in map.Paths())
        {
            drawn++;
            if (IsFollowed(path) || Enumerable.Range(1, path.Count).Any(length => closed.ContainsKey(Key(path, length))))
            {
                continue;
            }

            var furthest = new Reached(0, false);
            for (var attempt = 0; attempt < starts.Count * Tries && !IsFollowed(path); attempt++)
            {
                var turn = (lucky + attempt) % starts.Count;
                furthest = furthest.Or(Follow(path, starts[turn], straight: attempt < starts.Count));
                lucky = IsFollowed(path) ? turn : lucky;
            }

            for (var attempt = 0; attempt < further.Count && !IsFollowed(path); attempt++)
            {
                furthest = furthest.Or(Follow(path, further[attempt], straight: true));
            }

            if (!IsFollowed(path))
            {
                closed[Key(path, furthest.Place + 1)] = new(Key(path, furthest.Place), path[Math.Min(furthest.Place, path.Count - 1)], furthest.WasAsked);
            }
        }

        return (drawn, [.. closed.Values]);

        bool IsFollowed(IReadOnlyList<Leg> path) => followed.Contains(Key(path, path.Count));
    }

    /// <summary>Walks with this path in mind.</summary>
    private Reached Follow(IReadOnlyList<Leg> path, WalkStart start, bool straight)
    {
        var (place, read, given, askedAt) = (0, 0, 0, -1);
        Walk(start, Pace, (trial, answers) =>
        {
            Advance(trial);
            var own = answers.FindAll(answer => place < path.Count && StepOf(answer.Key) == path[place].Step);
            var fitting = own.FindAll(answer => map.LegOf(answer.Key) is not { } leg || leg == path[place]);
            askedAt = own.Count > 0 ? place : askedAt;
            if (fitting.Count > 0)
            {
                return fitting[straight ? 0 : random.Next(fitting.Count)];
            }

            var beside = answers.Except(own).ToList() is { Count: > 0 } others ? others : answers;
            return straight || place == path.Count || ++given > LongEnough
                ? beside.OrderBy(answer => Distance(answer.Key, toTheEnd)).ThenBy(_ => random.Next()).First()
                : beside[random.Next(beside.Count)];
        });
        return new Reached(place, askedAt == place);

        void Pace(DossierTrial trial, int step)
        {
            Advance(trial);
            trial.Pass(TimeSpan.FromMinutes(20));
            Advance(trial);
            // The deadline of the path speaks only when nobody acts before.
            for (var waits = 0; waits < 3 && place < path.Count && map.IsWatch(path[place]) && trial.State.Status is InstanceStatus.Running; waits++)
            {
                if (trial.State.Bookmarks.Find(bookmark => bookmark.ActivityId == path[place].Step)?.DueAt is { } due)
                {
                    trial.Pass(due - trial.Now);
                    Advance(trial);
                }
            }
        }

        void Advance(DossierTrial trial)
        {
            for (; read < trial.Journal.Count; read++)
            {
                if (place < path.Count && trial.Journal[read] is { Event: "Completed" } entry && entry.ActivityId == path[place].Step && (entry.Outcomes ?? ["Done"]).Contains(path[place].Outcome))
                {
                    place++;
                }
            }
        }
    }

    /// <summary>Notes the paths a walk has gone, one for each way back from an end of arrows to the start.</summary>
    private void NotePaths(IEnumerable<JournalEntry> journal)
    {
        var arrived = new Dictionary<string, List<Trail?>>();
        var last = new Dictionary<string, List<Trail?>>();
        foreach (var entry in journal.Where(entry => entry.Event == "Completed" && map.PlaceOf(entry.ActivityId) < int.MaxValue))
        {
            // A deadline speaks again and again without being reached again.
            var trails = arrived.Remove(entry.ActivityId, out var fresh) && fresh.Count > 0 ? fresh : last.GetValueOrDefault(entry.ActivityId) ?? [null];
            last[entry.ActivityId] = trails;
            foreach (var leg in (entry.Outcomes ?? ["Done"]).Select(outcome => new Leg(entry.ActivityId, outcome)))
            {
                var longer = trails.ConvertAll(trail => new Trail(leg, trail));
                followed.UnionWith(longer.Where(trail => map.EndsWith(leg) || map.After(leg).Any(trail.Passes)).Select(trail => trail.ToString()));

                foreach (var next in map.After(leg).Distinct())
                {
                    (arrived.TryGetValue(next, out var there) ? there : arrived[next] = []).AddRange(longer.Where(trail => !trail.Passes(next)));
                }
            }
        }
    }

    private static string Key(IReadOnlyList<Leg> path, int length) => string.Join(" > ", path.Take(length));

    /// <summary>A way no walk could go on.</summary>
    /// <param name="Outcome">What did not come.</param>
    /// <param name="WasAsked">Somebody was asked there, so that it should have come; otherwise the step decided alone.</param>
    internal sealed record ClosedWay(string Passed, Leg Outcome, bool WasAsked);

    /// <summary>How many outcomes of a path a walk has met, and whether it was asked about the next.</summary>
    private readonly record struct Reached(int Place, bool WasAsked)
    {
        public Reached Or(Reached other) => other.Place > Place ? other : other.Place == Place ? new(Place, WasAsked || other.WasAsked) : this;
    }

    /// <summary>An outcome and what led to it.</summary>
    private sealed record Trail(Leg Leg, Trail? Before)
    {
        public bool Passes(string step) => Leg.Step == step || Before?.Passes(step) is true;

        public override string ToString() => Before is null ? Leg.ToString() : $"{Before} > {Leg}";
    }
}
