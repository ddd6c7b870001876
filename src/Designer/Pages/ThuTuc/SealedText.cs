using System.IO.Compression;

namespace PublicService.Designer.Pages.ThuTuc;

/// <summary>A file between two pages: compressed in a hidden field, so that nothing of it lies on the server until it is taken over.</summary>
internal static class SealedText
{
    public static string Seal(byte[] text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal))
        {
            gzip.Write(text);
        }

        return Convert.ToBase64String(memory.ToArray());
    }

    /// <summary>Null when it is none, or longer than is taken.</summary>
    public static byte[]? Open(string? text, int longest)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(text ?? "")), CompressionMode.Decompress);
            using var memory = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                memory.Write(buffer, 0, read);
                if (memory.Length > longest)
                {
                    return null;
                }
            }

            return memory.Length == 0 ? null : memory.ToArray();
        }
        catch (Exception error) when (error is FormatException or InvalidDataException)
        {
            return null;
        }
    }
}
