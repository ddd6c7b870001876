using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Studio;

/// <summary>One version of a definition, who uses it, and its parts (Elsa contract A.2). The entity tag is the state a save must name.</summary>
internal static class ShowDefinition
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflow-definitions/by-definition-id/{definitionId}", async (
            string definitionId, string? versionOptions, EngineDb db, DefinitionForms forms, CurrentPerson person, HttpResponse response, CancellationToken cancellationToken) =>
        {
            var row = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId).Of(versionOptions is null or "" ? "Latest" : versionOptions)
                .OrderByDescending(row => row.Version).FindOrRefuseAsync("Quy trình", cancellationToken);
            response.Headers.ETag = Tag(row);
            return forms.Whole(row, person.Holds(Role.BusinessAdmin));
        });
        routes.MapGet("/workflow-definitions/by-id/{id}", async (string id, EngineDb db, DefinitionForms forms, CurrentPerson person, CancellationToken cancellationToken) =>
            forms.Whole(await FindAsync(db, id, cancellationToken), person.Holds(Role.BusinessAdmin)));
        routes.MapGet("/workflow-definitions/many-by-id", async (string[] ids, EngineDb db, DefinitionForms forms, CurrentPerson person, CancellationToken cancellationToken) =>
        {
            var rows = await db.Definitions.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
            return new { items = rows.Select(row => forms.Whole(row, person.Holds(Role.BusinessAdmin))) };
        });
        routes.MapGet("/workflow-definitions/{definitionId}/consumers", (string definitionId, DefinitionCache definitions) =>
            new { consumingWorkflowDefinitionIds = Consumers(definitions, definitionId) });
        routes.MapGet("/workflow-definitions/subgraph/{id}", async (string id, string parentNodeId, EngineDb db, DefinitionForms forms, CancellationToken cancellationToken) =>
            Graph(NodeOf(forms.Whole(await FindAsync(db, id, cancellationToken), false), parentNodeId), null));
        routes.MapGet("/workflow-definitions/subgraph/segments/{id}", async (string id, string childNodeId, EngineDb db, DefinitionForms forms, CancellationToken cancellationToken) =>
            Segments(forms.Whole(await FindAsync(db, id, cancellationToken), false), childNodeId));
    }

    public static string Tag(DefinitionRow row) => $"\"{row.Hash}\"";

    /// <summary>Published definitions with a step that runs this one.</summary>
    public static IReadOnlyList<string> Consumers(DefinitionCache definitions, string definitionId) =>
    [
        .. definitions.AllPublished
            .Where(definition => definition.Nodes.Values.Any(node => node.Source["workflowDefinitionId"]?.ToString() == definitionId))
            .Select(definition => definition.DefinitionId),
    ];

    private static Task<DefinitionRow> FindAsync(EngineDb db, string id, CancellationToken cancellationToken) =>
        db.Definitions.AsNoTracking().Where(row => row.Id == id).FindOrRefuseAsync("Phiên bản quy trình", cancellationToken);

    private static JsonObject NodeOf(JsonObject definition, string nodeId) =>
        Walk((JsonObject)definition["root"]!, "Root", null).FirstOrDefault(part => part.Activity["nodeId"]?.ToString() == nodeId)?.Activity.DeepClone().AsObject()
        ?? throw Problems.NotFound("Bước");

    private static JsonObject Graph(JsonObject activity, string? port) => new()
    {
        ["nodeId"] = activity["nodeId"]?.DeepClone(),
        ["port"] = port,
        ["activity"] = activity.DeepClone(),
        ["children"] = new JsonArray([.. Children(activity).Select(child => Graph(child.Activity, child.Port))]),
    };

    private static JsonObject Segments(JsonObject definition, string childNodeId)
    {
        var part = Walk((JsonObject)definition["root"]!, "Root", null).FirstOrDefault(one => one.Activity["nodeId"]?.ToString() == childNodeId) ?? throw Problems.NotFound("Bước");
        var path = new List<Part>();
        for (var above = part.Container; above is not null; above = above.Container)
        {
            path.Insert(0, above);
        }

        return new JsonObject
        {
            ["childNode"] = Node(part),
            ["container"] = part.Container is { } container ? Node(container) : null,
            ["pathSegments"] = new JsonArray([.. path.Select(segment => new JsonObject
            {
                ["activityNodeId"] = segment.Activity["nodeId"]?.DeepClone(),
                ["activityId"] = segment.Activity["id"]?.DeepClone(),
                ["activityType"] = segment.Activity["type"]?.DeepClone(),
                ["portName"] = segment.Port,
                ["activityName"] = segment.Activity["name"]?.DeepClone(),
            })]),
        };
    }

    private static JsonObject Node(Part part) =>
        new() { ["nodeId"] = part.Activity["nodeId"]?.DeepClone(), ["port"] = part.Port, ["activity"] = part.Activity.DeepClone() };

    private sealed record Part(JsonObject Activity, string? Port, Part? Container);

    private static IEnumerable<Part> Walk(JsonObject activity, string? port, Part? container)
    {
        var part = new Part(activity, port, container);
        yield return part;
        foreach (var (child, childPort) in Children(activity))
        {
            foreach (var deeper in Walk(child, childPort, part))
            {
                yield return deeper;
            }
        }
    }

    /// <summary>Activities directly inside another: in its list or in one of its slots.</summary>
    private static IEnumerable<(JsonObject Activity, string Port)> Children(JsonObject activity) =>
        from property in activity
        from child in property.Value is JsonArray list ? list.OfType<JsonObject>() : property.Value is JsonObject one ? [one] : []
        where child["type"] is JsonValue && child["id"] is JsonValue && child["nodeId"] is JsonValue
        select (child, char.ToUpperInvariant(property.Key[0]) + property.Key[1..]);
}
