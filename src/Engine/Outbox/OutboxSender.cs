using System.Diagnostics.Metrics;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Outbox;

/// <summary>
/// Sends what the clicks left in the outbox: in order per dossier and kind, with growing pauses after failures, until a message is sent
/// or dead. Sending and noting it are two steps; a crash between them sends again under the same key.
/// </summary>
public sealed class OutboxSender : BackgroundService
{
    private const int SendsAtOnce = 8;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly Meter Meter = new("PublicService.Outbox");
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("publicservice.outbox.sent", description: "Messages sent, by kind.");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("publicservice.outbox.failed", description: "Attempts that failed, by kind.");
    private static readonly Counter<long> Dead = Meter.CreateCounter<long>("publicservice.outbox.dead", description: "Messages given up, by kind.");
    private static readonly Gauge<double> Age = Meter.CreateGauge<double>("publicservice.outbox.age", "s", "Age of the oldest message still to be sent.");

    private readonly PendingMessages messages;
    private readonly IServiceProvider services;
    private readonly CommitLane lane;
    private readonly TimeProvider time;
    private readonly OutboxOptions options;
    private readonly ILogger<OutboxSender> log;
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly SemaphoreSlim wake = new(0, 1);

    public OutboxSender(
        PendingMessages messages, IServiceProvider services, CommitLane lane, TimeProvider time, OutboxOptions options, ILogger<OutboxSender> log)
    {
        this.messages = messages;
        this.services = services;
        this.lane = lane;
        this.time = time;
        this.options = options;
        this.log = log;
        lane.Committed += Notice;
    }

    /// <summary>Sends everything that may go now; returns how many attempts were made.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken = default)
    {
        var attempts = 0;
        await one.WaitAsync(cancellationToken);
        try
        {
            while (await messages.TakeAsync(cancellationToken) is { Count: > 0 } batch)
            {
                attempts += batch.Count;
                await Parallel.ForEachAsync(
                    batch,
                    new ParallelOptions { MaxDegreeOfParallelism = SendsAtOnce, CancellationToken = cancellationToken },
                    async (row, cancel) => await SendAsync(row, cancel));
            }
        }
        finally
        {
            one.Release();
        }

        Age.Record((await messages.AgeAsync(cancellationToken)).TotalSeconds);
        return attempts;
    }

    public override void Dispose()
    {
        lane.Committed -= Notice;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task? woken = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(stoppingToken);
                // A wait that was not woken is kept for the next round: given up, it would still swallow the next wake-up.
                woken = woken is null or { IsCompleted: true } ? wake.WaitAsync(stoppingToken) : woken;
                // Also without a wake-up: retries fall due, and other nodes leave messages too.
                await Task.WhenAny(woken, Task.Delay(Round, time, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogError(error, "The outbox could not be worked off; the next round tries again.");
                await Task.Delay(Round, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SendAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        var kind = new KeyValuePair<string, object?>("kind", row.Kind);
        try
        {
            var channel = services.GetKeyedService<IMessageChannel>(row.Kind) ?? services.GetRequiredService<IMessageChannel>();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var timeout = new CancellationTokenSource(options.SendTimeout, time);
            await using (timeout.Token.Register(limit.Cancel))
            {
                var message = new OutboxMessage(
                    row.Id, row.DossierId, row.Kind, row.Payload, row.IdempotencyKey, row.CreatedAt, row.Attempts + 1);
                await channel.SendAsync(message, limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Failed.Add(1, kind);
            log.LogWarning(error, "Message {Key} of kind {Kind} could not be sent.", row.IdempotencyKey, row.Kind);
            if (await messages.MarkFailedAsync(row, error.Message, cancellationToken))
            {
                Dead.Add(1, kind);
            }

            return;
        }

        await messages.MarkSentAsync(row, cancellationToken);
        Sent.Add(1, kind);
    }

    private void Notice(Changes changes)
    {
        if (changes.List.Any(change => change is { Kind: ChangeKind.Insert, Entity: OutboxRow }))
        {
            try
            {
                wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else has just woken it.
            }
        }
    }
}
