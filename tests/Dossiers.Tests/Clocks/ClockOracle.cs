using PublicService.Tests.Shared;

namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>What happened to a dossier, as somebody beside it would have written it down.</summary>
internal enum Happened
{
    Received,
    Paused,
    Resumed,
    Extended,
    Recomputed,
    Ended,
    Reopened,
    RequestedBeforeReception,
    ProvidedBeforeReception,
}

/// <param name="Minute">On the office wall, see <see cref="MinuteTable"/>.</param>
/// <param name="Kind">The pause that begins or ends.</param>
/// <param name="NewDue">The date told to the citizen, for an extension or a new computation.</param>
/// <param name="Table">Hours in force from a new computation on.</param>
internal sealed record Event(Happened What, int Minute, PauseKinds Kind = PauseKinds.None, int? NewDue = null, MinuteTable? Table = null);

/// <summary>What a clock must say.</summary>
internal sealed record Expected(int? Started, int? Due, int? Ended, int Used, int Paused, int? Remaining, bool IsPaused, Band Band);

/// <summary>
/// The two clocks as the deadline rules describe them (D1 to D13), walked event by event over a table of minutes. Nothing here is taken
/// from the product's own walk: pauses are intervals, the promise is moved by counting the minutes they took.
/// </summary>
internal sealed class ClockOracle(IReadOnlyList<Event> events, TimeLimit limit, MinuteTable first)
{
    private const PauseKinds All = PauseKinds.Supplement | PauseKinds.Payment | PauseKinds.ExcludedStep;

    private const int DueSoon = 480;

    public Expected Legal(int now)
    {
        var life = Live(now, All);
        return Say(life, life.Ended, now, late: false);
    }

    /// <summary>D8: only supplements are subtracted, an open request counts as the finish, more than one request is late.</summary>
    public Expected Index(int now)
    {
        var seen = events.Where(one => one.Minute <= now).ToList();
        var life = Live(now, PauseKinds.Supplement);
        var requests = seen.Count(one => one is { What: Happened.Paused, Kind: PauseKinds.Supplement } or { What: Happened.RequestedBeforeReception });
        var last = seen.LastOrDefault(one => one.Kind is PauseKinds.Supplement || one.What is Happened.RequestedBeforeReception or Happened.ProvidedBeforeReception);
        var asked = last is { What: Happened.Paused or Happened.RequestedBeforeReception } ? last.Minute : (int?)null;
        return Say(life, life.Ended ?? asked, now, late: requests > 1);
    }

    /// <summary>The promise with the hours of another table, from reception on; an extension stays what was told.</summary>
    public int? Afresh(int now, MinuteTable table)
    {
        var life = Live(now, All, table);
        return DueBy(life, life.Ended ?? now);
    }

    private Life Live(int now, PauseKinds counted, MinuteTable? afresh = null)
    {
        var life = new Life { Table = afresh ?? first };
        foreach (var one in events.TakeWhile(one => one.Minute <= now))
        {
            switch (one.What)
            {
                case Happened.Received:
                    life.Received = one.Minute;
                    life.Due = life.Table.Promise(one.Minute, limit);
                    break;
                case Happened.Paused when counted.HasFlag(one.Kind):
                    if (life.Open is PauseKinds.None)
                    {
                        (life.Since, life.LostFrom) = (one.Minute, one.Minute);
                    }

                    life.Open |= one.Kind;
                    break;
                case Happened.Resumed when life.Open.HasFlag(one.Kind) && one.Kind is not PauseKinds.None:
                    life.Open &= ~one.Kind;
                    if (life.Open is PauseKinds.None)
                    {
                        life.Due = life.Due is { } due ? life.Table.Postpone(due, life.Table.Between(life.LostFrom, one.Minute)) : null;
                        life.Stood.Add((life.Since, one.Minute));
                    }

                    break;
                case Happened.Extended:
                case Happened.Recomputed when afresh is null:
                    (life.Due, life.LostFrom) = (one.NewDue, one.Minute);
                    life.Table = one.Table ?? life.Table;
                    break;
                case Happened.Ended:
                    life.Ended ??= one.Minute;
                    break;
                case Happened.Reopened:
                    life.Ended = null;
                    break;
                default:
                    break;
            }
        }

        return life;
    }

    private static int? DueBy(Life life, int at) =>
        life.Open is PauseKinds.None || life.Due is not { } due ? life.Due : life.Table.Postpone(due, life.Table.Between(life.LostFrom, at));

    private static Expected Say(Life life, int? end, int now, bool late)
    {
        if (life.Received is not { } received)
        {
            return new(null, null, end, 0, 0, null, false, Band.NotStarted);
        }

        var table = life.Table;
        var until = life.Ended ?? now;
        var stood = life.Stood.Sum(pause => table.Between(pause.From, pause.To)) + (life.Open is PauseKinds.None ? 0 : table.Between(life.Since, until));
        var due = DueBy(life, end ?? now);
        var remaining = due is { } promise ? table.Between(end ?? now, promise) : (int?)null;
        return new(
            table.Next(received),
            due,
            end,
            table.Between(received, until) - stood,
            stood,
            remaining,
            life.Open is not PauseKinds.None && life.Ended is null,
            end is null && due is not null && !late ? OpenBand(life, now) : BandOf(due, end, late));
    }

    private static Band BandOf(int? due, int? end, bool late) => (due, end) switch
    {
        (_, null) when late => Band.Overdue,
        (_, not null) when late => Band.FinishedLate,
        ({ } promise, { } finished) => finished > promise ? Band.FinishedLate : finished / 1440 < promise / 1440 ? Band.FinishedEarly : Band.FinishedOnTime,
        _ => Band.NoPromise,
    };

    // A clock that stands is judged when it came to stand: it was in time or late already then.
    private static Band OpenBand(Life life, int now)
    {
        var (due, at) = (life.Due!.Value, life.Open is PauseKinds.None ? now : life.LostFrom);
        return at > due ? Band.Overdue : life.Table.Between(at, due) <= DueSoon ? Band.DueSoon : Band.InTime;
    }

    private sealed class Life
    {
        public required MinuteTable Table { get; set; }

        public int? Received { get; set; }

        public int? Due { get; set; }

        public int? Ended { get; set; }

        public PauseKinds Open { get; set; }

        /// <summary>When the clock came to stand.</summary>
        public int Since { get; set; }

        /// <summary>From when lost time is still to be added to the promise.</summary>
        public int LostFrom { get; set; }

        public List<(int From, int To)> Stood { get; } = [];
    }
}
