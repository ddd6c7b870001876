using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Studio;

/// <summary>Live view of a running instance (Elsa contract A.6). Whoever looks at an instance is told when it has moved.</summary>
internal sealed class InstanceHub(ObservedInstances observed) : Hub
{
    /// <summary>Called by Studio when it opens an instance.</summary>
    public Task ObserveInstanceAsync(string instanceId)
    {
        observed.Add(Context.ConnectionId, instanceId);
        return Groups.AddToGroupAsync(Context.ConnectionId, instanceId, Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        observed.Remove(Context.ConnectionId);
        return Task.CompletedTask;
    }
}

/// <summary>Which connection looks at which instance.</summary>
internal sealed class ObservedInstances
{
    private readonly ConcurrentDictionary<string, string> byConnection = new();

    public IReadOnlyList<string> All => [.. byConnection.Values.Distinct()];

    public void Add(string connection, string instanceId) => byConnection[connection] = instanceId;

    public void Remove(string connection) => byConnection.TryRemove(connection, out _);
}

/// <summary>
/// Looks at the observed instances alone, several times a second, and tells their observers what has changed. It reads the database,
/// so it sees what any engine has done, and a click costs nothing for it.
/// </summary>
internal sealed class LiveInstances(ObservedInstances observed, IDbContextFactory<EngineDb> contexts, IHubContext<InstanceHub> hub, TimeProvider time, ILogger<LiveInstances> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(300);
    private readonly Dictionary<string, DateTimeOffset> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                logger.LogWarning(error, "The observed instances could not be read; the next look tries again.");
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var ids = observed.All;
        if (ids.Count == 0)
        {
            told.Clear();
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var row in await db.Instances.AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.UpdatedAt }).ToListAsync(cancellationToken))
        {
            if (told.TryGetValue(row.Id, out var known) && known != row.UpdatedAt)
            {
                var stats = ShowExecutions.Report(await InstanceLog.LoadAsync(db, row.Id, cancellationToken), null);
                var observers = hub.Clients.Group(row.Id);
                await observers.SendAsync("ActivityExecutionLogUpdatedAsync", new { stats }, cancellationToken);
                await observers.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, cancellationToken);
                await observers.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = row.Id }, cancellationToken);
            }

            told[row.Id] = row.UpdatedAt;
        }
    }
}
