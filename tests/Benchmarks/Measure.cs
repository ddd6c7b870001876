using System.Diagnostics;

namespace PublicService.Benchmarks;

/// <summary>Repeats a piece of work for some time, several times over, and prints the median of the rates with what an operation allocates.</summary>
internal static class Measure
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1.5);

    public static void Rate(string name, Action work)
    {
        Spin(work, TimeSpan.FromSeconds(1));
        var rates = new List<double>();
        var bytes = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (count, seconds) = Spin(work, Round);
            rates.Add(count / seconds);
            bytes.Add((GC.GetAllocatedBytesForCurrentThread() - before) / (double)count);
        }

        rates.Sort();
        bytes.Sort();
        Console.WriteLine($"{name,-52} {rates[Rounds / 2],12:N0}/s  (min {rates[0]:N0}, max {rates[^1]:N0})  {bytes[Rounds / 2],10:N0} B");
    }

    private static (long Count, double Seconds) Spin(Action work, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        long count = 0;
        while (watch.Elapsed < time)
        {
            for (var i = 0; i < 16; i++)
            {
                work();
                count++;
            }
        }

        return (count, watch.Elapsed.TotalSeconds);
    }
}
