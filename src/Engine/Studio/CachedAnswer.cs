using System.IO.Compression;
using System.Security.Cryptography;

namespace PublicService.Engine.Studio;

/// <summary>An answer that is written and compressed once and asked for often. Who has it already is told so by its tag.</summary>
internal sealed class CachedAnswer
{
    private readonly byte[] plain;
    private readonly byte[] compressed;
    private readonly string tag;

    public CachedAnswer(byte[] json)
    {
        using var memory = new MemoryStream();
        using (var brotli = new BrotliStream(memory, CompressionLevel.Optimal))
        {
            brotli.Write(json);
        }

        (plain, compressed, tag) = (json, memory.ToArray(), $"\"{Convert.ToHexStringLower(SHA256.HashData(json)[..12])}\"");
    }

    public IResult Give(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.Contains(tag))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Bytes(plain, "application/json");
        }

        headers.ContentEncoding = "br";
        return TypedResults.Bytes(compressed, "application/json");
    }
}
