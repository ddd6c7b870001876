using System.Text.Encodings.Web;
using System.Text.Json;

namespace PublicService.Workflows.Json;

/// <summary>How JSON text that is stored or read by people is written: compact, with Vietnamese letters as they are.</summary>
public static class JsonText
{
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
