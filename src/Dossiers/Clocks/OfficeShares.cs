namespace PublicService.Dossiers;

/// <summary>
/// Splits the time of a dossier among the offices that had it (reception, hand-over, competent office, offices asked, signing, release), so
/// that lateness and credit go to whoever had it and not to whoever stands on the receipt. A pure function of the ledger, like the clocks.
/// </summary>
/// <remarks>
/// Our reading, no act of law says it: while several offices have work in the same dossier the time is parted equally; lateness is
/// parted in proportion to what each used beyond the limits of its own steps, and where nobody did, by who had the dossier after the promise.
/// </remarks>
public static class OfficeShares
{
    /// <param name="ledger">All lines of the dossier.</param>
    /// <param name="calendar">The version pinned at reception.</param>
    /// <param name="now">The present, or the end of a period in the past.</param>
    public static OfficeSharesReading Read(Dossier dossier, IEnumerable<LedgerEntry> ledger, WorkCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        now = now.ToUniversalTime();
        var whole = ledger.OrderBy(entry => entry.Sequence).ToList();
        var seen = whole.TakeWhile(entry => entry.At <= now).ToList();
        var stays = new OfficeStays(dossier, whole, seen);
        var clock = LegalClock.Read(seen, dossier.Limit, calendar, now);
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var segment in clock.Segments)
        {
            Part(segment, stays, clock.DueAt, calendar, tallies);
        }

        foreach (var stay in stays.All)
        {
            tallies.TryAdd(stay.OfficeId, new Tally());
        }

        var late = clock.RemainingMinutes is < 0 and { } missing ? -missing : 0;
        return new(SharesOf(tallies, stays, clock, late), stays.All, HandOverOf(stays, calendar, now), clock.UsedMinutes, late);
    }

    /// <summary>Parts one stretch of the clock: cut wherever work arrives or leaves, a step's limit passes or the promise does.</summary>
    private static void Part(
        ClockSegment segment, OfficeStays stays, DateTimeOffset? promise, WorkCalendar calendar, Dictionary<string, Tally> tallies)
    {
        var cuts = stays.Changes.Append(promise).OfType<DateTimeOffset>()
            .Where(cut => cut > segment.From && cut < segment.To)
            .Append(segment.From).Append(segment.To).Distinct().Order().ToList();
        for (var i = 1; i < cuts.Count; i++)
        {
            var (from, ticks) = (cuts[i - 1], calendar.WorkingTimeBetween(cuts[i - 1], cuts[i]).Ticks);
            if (ticks == 0)
            {
                continue;
            }

            var here = stays.At(from);
            var holders = here.Count == 0 ? [stays.CompetentAt(from)] : here.Select(stay => stay.OfficeId).Distinct().ToList();
            foreach (var (office, part) in holders.Zip(Parts(ticks, holders.Count)))
            {
                var tally = tallies.TryGetValue(office, out var known) ? known : tallies[office] = new Tally();
                if (segment.Kind is SegmentKind.Paused)
                {
                    tally.Paused += part;
                    continue;
                }

                tally.Used += part;
                tally.Over += here.Any(stay => stay.OfficeId == office && stay.DueAt <= from) ? part : 0;
                tally.Late += promise <= from ? part : 0;
            }
        }
    }

    private static List<OfficeShare> SharesOf(Dictionary<string, Tally> tallies, OfficeStays stays, ClockReading clock, int late)
    {
        var all = tallies.OrderBy(pair => stays.All.Select((stay, index) => (stay, index)).FirstOrDefault(one => one.stay.OfficeId == pair.Key).index)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var used = Apportion(all, tally => tally.Used, clock.UsedMinutes);
        var paused = Apportion(all, tally => tally.Paused, clock.PausedMinutes);
        var blamed = Apportion(all, all.Exists(pair => pair.Value.Over > 0) ? tally => tally.Over : tally => tally.Late, late);
        return [.. all.Select((pair, i) => new OfficeShare(
            pair.Key,
            [.. stays.All.Where(stay => stay.OfficeId == pair.Key).Select(stay => stay.Kind).Distinct().Order()],
            used[i],
            paused[i],
            Minutes(pair.Value.Over),
            Minutes(pair.Value.Late),
            blamed[i],
            stays.All.Any(stay => stay.OfficeId == pair.Key && stay.To is null)))];
    }

    private static HandOverReading? HandOverOf(OfficeStays stays, WorkCalendar calendar, DateTimeOffset now)
    {
        if (stays.ReceivedAt is not { } received || stays.HandOver.From == stays.HandOver.To)
        {
            return null;
        }

        var due = calendar.HandOverDue(received);
        return new(stays.HandOver.From, stays.HandOver.To, due, stays.HandedOverAt, (stays.HandedOverAt ?? now) > due);
    }

    /// <summary>Whole minutes in proportion to the weights that add up to the total; the largest remainders get what is left over.</summary>
    private static int[] Apportion(List<KeyValuePair<string, Tally>> all, Func<Tally, long> weight, int total)
    {
        var weights = all.ConvertAll(pair => (Int128)weight(pair.Value));
        var sum = weights.Aggregate(Int128.Zero, (left, right) => left + right);
        if (sum == 0)
        {
            return new int[all.Count];
        }

        var parts = weights.ConvertAll(one => (int)(one * total / sum)).ToArray();
        var byRemainder = Enumerable.Range(0, parts.Length).OrderByDescending(i => weights[i] * total % sum).ToList();
        foreach (var i in byRemainder.Take(total - parts.Sum()))
        {
            parts[i]++;
        }

        return parts;
    }

    private static IEnumerable<long> Parts(long ticks, int count) =>
        Enumerable.Range(0, count).Select(i => (ticks / count) + (i < ticks % count ? 1 : 0));

    private static int Minutes(long ticks) => (int)(ticks / TimeSpan.TicksPerMinute);

    private sealed class Tally
    {
        public long Used { get; set; }

        public long Paused { get; set; }

        public long Over { get; set; }

        public long Late { get; set; }
    }
}
