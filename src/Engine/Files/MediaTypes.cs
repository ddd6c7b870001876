using System.Collections.Frozen;
using System.IO.Compression;
using System.Text.Json;
using System.Xml;

namespace PublicService.Engine.Files;

/// <summary>Recognises a file by its content; what the browser or the name claims must agree.</summary>
public static class MediaTypes
{
    public const string Pdf = "application/pdf";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Tiff = "image/tiff";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Xml = "application/xml";
    public const string Json = "application/json";

    private const int LargestPart = 10_000;

    private static readonly FrozenDictionary<string, string> ByExtension = new Dictionary<string, string>
    {
        [".pdf"] = Pdf,
        [".png"] = Png,
        [".jpg"] = Jpeg,
        [".jpeg"] = Jpeg,
        [".tif"] = Tiff,
        [".tiff"] = Tiff,
        [".docx"] = Docx,
        [".xlsx"] = Xlsx,
        [".xml"] = Xml,
        [".json"] = Json,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["text/xml"] = Xml,
        ["text/json"] = Json,
        ["image/jpg"] = Jpeg,
        ["image/pjpeg"] = Jpeg,
        ["application/x-pdf"] = Pdf,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>(ByExtension.Values, StringComparer.OrdinalIgnoreCase);

    /// <summary>The type of a complete file, or null when it is none of those known or is damaged.</summary>
    public static string? Detect(Stream file)
    {
        Span<byte> head = stackalloc byte[512];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return head switch
        {
            _ when head.StartsWith("%PDF-"u8) => Pdf,
            _ when head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => Png,
            _ when head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => Jpeg,
            _ when head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) => Tiff,
            _ when head.StartsWith("PK\u0003\u0004"u8) => Office(file),
            _ => Text(head, file),
        };
    }

    /// <summary>True when the claimed media type and the extension, as far as they say anything, fit the content.</summary>
    public static bool Agree(string detected, string? claimed, string fileName)
    {
        if (ByExtension.GetValueOrDefault(Path.GetExtension(fileName)) != detected)
        {
            return false;
        }

        var type = claimed?.Split(';')[0].Trim();
        return string.IsNullOrEmpty(type)
            || type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
            || Aliases.GetValueOrDefault(type, type).Equals(detected, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A zip is taken only as an office document, and only without macros.</summary>
    private static string? Office(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > LargestPart
                || zip.Entries.Any(entry => entry.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            return zip.GetEntry("[Content_Types].xml") is null ? null
                : zip.GetEntry("word/document.xml") is not null ? Docx
                : zip.GetEntry("xl/workbook.xml") is not null ? Xlsx
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? Text(ReadOnlySpan<byte> head, Stream file)
    {
        var text = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        var start = text.TrimStart(" \t\r\n"u8);
        return start.IsEmpty ? null : start[0] switch
        {
            (byte)'<' => IsData(file) ? Xml : null,
            (byte)'{' or (byte)'[' => IsJson(file) ? Json : null,
            _ => null,
        };
    }

    /// <summary>Well-formed XML without a document type; pages and drawings can carry scripts and are not data.</summary>
    private static bool IsData(Stream file)
    {
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element
                    && (reader.NamespaceURI is "http://www.w3.org/1999/xhtml" or "http://www.w3.org/2000/svg"
                        || reader.LocalName.Equals("html", StringComparison.OrdinalIgnoreCase)))
                {
                    return false;
                }
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool IsJson(Stream file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
