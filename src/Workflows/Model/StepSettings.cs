using System.Text.Json.Nodes;

namespace PublicService.Workflows.Model;

/// <summary>What an activity is set to do, apart from how it is drawn and what stands inside it.</summary>
internal static class StepSettings
{
    private static readonly string[] NotSettings = ["metadata", "nodeId", "activities", "connections", "variables"];

    public static bool AreEqual(ActivityNode one, ActivityNode other) => JsonNode.DeepEquals(Of(one), Of(other));

    private static JsonObject Of(ActivityNode node) => new(node.Source
        .Where(property => property.Value is not null && !NotSettings.Contains(property.Key) && !node.Ports.Keys.Contains(property.Key, StringComparer.OrdinalIgnoreCase))
        .OrderBy(property => property.Key, StringComparer.Ordinal)
        .Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
}
