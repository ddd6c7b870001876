using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using PublicService.Engine.Files;
using PublicService.Engine.Http;

namespace PublicService.Engine.Procedures;

/// <summary>What an uploaded file of procedures is written in.</summary>
public enum ImportFormat
{
    /// <summary>The shape of <c>seed/procedures.json</c>.</summary>
    Catalogue,

    /// <summary>The national portal's <c>LayThuTuc</c>.</summary>
    Portal,

    Csv,
}

/// <summary>An uploaded file, read: whatever comes in is either understood row by row or refused as a whole with its reason.</summary>
/// <param name="Sha256">Of the bytes: the same file is recognised.</param>
internal sealed record ImportFile(string Sha256, ImportFormat Format, IReadOnlyList<(JsonObject Entry, string Raw)> Rows)
{
    /// <summary>A province has 2,000 to 3,000 procedures of a few kilobytes.</summary>
    public const long LargestFile = 32L * 1024 * 1024;

    private const int MostRows = 20_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <exception cref="FileRefusedException">FILE_TOO_LARGE, FILE_EMPTY.</exception>
    /// <exception cref="ProblemException">400 FILE_NOT_UTF8, FILE_MALFORMED, FILE_COLUMNS_MISSING.</exception>
    public static async Task<ImportFile> ReadAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var bytes = await BytesOfAsync(file, cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var content = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (!Utf8.IsValid(content.Span))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "FILE_NOT_UTF8", "Tệp không phải văn bản UTF-8; hãy lưu lại với mã UTF-8.");
        }

        var first = content.Span.TrimStart(" \t\r\n"u8);
        var (format, rows) = first is [(byte)'{' or (byte)'[', ..] ? ReadJson(content) : (ImportFormat.Csv, CsvEntries.Read(Encoding.UTF8.GetString(content.Span)));
        var list = rows.Take(MostRows + 1).ToList();
        return list.Count switch
        {
            0 => throw Malformed("không có thủ tục nào"),
            > MostRows => throw Malformed($"có hơn {MostRows} dòng"),
            _ => new(hash, format, list),
        };
    }

    public static ProblemException Malformed(string reason) =>
        new(StatusCodes.Status400BadRequest, "FILE_MALFORMED", $"Không đọc được tệp: {reason}.");

    /// <summary>The length a sender announces is not believed.</summary>
    private static async Task<ReadOnlyMemory<byte>> BytesOfAsync(IFormFile file, CancellationToken cancellationToken)
    {
        if (file.Length > LargestFile)
        {
            throw new FileRefusedException(FileRefusedException.TooLarge, $"Tệp lớn hơn mức cho phép ({LargestFile / (1024 * 1024)} MB).");
        }

        await using var content = file.OpenReadStream();
        using var memory = new MemoryStream((int)file.Length);
        await content.CopyToAsync(memory, cancellationToken);
        return memory.Length > 0 ? memory.GetBuffer().AsMemory(0, (int)memory.Length) : throw new FileRefusedException(FileRefusedException.Empty, "Tệp rỗng.");
    }

    private static (ImportFormat Format, IEnumerable<(JsonObject Entry, string Raw)> Rows) ReadJson(ReadOnlyMemory<byte> content)
    {
        JsonNode root;
        try
        {
            root = JsonNode.Parse(content.Span, documentOptions: Strict)!;
        }
        catch (JsonException error)
        {
            throw Malformed($"không phải JSON hợp lệ, dòng {error.LineNumber + 1}, hoặc lồng quá sâu, hoặc trùng tên trường");
        }

        var list = root as JsonArray ?? root["procedures"] as JsonArray ?? root["result"] as JsonArray ?? root["data"] as JsonArray ?? new JsonArray(root.DeepClone());
        if (list.Any(one => one is not JsonObject))
        {
            throw Malformed("mỗi thủ tục phải là một đối tượng JSON");
        }

        var format = list is [JsonObject first, ..] && PortalEntry.Is(first) ? ImportFormat.Portal : ImportFormat.Catalogue;
        return (format, list.OfType<JsonObject>().Select(ReadRow));
    }

    private static (JsonObject Entry, string Raw) ReadRow(JsonObject row)
    {
        try
        {
            // Half a surrogate pair is only noticed when the text is asked for.
            return (PortalEntry.Is(row) ? PortalEntry.Read(row) : (JsonObject)row.DeepClone(), row.ToJsonString(JsonText.Readable));
        }
        catch (InvalidOperationException)
        {
            throw Malformed("có ký tự Unicode không hợp lệ");
        }
    }
}
