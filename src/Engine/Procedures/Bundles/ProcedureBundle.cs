using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Procedures;

/// <summary>
/// One procedure as one file: its wording, the schema of its form and its workflow. The same content always makes the same bytes.
/// </summary>
/// <param name="Definition">As an Elsa 3 file without what one engine alone knows; null when the procedure has no workflow yet.</param>
internal sealed record ProcedureBundle(
    string Code, DateOnly ValidFrom, DateOnly? ValidTo, string DefinitionId, JsonObject Entry, JsonObject? FormSchema, JsonObject? Definition)
{
    private const string FormatName = "publicservice.procedure";

    /// <summary>Raised when an older engine would misread a new file.</summary>
    private const int FormatVersion = 1;

    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 512, AllowDuplicateProperties = false };

    public static ProcedureBundle Of(ProcedureRow row, WorkflowDefinition? definition) => new(
        row.Code,
        row.ValidFrom,
        row.ValidTo,
        row.DefinitionId,
        (JsonObject)JsonNode.Parse(row.Json)!,
        row.FormSchema is null ? null : (JsonObject)JsonNode.Parse(row.FormSchema)!,
        definition is null ? null : DefinitionStore.Portable(definition));

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["format"] = FormatName,
        ["formatVersion"] = FormatVersion,
        ["code"] = Code,
        ["validFrom"] = ValidFrom.ToString("O", CultureInfo.InvariantCulture),
        ["validTo"] = ValidTo?.ToString("O", CultureInfo.InvariantCulture),
        ["definitionId"] = DefinitionId,
        ["entry"] = Entry.DeepClone(),
        ["formSchema"] = FormSchema?.DeepClone(),
        ["definition"] = Definition?.DeepClone(),
    }.ToJsonString(Indented) + "\n");

    /// <exception cref="ProblemException">400 BUNDLE_MALFORMED.</exception>
    /// <exception cref="RefusedException">BUNDLE_FORMAT_NEWER.</exception>
    public static ProcedureBundle Read(string text)
    {
        JsonObject? json;
        try
        {
            json = JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            json = null;
        }

        if (json?["format"].Text() != FormatName || json["formatVersion"].Text() is not { } version || !int.TryParse(version, out var number))
        {
            throw Malformed("format");
        }

        if (number > FormatVersion)
        {
            throw new RefusedException("BUNDLE_FORMAT_NEWER", $"Tệp thủ tục có phiên bản {number}, mới hơn phiên bản {FormatVersion} mà hệ thống này đọc được.");
        }

        return new(
            json["code"].Text() ?? throw Malformed("code"),
            Date(json, "validFrom") ?? throw Malformed("validFrom"),
            json["validTo"] is null ? null : Date(json, "validTo") ?? throw Malformed("validTo"),
            json["definitionId"].Text() ?? throw Malformed("definitionId"),
            json["entry"] as JsonObject ?? throw Malformed("entry"),
            json["formSchema"] is null ? null : json["formSchema"] as JsonObject ?? throw Malformed("formSchema"),
            json["definition"] is null ? null : json["definition"] as JsonObject ?? throw Malformed("definition"));
    }

    private static DateOnly? Date(JsonObject json, string field) => DateOnly.TryParseExact(json[field].Text(), "O", out var date) ? date : null;

    private static ProblemException Malformed(string field) => new(StatusCodes.Status400BadRequest, "BUNDLE_MALFORMED", $"Không phải tệp thủ tục hợp lệ (trường “{field}”).");
}
