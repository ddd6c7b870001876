using System.Text.Json.Nodes;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;

namespace PublicService.Engine.Studio;

/// <summary>A stored version as Studio reads it: whole for the editor, without its root for lists (Elsa contract A.2, B.1).</summary>
internal sealed class DefinitionForms(DefinitionCache definitions)
{
    private static readonly string[] Summarised = ["description", "toolVersion", "isReadonly", "isSystem"];

    public JsonObject Whole(DefinitionRow row, bool mayEdit)
    {
        var json = DefinitionWriter.ForStudio(DefinitionReader.Read(row.Json, definitions.Catalog));
        Stamp(json, row, mayEdit);
        return json;
    }

    public static JsonObject Summary(DefinitionRow row, bool mayEdit)
    {
        var source = JsonNode.Parse(row.Json)!.AsObject();
        var json = new JsonObject();
        foreach (var name in Summarised)
        {
            json[name] = source[name]?.DeepClone();
        }

        json["isReadonly"] ??= false;
        json["isSystem"] ??= false;
        json["toolVersion"] ??= "3.8.2.0";
        Stamp(json, row, mayEdit);
        return json;
    }

    private static void Stamp(JsonObject json, DefinitionRow row, bool mayEdit)
    {
        json.Remove("$schema");
        json["id"] = row.Id;
        json["definitionId"] = row.DefinitionId;
        json["name"] = row.Name;
        json["version"] = row.Version;
        json["isLatest"] = row.IsLatest;
        json["isPublished"] = row.IsPublished;
        json["createdAt"] = row.CreatedAt;
        json["materializerName"] = "Json";
        json["isMaterializerAvailable"] = true;
        json["links"] = Links(row.DefinitionId, mayEdit);
    }

    /// <summary>Without a link to publish, Studio is read-only: that is how a right to look is told.</summary>
    private static JsonArray Links(string id, bool mayEdit)
    {
        var here = $"/workflow-definitions/{Uri.EscapeDataString(id)}";
        JsonArray links = [Link(here, "self", "GET"), Link(here + "/export", "export", "GET")];
        if (mayEdit)
        {
            links.Add(Link(here + "/publish", "publish", "POST"));
            links.Add(Link(here + "/retract", "retract", "POST"));
            links.Add(Link(here + "/execute", "execute", "POST"));
            links.Add(Link(here, "delete", "DELETE"));
        }

        return links;
    }

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
