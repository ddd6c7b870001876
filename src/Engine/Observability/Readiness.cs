using System.Collections.Concurrent;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Observability;

/// <summary>What must be true before requests are sent here. Rooms report what they know; the database is tried each time.</summary>
public sealed class Readiness(CommitLane lane, TimeProvider time)
{
    /// <summary>Reported once the migrations have run.</summary>
    public const string Migrations = "migrations";

    /// <summary>Reported by whoever looks for the JavaScript library; missing does not stop the engine.</summary>
    public const string JavaScript = "javascript";

    private readonly ConcurrentDictionary<string, ReadinessPart> parts = new(StringComparer.Ordinal)
    {
        [Migrations] = new(false, true, "not run yet"),
    };

    /// <param name="needed">False: shown, but the engine is ready without it.</param>
    public void Report(string name, bool ok, bool needed = true, string? detail = null) => parts[name] = new(ok, needed, detail);

    public async Task<ReadinessReply> CheckAsync(CancellationToken cancellationToken)
    {
        var all = new SortedDictionary<string, ReadinessPart>(parts, StringComparer.Ordinal) { ["database"] = await TryDatabaseAsync(cancellationToken) };
        return new(all.Values.All(part => part.Ok || !part.Needed), all);
    }

    private async Task<ReadinessPart> TryDatabaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lane.CommitAsync(
                new Changes().Execute($"update heartbeats set at = {time.GetUtcNow()} where name = {"readiness"}", rows: 1), cancellationToken);
            return new(true, true, null);
        }
        catch (Exception error) when (error is StorageUnavailableException or StaleException)
        {
            return new(false, true, error.Message);
        }
    }
}

/// <summary>Answer of <c>/health/ready</c>.</summary>
public sealed record ReadinessReply(bool Ready, IReadOnlyDictionary<string, ReadinessPart> Parts);

/// <summary>One thing that is looked at.</summary>
public sealed record ReadinessPart(bool Ok, bool Needed, string? Detail);
