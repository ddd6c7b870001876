namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>Random lives of dossiers; the oracle walks every minute and asks whether a pause was open.</summary>
public sealed class GeneratedClockTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_legal_clock_agrees_with_counting_minutes(int seed)
    {
        var life = new RandomLife(seed);
        life.Later();
        var (used, paused) = Count(life, open => open is not PauseKinds.None, life.EndedAt ?? life.Wall);

        var reading = LegalClock.Read(life.Dossier.Ledger, life.Dossier.Limit, life.World.Calendar, RandomWorld.Instant(life.Wall));

        Assert.Equal((used, paused), (reading.UsedMinutes, reading.PausedMinutes));
        Assert.Equal(Budget(life) - used, reading.RemainingMinutes);
        Assert.Equal(used + paused, reading.Segments.Sum(segment => segment.WorkingMinutes));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_index_clock_agrees_with_counting_minutes(int seed)
    {
        var life = new RandomLife(seed + 1000);
        life.Later();
        var (used, paused) = Count(life, open => open.HasFlag(PauseKinds.Supplement), life.EndedAt ?? life.Wall);
        var requests = life.Dossier.SupplementRequests;

        var reading = IndexClock.Read(life.Dossier.Ledger, life.Dossier.Limit, life.World.Calendar, RandomWorld.Instant(life.Wall));

        Assert.Equal((used, paused), (reading.UsedMinutes, reading.PausedMinutes));
        Assert.Equal(Budget(life) - used, reading.RemainingMinutes);
        Assert.True(requests <= 1 || reading.Band.IsLate());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_promise_on_the_dossier_is_the_promise_of_the_clock_and_can_be_worked_out_afresh(int seed)
    {
        var life = new RandomLife(seed + 2000);
        var (dossier, calendar) = (life.Dossier, life.World.Calendar);
        var now = RandomWorld.Instant(life.Wall);

        var reading = LegalClock.Read(dossier.Ledger, dossier.Limit, calendar, now);
        var afresh = LegalClock.DueAfresh(dossier.Ledger, dossier.Limit, calendar, now);

        Assert.Equal(reading.DueAt, afresh);
        Assert.Equal(calendar.PromiseFor(dossier.ReceivedAt!.Value, dossier.Limit), dossier.OriginalDueAt);
        if (dossier.IsOpen && dossier.PausedFrom is null)
        {
            Assert.Equal(reading.DueAt, dossier.DueAt);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_timeline_has_no_gaps_and_every_stretch_names_its_law(int seed)
    {
        var life = new RandomLife(seed + 3000);
        var now = RandomWorld.Instant(life.Wall);

        var segments = LegalClock.Read(life.Dossier.Ledger, life.Dossier.Limit, life.World.Calendar, now).Segments;

        Assert.Equal(RandomWorld.Instant(life.ReceivedAt), segments[0].From);
        Assert.Equal(life.EndedAt is { } end ? RandomWorld.Instant(end) : now, segments[^1].To);
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(segments, segment => Assert.False(string.IsNullOrEmpty(segment.Article)));
    }

    private static (int Used, int Paused) Count(RandomLife life, Func<PauseKinds, bool> isPause, DateTime until)
    {
        var (used, paused) = (0, 0);
        for (var wall = life.ReceivedAt; wall < until; wall = wall.AddMinutes(1))
        {
            if (life.World.Oracle.IsOpen(wall))
            {
                (used, paused) = isPause(life.OpenAt(wall)) ? (used, paused + 1) : (used + 1, paused);
            }
        }

        return (used, paused);
    }

    private static int Budget(RandomLife life) =>
        life.World.Oracle.Between(life.ReceivedAt, life.World.Oracle.Promise(life.ReceivedAt, life.Dossier.Limit)!.Value);
}
