using System.Diagnostics;
using Xunit.Abstractions;

namespace PublicService.Dossiers.Tests.Clocks;

/// <summary>
/// A hundred thousand ledgers, the same each time: several supplements, duties, excluded steps, extensions, calendars that change and are
/// computed anew, transfers, results taken back, every unit of time limit. Both clocks must say what the oracle says.
/// </summary>
public sealed class ClockOracleTests(ITestOutputHelper output)
{
    private const int Ledgers = 100_000;

    [Fact]
    public void Both_clocks_agree_with_an_oracle_that_counts_minutes()
    {
        var watch = Stopwatch.StartNew();
        var offices = Enumerable.Range(1, 6).Select(seed => new OracleOffice(seed, versions: 3)).ToList();
        var (lines, extended, recomputed, twice) = (0L, 0, 0, 0);
        for (var seed = 1; seed <= Ledgers; seed++)
        {
            var random = new Random(seed);
            var life = new OracleLife(random, offices[seed % offices.Count]);
            var now = AnyNow(life, random);
            var oracle = new ClockOracle(life.Events, life.Limit, life.First);
            var ledger = life.Dossier.Ledger;
            var instant = life.Table.Instant(now);

            Agree(seed, "legal", oracle.Legal(now), LegalClock.Read(ledger, life.Limit, life.Calendar, instant), life);
            Agree(seed, "index", oracle.Index(now), IndexClock.Read(ledger, life.Limit, life.Calendar, instant), life);
            lines += ledger.Count;
            extended += life.Dossier.Extended ? 1 : 0;
            recomputed += life.Dossier.CalendarVersion > 1 ? 1 : 0;
            twice += life.Dossier.SupplementRequests > 1 ? 1 : 0;
        }

        output.WriteLine(
            $"{Ledgers:N0} ledgers with {lines:N0} lines, {extended:N0} extended, {recomputed:N0} under a newer calendar, {twice:N0} with several supplements: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(extended > Ledgers / 100 && recomputed > Ledgers / 10 && twice > Ledgers / 10, "The ledgers do not hold what they should.");
    }

    /// <summary>The present, some time later, or the end of a period in the past, as long as one calendar tells the whole story until then.</summary>
    private static int AnyNow(OracleLife life, Random random)
    {
        if (random.Next(2) == 0 && life.Dossier.CalendarVersion == 1)
        {
            return life.Events[0].Minute + random.Next(life.Minute - life.Events[0].Minute + 1);
        }

        life.Later();
        return life.Minute;
    }

    private static void Agree(int seed, string clock, Expected expected, ClockReading reading, OracleLife life)
    {
        var table = life.Table;
        var actual = new Expected(
            reading.StartedAt is { } started ? table.Minute(started) : null,
            reading.DueAt is { } due ? table.Minute(due) : null,
            reading.EndedAt is { } ended ? table.Minute(ended) : null,
            reading.UsedMinutes,
            reading.PausedMinutes,
            reading.RemainingMinutes,
            reading.IsPaused,
            reading.Band);
        Assert.True(
            expected == actual,
            $"Seed {seed}, {clock} clock, {life.Limit.Word()}:\n expected {expected}\n was      {actual}\n{string.Join('\n', life.Events.Select(one => $"{one.What} {one.Kind} at {one.Minute} {one.NewDue}"))}");
        Assert.Equal(reading.UsedMinutes + reading.PausedMinutes, reading.Segments.Sum(segment => segment.WorkingMinutes));
    }
}
