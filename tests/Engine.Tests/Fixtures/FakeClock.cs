namespace PublicService.Engine.Tests.Fixtures;

/// <summary>A clock that stands still until the test moves it; timers fire during the move, in order of their time.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock guard = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = start;

    public FakeClock()
        : this(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (guard)
        {
            return now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (true)
        {
            FakeTimer? next;
            lock (guard)
            {
                next = timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                now = next is null ? target : next.Due > now ? next.Due.Value : now;
                next?.Reset();
            }

            if (next is null)
            {
                return;
            }

            next.Fire();
        }
    }

    /// <summary>Moves on as a machine does that has slept: whatever was due meanwhile fires once. For days, where every second of a periodic timer would take minutes.</summary>
    public void Jump(TimeSpan by)
    {
        List<FakeTimer> due;
        lock (guard)
        {
            now += by;
            due = [.. timers.Where(timer => timer.Due <= now).OrderBy(timer => timer.Due)];
            due.ForEach(timer => timer.Restart(now));
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.guard)
            {
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
                clock.timers.Remove(this);
                clock.timers.Add(this);
            }

            return true;
        }

        public void Reset() => Due = period > TimeSpan.Zero ? Due + period : null;

        public void Restart(DateTimeOffset from) => Due = period > TimeSpan.Zero ? from + period : null;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.guard)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
