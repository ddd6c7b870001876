using PublicService.Designer.Bundle;

namespace PublicService.Designer;

/// <summary>
/// What a page may load: itself and the engine, nothing else. The hashes are those of the inline script Studio's editor brings
/// (editor hot keys, in both forms it is written); without it the editor stops.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next, DesignerOptions options)
{
    private const string EditorHotKeys = "'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='";

    private readonly string policy =
        $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {EditorHotKeys}; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; "
        + $"connect-src 'self' {options.EngineOrigin} {options.EngineOrigin.Replace("http", "ws", StringComparison.Ordinal)}; "
        + "frame-ancestors 'none'; form-action 'self'; base-uri 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // Inside Studio its parts change without a new page, so there is nothing to make ready.
        if (!context.Request.Path.StartsWithSegments(StudioBundle.Base))
        {
            headers["Speculation-Rules"] = $"\"{StudioAhead.Rules}\"";
        }

        return next(context);
    }
}
