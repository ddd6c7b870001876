using System.Net;
using PublicService.Engine.Http;

namespace PublicService.Engine.Observability;

/// <summary>Health and metrics, for machines: outside <c>/api/v1</c> and anonymous.</summary>
public static class ObservabilityRegistration
{
    public static IServiceCollection AddObservability(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<PrometheusText>();
        return services;
    }

    /// <param name="loopbackOnly">Metrics are shown only to programs on the same machine.</param>
    public static void MapObservability(this IEndpointRouteBuilder routes, bool loopbackOnly)
    {
        // Made now: a listener sees only what is measured after it was made.
        _ = routes.ServiceProvider.GetRequiredService<PrometheusText>();
        routes.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", async (Readiness readiness, CancellationToken cancellationToken) =>
        {
            var reply = await readiness.CheckAsync(cancellationToken);
            return TypedResults.Json(reply, statusCode: reply.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/metrics", (HttpContext context, PrometheusText metrics) =>
            loopbackOnly && context.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from)
                ? throw Problems.NotFound()
                : TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
    }
}
