using System.Text.Encodings.Web;
using System.Text.Json;

namespace PublicService.Engine.Running;

/// <summary>How stored JSON text is written: compact, with Vietnamese letters as they are.</summary>
public static class JsonText
{
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
