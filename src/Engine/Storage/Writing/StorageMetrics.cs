using System.Diagnostics.Metrics;

namespace PublicService.Engine.Storage;

/// <summary>Names are a contract with whoever watches the engine.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("PublicService.Storage");
    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("publicservice.commit.failures", description: "Units of work that were not stored, by reason.");

    public static readonly Histogram<double> CommitSeconds =
        Meter.CreateHistogram<double>("publicservice.commit.duration", "s", "From handing over a unit of work to its commit.");

    public static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("publicservice.commit.batch_size", "{unit}", "Units of work that shared one commit.");

    public static void Failed(Exception error) => Failures.Add(1, new KeyValuePair<string, object?>("reason", error switch
    {
        StaleException => "stale",
        DuplicateException => "duplicate",
        _ => "unavailable",
    }));
}
