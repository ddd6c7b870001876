using System.Threading.RateLimiting;

namespace PublicService.Engine.Tracking;

/// <summary>
/// Routes of this folder: for citizens without an account, who show the secret of their receipt. Whoever guesses gets the same answer
/// whether the code or the secret was wrong, and only so many tries a minute.
/// </summary>
public static class TrackingRoutes
{
    /// <summary>
    /// Header with the secret of the receipt: no part of an address, so no log keeps it. Only where the dossier is shown the secret may also
    /// be in the address, because a QR code can hold nothing else.
    /// </summary>
    public const string SecretHeader = "X-Tracking-Secret";

    internal const string RateLimit = "tracking";

    public static IServiceCollection AddTracking(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Tracking").Get<TrackingOptions>() ?? new TrackingOptions();
        services.AddScoped<TrackedDossiers>();
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(RateLimit, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "local",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = options.RequestsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    public static void MapTracking(this IEndpointRouteBuilder routes)
    {
        var tracking = routes.MapGroup("/tracking").RequireRateLimiting(RateLimit);
        TrackDossier.Map(tracking);
        ListTrackedForms.Map(tracking);
        PrintTrackedForm.Map(tracking);
        AnswerQuestion.Map(tracking);
        SendSupplement.Map(tracking);
        WithdrawByCitizen.Map(tracking);
    }
}

/// <summary>Section <c>Tracking</c> of the configuration.</summary>
public sealed record TrackingOptions
{
    /// <summary>Of one address; a secret has 100 bits, this only keeps the noise down.</summary>
    public int RequestsPerMinute { get; init; } = 60;
}
