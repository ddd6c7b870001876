using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Outbox;
using PublicService.Engine.Storage;
using PublicService.Workflows.BuiltIn.Events;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>
/// Delivers a published event to every instance that waits for it and starts what it triggers. Each instance goes on in a
/// transaction of its own, from the outbox, so that one event may wake thousands.
/// </summary>
public sealed class EventDelivery(IDbContextFactory<EngineDb> contexts, DefinitionCache definitions, InstanceRuns runs) : IMessageChannel
{
    /// <summary>Outbox kind of an event.</summary>
    public const string Kind = "engine-event";

    public static JsonObject ToJson(Workflows.Running.PublishEvent published) => new()
    {
        ["name"] = published.EventName,
        ["payload"] = published.Payload?.DeepClone(),
        ["correlationId"] = published.CorrelationId,
    };

    /// <summary>What an Event activity receives.</summary>
    public static JsonObject InputOf(JsonNode? payload) => new() { [Event.PayloadKey] = payload?.DeepClone() ?? new JsonObject() };

    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var published = (JsonObject)JsonNode.Parse(message.Payload)!;
        await PublishAsync(published["name"]!.ToString(), published["payload"], published["correlationId"]?.ToString(), message.IdempotencyKey, cancellationToken);
    }

    /// <summary>Publishes an event now.</summary>
    /// <param name="key">Same key, same event: instances it has started are not started again.</param>
    /// <returns>How many instances were started or went on.</returns>
    public async Task<int> PublishAsync(string name, JsonNode? payload, string? correlationId, string key, CancellationToken cancellationToken)
    {
        var met = 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var triggers = await db.Triggers.AsNoTracking().Where(row => row.Name == "Elsa.Event" && row.Key == name).ToListAsync(cancellationToken);
        foreach (var trigger in triggers)
        {
            var definition = await definitions.FindAsync(trigger.DefinitionVersionId, cancellationToken);
            var request = new StartRequest
            {
                // Two definitions may name their triggers alike.
                InstanceId = $"{key}-{definition.DefinitionId}-{trigger.ActivityId}",
                CorrelationId = correlationId,
                TriggerActivityId = trigger.ActivityId,
                Input = InputOf(payload).ToValues(),
            };
            met += await runs.StartAsync(definition, request, new Changes(), cancellationToken) is null ? 0 : 1;
        }

        var waiting = await (
            from bookmark in db.Bookmarks.AsNoTracking()
            join instance in db.Instances.AsNoTracking() on bookmark.InstanceId equals instance.Id
            where bookmark.Name == "Elsa.Event" && bookmark.Key == name && (correlationId == null || instance.CorrelationId == correlationId)
            select new { bookmark.Id, bookmark.InstanceId, bookmark.DossierId }).ToListAsync(cancellationToken);
        foreach (var bookmark in waiting)
        {
            await runs.ResumeAsync(bookmark.DossierId, bookmark.InstanceId, bookmark.Id, InputOf(payload), cancellationToken);
            met++;
        }

        return met;
    }
}
