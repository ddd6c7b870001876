using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using PublicService.Engine.Running;
using PublicService.Workflows.Catalog;

namespace PublicService.Engine.Studio;

/// <summary>
/// All activity descriptors as bytes. Studio asks for them after every save, and it saves half a second after every change, so they
/// are written and compressed once for each catalogue.
/// </summary>
internal sealed class ActivityList(DefinitionCache definitions, Pickers pickers, IOptions<JsonOptions> json)
{
    private sealed record Written(ActivityCatalog Catalog, long Revision, CachedAnswer Answer);

    private Written? written;

    public IResult Answer(HttpContext context) => Current().Answer.Give(context);

    /// <summary>One descriptor by its type name; null when there is none.</summary>
    public JsonObject? Find(string typeName, int? version) =>
        definitions.Catalog.Descriptors.Where(one => one.TypeName == typeName && (version is null || one.Version == version)).MaxBy(one => one.Version) is { } found ? Describe(found) : null;

    private Written Current()
    {
        var (catalog, revision) = (definitions.Catalog, pickers.Revision);
        if (written is { } known && known.Catalog == catalog && known.Revision == revision)
        {
            return known;
        }

        var items = catalog.Descriptors.Select(Describe).ToArray<JsonNode?>();
        var list = new JsonObject { ["items"] = new JsonArray(items), ["count"] = items.Length };
        return written = new Written(catalog, revision, new CachedAnswer(JsonSerializer.SerializeToUtf8Bytes(list, JsonText.Readable)));
    }

    private JsonObject Describe(ActivityDescriptor descriptor) =>
        pickers.Fill(JsonSerializer.SerializeToNode(descriptor, json.Value.SerializerOptions)!.AsObject());
}
