using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Http;

namespace PublicService.Engine.Storage;

/// <summary>
/// Makes a POST with the header <c>Idempotency-Key</c> safe to repeat: the same person, key and request get the first answer
/// again, marked <c>Idempotency-Replayed: true</c>. Place it inside the exception handler and after authentication.
/// </summary>
public sealed class IdempotencyMiddleware(RequestDelegate next)
{
    public const string KeyHeader = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext http, IdempotencyContext context, IDbContextFactory<EngineDb> contexts)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(KeyHeader, out var keys))
        {
            await next(http);
            return;
        }

        var key = keys.ToString();
        if (keys.Count != 1 || string.IsNullOrWhiteSpace(key) || key.Length > LongestKey)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "IDEMPOTENCY_KEY_INVALID", "Khoá chống gửi lặp phải có từ 1 đến 200 ký tự.");
            return;
        }

        var actor = http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? http.User.FindFirstValue("sub") ?? "";
        var hash = await HashAsync(http.Request, http.RequestAborted);
        if (await TryReplayAsync(http, contexts, actor, key, hash))
        {
            return;
        }

        context.Begin(key, actor, hash);
        try
        {
            await next(http);
        }
        catch (Exception) when (!http.Response.HasStarted)
        {
            // The same request may have won meanwhile, here or on another node; then its answer is ours, whatever
            // our own attempt ran into (double key, stale version, a step that is no longer open).
            if (!await TryReplayAsync(http, contexts, actor, key, hash))
            {
                throw;
            }
        }
    }

    private static async Task<bool> TryReplayAsync(
        HttpContext http, IDbContextFactory<EngineDb> contexts, string actor, string key, string hash)
    {
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var row = await db.IdempotencyKeys.AsNoTracking()
            .FirstOrDefaultAsync(row => row.ActorId == actor && row.Key == key, http.RequestAborted);
        if (row is null)
        {
            return false;
        }

        if (row.RequestHash != hash)
        {
            await RefuseAsync(http, StatusCodes.Status409Conflict, "IDEMPOTENCY_KEY_REUSED", "Khoá chống gửi lặp đã được dùng cho một yêu cầu khác.");
            return true;
        }

        http.Response.StatusCode = row.StatusCode;
        http.Response.Headers[ReplayedHeader] = "true";
        if (row.Location is not null)
        {
            http.Response.Headers.Location = row.Location;
        }

        if (row.Body is not null)
        {
            http.Response.ContentType = row.ContentType;
            await http.Response.Body.WriteAsync(row.Body, http.RequestAborted);
        }

        return true;
    }

    /// <summary>Over everything that makes two requests the same; the body stays readable for the route.</summary>
    private static async Task<string> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(sha, $"{request.Method} {request.PathBase}{request.Path}{request.QueryString}");
        // Those who have no account are told apart by what they show instead.
        Add(sha, request.Headers["X-Tracking-Secret"].ToString());
        if (request.HasFormContentType)
        {
            // Read as a form, because a repeated upload comes with another boundary between its parts.
            var form = await request.ReadFormAsync(cancellationToken);
            foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
            {
                Add(sha, $"{name}={value}");
            }

            foreach (var file in form.Files)
            {
                Add(sha, $"{file.Name}={file.FileName}");
                await using var content = file.OpenReadStream();
                await AddAsync(sha, content, cancellationToken);
            }
        }
        else
        {
            request.EnableBuffering();
            await AddAsync(sha, request.Body, cancellationToken);
            request.Body.Position = 0;
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static void Add(IncrementalHash sha, string text) => sha.AppendData(Encoding.UTF8.GetBytes($"{text.Length} {text}\n"));

    private static async Task AddAsync(IncrementalHash sha, Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            sha.AppendData(buffer, 0, read);
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string code, string sentence) =>
        ProblemWriter.WriteAsync(http, new ProblemException(status, code, sentence));
}
