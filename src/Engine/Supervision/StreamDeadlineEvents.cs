using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>
/// The events of <c>/supervision/events</c> as they happen (server-sent events). Start with <c>after</c>; a client that lost its line goes on
/// with <c>Last-Event-ID</c> by itself, and with nothing one gets what happens from now on.
/// </summary>
public static class StreamDeadlineEvents
{
    private const int MostAtOnce = 200;

    /// <summary>So that nobody on the way takes the line for dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/events/stream", (long? after, string? office, HttpRequest request, SupervisionSight sight, EventReading reading, EventBell bell, CancellationToken cancellationToken) =>
        {
            var scope = sight.Of(new(office, null, null, null, null));
            var last = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : after;
            return TypedResults.ServerSentEvents(ReadAsync(scope, last, reading, bell, cancellationToken));
        })
        .RequireRole(SupervisionSight.Roles);

    private static async IAsyncEnumerable<SseItem<DeadlineEvent?>> ReadAsync(
        Scope scope, long? after, EventReading reading, EventBell bell, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = after ?? await reading.LastAsync(cancellationToken);
        // At once, so that the client knows the line is open.
        yield return new SseItem<DeadlineEvent?>(null, "open") { EventId = Id(last) };
        while (!cancellationToken.IsCancellationRequested)
        {
            var heard = bell.Next;
            var items = await reading.Query(scope, last).Take(MostAtOnce).ToListAsync(cancellationToken);
            foreach (var item in items)
            {
                last = item.Id;
                yield return new SseItem<DeadlineEvent?>(item, "deadline") { EventId = Id(last) };
            }

            if (items.Count == 0 && !await bell.HeardAsync(heard, Silence, cancellationToken))
            {
                yield return new SseItem<DeadlineEvent?>(null, "silence");
            }
        }
    }

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Wakes the open streams when this engine has told something, and often enough for what other engines tell.</summary>
public sealed class EventBell : IDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(500);

    private readonly CommitLane lane;
    private readonly TimeProvider time;
    private readonly bool isAlone;
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EventBell(CommitLane lane, Database database, TimeProvider time)
    {
        (this.lane, this.time, isAlone) = (lane, time, database.Kind is DatabaseKind.Sqlite);
        lane.Committed += Ring;
    }

    /// <summary>Take it before reading: what is told in between has rung it already.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Waits for the bell, or for a round in which another engine may have told something. False after a long silence.</summary>
    public async Task<bool> HeardAsync(Task heard, TimeSpan silence, CancellationToken cancellationToken)
    {
        await Task.WhenAny(heard, Task.Delay(isAlone ? silence : Round, time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return heard.IsCompleted || !isAlone;
    }

    public void Dispose() => lane.Committed -= Ring;

    private void Ring(Changes changes)
    {
        if (changes.List.Any(change => change is { Kind: ChangeKind.Insert, Entity: DeadlineEventRow }))
        {
            Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
