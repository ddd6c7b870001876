using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Json;

/// <summary>Reads the arrows of a flowchart in the present and the legacy form (Elsa contract B.5).</summary>
internal static class ConnectionReader
{
    public static IReadOnlyList<Connection> Read(ActivityNode flowchart, NodeReader reader)
    {
        var children = flowchart.Activities.GroupBy(child => child.Id).ToDictionary(group => group.Key, group => group.First());
        var connections = new List<Connection>();
        foreach (var arrow in flowchart.Source.GetArray("connections").OfType<JsonObject>())
        {
            var (source, port) = EndOf(arrow, "source", "sourcePort");
            var (target, _) = EndOf(arrow, "target", "targetPort");
            if (!children.TryGetValue(source ?? string.Empty, out var from) || !children.TryGetValue(target ?? string.Empty, out var to))
            {
                reader.Report("CONNECTION_TO_NOWHERE", FindingLevel.Error, flowchart.Id, $"Mũi tên từ “{source}” đến “{target}” trỏ tới hoạt động không có trong sơ đồ.");
                continue;
            }

            var connection = new Connection(from, string.IsNullOrEmpty(port) ? ActivityDescriptor.DefaultOutcome : port, to);
            if (connections.TrueForAll(known => known.Key != connection.Key))
            {
                connections.Add(connection);
            }
        }

        return connections;
    }

    private static (string? Activity, string? Port) EndOf(JsonObject arrow, string end, string legacyPort) => arrow.Get(end) switch
    {
        JsonObject present => (present.GetText("activity"), present.GetText("port")),
        JsonValue legacy => (legacy.ToString(), arrow.GetText(legacyPort)),
        _ => (null, null),
    };

    /// <summary>A copy of an arrow in the present form; its bend points and whatever else it carries stay.</summary>
    public static JsonObject Straight(JsonObject arrow)
    {
        var straight = (JsonObject)arrow.DeepClone();
        foreach (var (end, legacyPort, port) in (ReadOnlySpan<(string, string, string)>)[("source", "sourcePort", ActivityDescriptor.DefaultOutcome), ("target", "targetPort", "In")])
        {
            if (straight[end] is JsonValue legacy)
            {
                straight[end] = new JsonObject { ["activity"] = legacy.ToString(), ["port"] = arrow.GetFilledText(legacyPort) ?? port };
                straight.Remove(legacyPort);
            }
        }

        return straight;
    }
}
