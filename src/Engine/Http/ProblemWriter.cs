using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace PublicService.Engine.Http;

/// <summary>Writes problem documents: <c>type, title, status, detail, instance, code, traceId, errors</c>.</summary>
internal static class ProblemWriter
{
    public const string MediaType = "application/problem+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        var document = new ProblemDocument(
            $"urn:publicservice:problem:{problem.Code}",
            Title(problem.Status),
            problem.Status,
            problem.Message,
            context.Request.Path,
            problem.Code,
            Activity.Current?.Id ?? context.TraceIdentifier,
            problem.Errors);
        return context.Response.WriteAsJsonAsync(document, Json, MediaType, context.RequestAborted);
    }

    private static string Title(int status) => status switch
    {
        400 => "Yêu cầu chưa hợp lệ",
        401 => "Chưa đăng nhập",
        403 => "Không có quyền",
        404 => "Không tìm thấy",
        409 => "Bị từ chối",
        412 or 428 => "Phiên bản không khớp",
        503 => "Tạm ngừng phục vụ",
        _ => status >= 500 ? "Lỗi hệ thống" : "Yêu cầu không thực hiện được",
    };
}
