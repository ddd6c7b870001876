using System.Text.Json.Nodes;
using PublicService.Activities.Work;
using PublicService.Engine.Outbox;
using PublicService.Engine.Running;

namespace PublicService.Engine.Population;

/// <summary>Asks the population registry what a waiting step wants to know, and lets the step go on with the answer.</summary>
public sealed class PopulationChannel(IServiceProvider services, InstanceRuns runs) : IMessageChannel
{
    /// <exception cref="InvalidOperationException">No registry is configured: the message is tried again until the step gives up waiting.</exception>
    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var registry = services.GetService<IPopulationRegistry>() ?? throw new InvalidOperationException("No population registry is configured (Population:Url).");
        var question = (JsonObject)JsonNode.Parse(message.Payload)!;
        var person = await registry.LookUpAsync(
            question["purpose"]!.ToString(), question["query"] as JsonObject ?? [], message.IdempotencyKey, cancellationToken);
        await runs.ResumeByKeyAsync(message.DossierId, LookUpPopulation.Kind, question["lookup"]!.ToString(), new JsonObject { ["person"] = person }, cancellationToken);
    }
}

/// <summary>Cơ sở dữ liệu quốc gia về dân cư, or something that answers in its place.</summary>
public interface IPopulationRegistry
{
    /// <summary>Looks a person up, or has a personal number issued.</summary>
    /// <param name="purpose"><c>Verify</c> or <c>IssueNumber</c>.</param>
    /// <param name="key">The same on every repetition of one question: a number is issued once.</param>
    /// <returns>What is known, or null when nobody is found.</returns>
    Task<JsonObject?> LookUpAsync(string purpose, JsonObject query, string key, CancellationToken cancellationToken);
}
