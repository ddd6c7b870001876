using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PublicService.Benchmarks.Setup;

/// <summary>Many callers repeat one piece of work for some rounds; prints the median of the rates, latencies, bytes and processor time.</summary>
/// <param name="usage">Processor time so far of the process that does the work; this one when not given.</param>
internal sealed class Rounds(string name, int callers, int rounds = 5, Func<TimeSpan>? usage = null)
{
    /// <summary>The runtime compiles the hot paths a second time while they run; figures before that say little.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> latencies = new();
    private readonly List<double> rates = [];
    private readonly List<double> bytes = [];
    private readonly List<double> processor = [];
    private int next;

    /// <summary>Processor time of one piece of work in microseconds, median of the rounds.</summary>
    public double Processor => Median(processor);

    public double Rate => Median(rates);

    /// <summary>Warms up, then measures all rounds.</summary>
    /// <param name="work">Gets a running number and <see cref="Timed"/>.</param>
    public async Task RunAsync(Func<int, Rounds, Task> work)
    {
        await WarmUpAsync(work);
        for (var round = 0; round < rounds; round++)
        {
            await RoundAsync(work);
        }

        Print();
    }

    public async Task WarmUpAsync(Func<int, Rounds, Task> work)
    {
        await SpinAsync(work, WarmUp);
        latencies.Clear();
    }

    public async Task RoundAsync(Func<int, Rounds, Task> work)
    {
        var (allocated, used) = (GC.GetTotalAllocatedBytes(), Used());
        var (count, seconds) = await SpinAsync(work, Round);
        rates.Add(count / seconds);
        bytes.Add((GC.GetTotalAllocatedBytes() - allocated) / (double)count);
        processor.Add((Used() - used).TotalMicroseconds / count);
    }

    /// <summary>Measures one click of the work.</summary>
    public async Task<T> Timed<T>(string click, Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await work();
        latencies.GetOrAdd(click, _ => []).Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return result;
    }

    public void Print()
    {
        var sorted = rates.Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44} {callers,3} callers  {Median(rates),8:N0}/s (min {sorted[0]:N0}, max {sorted[^1]:N0})  {Median(bytes),9:N0} B  {Median(processor),6:N0} us CPU  load {Machine.Load}"));
        foreach (var (click, times) in latencies.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Percentiles(click, times);
        }
    }

    public static void Percentiles(string click, IEnumerable<double> milliseconds)
    {
        var all = milliseconds.Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"    {click,-40} p50 {At(all, 0.5),7:F1} ms  p95 {At(all, 0.95),7:F1} ms  p99 {At(all, 0.99),7:F1} ms  ({all.Count:N0})"));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }

    public static double At(List<double> sorted, double part) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];

    private TimeSpan Used() => usage?.Invoke() ?? Environment.CpuUsage.TotalTime;

    private async Task<(int Count, double Seconds)> SpinAsync(Func<int, Rounds, Task> work, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                await work(Interlocked.Increment(ref next), this);
                Interlocked.Increment(ref done);
            }
        })));
        return (done, watch.Elapsed.TotalSeconds);
    }
}
