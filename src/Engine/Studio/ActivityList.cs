using System.IO.Compression;
using System.Security.Cryptography;
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
    private sealed record Written(ActivityCatalog Catalog, long Revision, byte[] Plain, byte[] Compressed, string Tag);

    private Written? written;

    public IResult Answer(HttpContext context)
    {
        var current = Current();
        context.Response.Headers.ETag = current.Tag;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.Contains(current.Tag))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Bytes(current.Plain, "application/json");
        }

        context.Response.Headers.ContentEncoding = "br";
        return TypedResults.Bytes(current.Compressed, "application/json");
    }

    private Written Current()
    {
        var (catalog, revision) = (definitions.Catalog, pickers.Revision);
        if (written is { } known && known.Catalog == catalog && known.Revision == revision)
        {
            return known;
        }

        var items = catalog.Descriptors.Select(descriptor => pickers.Fill(JsonSerializer.SerializeToNode(descriptor, json.Value.SerializerOptions)!.AsObject())).ToArray<JsonNode?>();
        var plain = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["items"] = new JsonArray(items), ["count"] = items.Length }, JsonText.Readable);
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
        {
            brotli.Write(plain);
        }

        return written = new Written(catalog, revision, plain, compressed.ToArray(), $"\"{Convert.ToHexStringLower(SHA256.HashData(plain)[..12])}\"");
    }
}
