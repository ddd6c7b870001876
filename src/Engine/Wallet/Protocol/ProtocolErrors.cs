using PublicService.Wallet.Jose;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>Turns errors of the protocols into the answers wallets expect; all others go on to the one place that catches.</summary>
internal sealed class ProtocolErrors(ILogger<ProtocolErrors> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ProtocolException error)
        {
            // The reason is for us: it may quote what the wallet sent, so it is logged without that.
            logger.LogInformation("A wallet was refused at {Path}: {Error}.", context.HttpContext.Request.Path, error.Message);
            if (error.Challenge is { } scheme)
            {
                context.HttpContext.Response.Headers.WWWAuthenticate = $"{scheme} error=\"{error.Error}\"";
            }

            return new ProtocolAnswer(error.ToJson(), error.Status);
        }
    }
}

/// <summary>A JSON answer of the protocols, never kept by caches unless it says so.</summary>
internal sealed class ProtocolAnswer(System.Text.Json.Nodes.JsonNode json, int status = StatusCodes.Status200OK, string cache = "no-store") : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.CacheControl = cache;
        httpContext.Response.ContentType = "application/json";
        return httpContext.Response.Body.WriteAsync(StrictJson.WriteBytes(json), httpContext.RequestAborted).AsTask();
    }
}
