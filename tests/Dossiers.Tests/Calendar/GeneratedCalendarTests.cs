namespace PublicService.Dossiers.Tests.Calendar;

/// <summary>Invented offices, days and spans; the oracle counts minutes, the product calculates.</summary>
public sealed class GeneratedCalendarTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Adding_working_time_agrees_with_counting_minutes(int seed)
    {
        var world = new RandomWorld(seed);
        for (var round = 0; round < 5; round++)
        {
            var from = world.AnyWall();
            var minutes = world.Number(10) == 0 ? world.Number(2) * 480 : world.Number(8000);

            var sum = world.Calendar.AddWorking(RandomWorld.Instant(from), TimeSpan.FromMinutes(minutes));

            Assert.Equal(world.Oracle.Add(from, minutes), RandomWorld.Wall(sum));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Working_time_between_agrees_with_counting_minutes(int seed)
    {
        var world = new RandomWorld(seed + 1000);
        for (var round = 0; round < 5; round++)
        {
            var from = world.AnyWall();
            var to = from.AddMinutes(world.Number(60 * 24 * 45));

            var between = world.Calendar.WorkingTimeBetween(RandomWorld.Instant(from), RandomWorld.Instant(to));
            var back = world.Calendar.WorkingTimeBetween(RandomWorld.Instant(to), RandomWorld.Instant(from));

            Assert.Equal(world.Oracle.Between(from, to), between.TotalMinutes);
            Assert.Equal(-between, back);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Openings_agree_with_counting_minutes(int seed)
    {
        var world = new RandomWorld(seed + 2000);
        for (var round = 0; round < 5; round++)
        {
            var wall = world.AnyWall();

            var opening = world.Calendar.NextOpening(RandomWorld.Instant(wall));

            Assert.Equal(world.Oracle.Next(wall), RandomWorld.Wall(opening));
            Assert.Equal(world.Oracle.IsOpen(wall), world.Calendar.IsWorking(RandomWorld.Instant(wall)));
            Assert.Equal(world.Oracle.IsDay(wall), world.Calendar.IsWorkingDay(DateOnly.FromDateTime(wall)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Promises_agree_with_counting_days_and_minutes(int seed)
    {
        var world = new RandomWorld(seed + 3000);
        for (var round = 0; round < 8; round++)
        {
            var received = world.AnyWall();
            var limit = world.AnyLimit();

            var promise = world.Calendar.PromiseFor(RandomWorld.Instant(received), limit);

            Assert.Equal(world.Oracle.Promise(received, limit), RandomWorld.Wall(promise!.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Counting_working_days_back_undoes_counting_them_forward(int seed)
    {
        var world = new RandomWorld(seed + 4000);
        var start = world.Calendar.NextOpening(RandomWorld.Instant(world.AnyWall()));
        var count = 1 + world.Number(30);

        var there = world.Calendar.AddWorkingDays(start, count);
        var back = world.Calendar.AddWorkingDays(there, -count);

        Assert.Equal(VietnamTime.DateOf(start), VietnamTime.DateOf(back));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Two_short_pauses_move_a_promise_as_far_as_one_long_pause(int seed)
    {
        var world = new RandomWorld(seed + 5000);
        var due = RandomWorld.Instant(world.AnyWall());
        var from = world.AnyWall();
        var middle = from.AddMinutes(world.Number(6000));
        var to = middle.AddMinutes(world.Number(6000));

        var once = world.Calendar.Postpone(due, RandomWorld.Instant(from), RandomWorld.Instant(to));
        var first = world.Calendar.Postpone(due, RandomWorld.Instant(from), RandomWorld.Instant(middle));
        var twice = world.Calendar.Postpone(first, RandomWorld.Instant(middle), RandomWorld.Instant(to));

        Assert.Equal(TimeSpan.Zero, world.Calendar.WorkingTimeBetween(once, twice));
        Assert.Equal(world.Oracle.Postpone(RandomWorld.Wall(due), world.Oracle.Between(from, to)), RandomWorld.Wall(once));
    }
}
