using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Files;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Http;

/// <summary>The one place that catches. Three kinds only: wrong input 400, refused by a rule 409, bug or outage 500/503.</summary>
internal sealed class ErrorPipeline(RequestDelegate next, ILogger<ErrorPipeline> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await ProblemWriter.WriteAsync(context, Bare(context.Response.StatusCode));
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; nobody reads an answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            var problem = Understand(error) ?? Unknown(error, context);
            if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            {
                logger.LogError(error, "Something the engine needs is unavailable: {Code}.", problem.Code);
            }

            var allow = context.Response.Headers.Allow;
            context.Response.Clear();
            context.Response.Headers.Allow = allow;
            await ProblemWriter.WriteAsync(context, problem);
        }
    }

    private static ProblemException? Understand(Exception error) => error switch
    {
        ProblemException problem => problem,
        RefusedException refused => new(StatusCodes.Status409Conflict, refused.Code, refused.Message),
        StaleException or DbUpdateConcurrencyException =>
            new(StatusCodes.Status409Conflict, "STALE", "Hồ sơ vừa được người khác thay đổi, hãy tải lại."),
        DefinitionException malformed => new(StatusCodes.Status400BadRequest, malformed.Code, "Nội dung không phải định nghĩa quy trình hợp lệ."),
        FileRefusedException refused => new(StatusCodes.Status400BadRequest, refused.Code, refused.Message),
        RunRefusedException => new(StatusCodes.Status409Conflict, "STEP_NOT_WAITING", "Bước này không còn chờ, hãy tải lại."),
        DuplicateException => Problems.Duplicate("Dữ liệu"),
        StorageUnavailableException =>
            new(StatusCodes.Status503ServiceUnavailable, "STORAGE_UNAVAILABLE", "Hệ thống lưu trữ tạm thời không ghi được, hãy thử lại sau."),
        BadHttpRequestException bad => BadBody.From(bad),
        JsonException json => BadBody.FromJson(json),
        _ => null,
    };

    private ProblemException Unknown(Exception error, HttpContext context)
    {
        var correlation = Activity.Current?.Id ?? context.TraceIdentifier;
        logger.LogError(error, "Unexpected failure of {Method} {Path}, correlation {Correlation}.", context.Request.Method, context.Request.Path, correlation);
        if (error is StepFailedException)
        {
            return new(StatusCodes.Status500InternalServerError, "STEP_FAILED", string.Create(
                CultureInfo.InvariantCulture, $"Một bước của quy trình gặp lỗi nên thao tác đã được hủy, sự cố đã được ghi nhận. Mã tra cứu: {correlation}"));
        }

        return new(StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", string.Create(
            CultureInfo.InvariantCulture, $"Hệ thống gặp lỗi, chưa có gì được lưu. Mã tra cứu: {correlation}"));
    }

    private static ProblemException Bare(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problems.SignInRequired(),
        StatusCodes.Status403Forbidden => new(status, "ROLE_REQUIRED", "Tài khoản không có quyền thực hiện."),
        StatusCodes.Status404NotFound => new(status, "NOT_FOUND", "Đường dẫn không tồn tại."),
        StatusCodes.Status405MethodNotAllowed => new(status, "METHOD_NOT_ALLOWED", "Phương thức không được hỗ trợ ở đường dẫn này."),
        StatusCodes.Status413PayloadTooLarge => new(status, "BODY_TOO_LARGE", "Nội dung gửi lên quá lớn."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "UNSUPPORTED_MEDIA_TYPE", "Nội dung phải là application/json."),
        StatusCodes.Status429TooManyRequests => new(status, "TOO_MANY_REQUESTS", "Quá nhiều yêu cầu, hãy thử lại sau một phút."),
        _ => new(status, string.Create(CultureInfo.InvariantCulture, $"HTTP_{status}"), "Yêu cầu không thực hiện được."),
    };
}
