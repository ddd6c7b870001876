using System.Threading.RateLimiting;
using PublicService.Activities.Wallet;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Outbox;
using PublicService.Engine.Wallet.Protocol;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Issuing;
using Quartz;

namespace PublicService.Engine.Wallet;

/// <summary>
/// Wires the delivery of results to wallets. Without <c>Wallet:Issuer</c> its routes answer 404 WALLET_NOT_CONFIGURED and offers of workflows become files,
/// as all messages without a channel do.
/// </summary>
public static class WalletRegistration
{
    internal const string RateLimit = "wallet";

    public static IServiceCollection AddWallet(this IServiceCollection services, IConfiguration configuration, EngineOptions engine)
    {
        var options = configuration.GetSection("Wallet").Get<WalletOptions>() ?? new WalletOptions();
        services.AddSingleton<IReadOnlyDictionary<string, CredentialType>>(_ => CredentialTypeFiles.ReadAll(engine.Workflows));
        services.AddSingleton(provider => Create(provider, options, engine));
        services.AddSingleton<StatusLists>();
        services.AddScoped<WalletCaller>();
        services.AddKeyedSingleton<IMessageChannel, WalletEvents>(WalletEvents.Kind);
        services.AddKeyedSingleton<IMessageChannel, WalletCodes>(WalletCodes.Kind);
        if (options.Issuer is not null)
        {
            services.AddKeyedSingleton<IMessageChannel, WalletDeliveries>(DeliverToWallet.Kind);
        }

        services.AddQuartz(quartz => quartz.ScheduleJob<ForgetWalletSecretsJob>(
            trigger => trigger.WithIdentity("wallet-secrets").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromMinutes(10)).RepeatForever()),
            job => job.WithIdentity("wallet-secrets")));
        return services.AddRateLimiter(limiter => limiter.AddPolicy(RateLimit, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "local",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.RequestsPerMinute, Window = TimeSpan.FromMinutes(1) })));
    }

    /// <summary>Routes for officers and citizens.</summary>
    public static void MapWallet(this IEndpointRouteBuilder routes)
    {
        ListDeliveries.Map(routes);
        ListTrackedDeliveries.Map(routes);
        OpenOffer.Map(routes);
        OpenTrackedOffer.Map(routes);
        WithdrawDelivery.Map(routes);
        ChangeCredentialStatus.Map(routes);
    }

    /// <summary>Routes for wallets, where the protocols put them. Web wallets call from anywhere; nothing here is known by cookie.</summary>
    public static void MapWalletProtocol(this IEndpointRouteBuilder routes)
    {
        var wallets = routes.MapGroup("").RequireRateLimiting(RateLimit)
            .RequireCors(cors => cors.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod()).AddEndpointFilter<ProtocolErrors>().ExcludeFromDescription().AllowAnonymous();
        ShowMetadata.Map(wallets);
        ShowOffer.Map(wallets);
        RedeemCode.Map(wallets);
        IssueCredential.Map(wallets);
        TakeNotification.Map(wallets);
        ShowStatusList.Map(wallets);
    }

    private static WalletIssuer Create(IServiceProvider provider, WalletOptions options, EngineOptions engine)
    {
        var origin = options.Issuer ?? throw new ProblemException(StatusCodes.Status404NotFound, "WALLET_NOT_CONFIGURED", "Hệ thống chưa bật cấp giấy tờ vào ví điện tử.");
        var types = provider.GetRequiredService<IReadOnlyDictionary<string, CredentialType>>();
        var folder = options.Keys ?? Path.Combine(engine.Data, "wallet");
        var longest = TimeSpan.FromDays(types.Values.Select(type => type.Days).DefaultIfEmpty(1).Max() + 1);
        var keys = WalletKeyFiles.Read(folder, origin, engine.Demo, longest, provider.GetRequiredService<TimeProvider>().GetUtcNow());
        return new(
            new IssuerProfile(origin, new Dictionary<string, string> { ["vi-VN"] = options.Name, ["en-US"] = options.EnglishName }),
            new ServerSecrets(WalletKeyFiles.ServerKey(folder)),
            keys,
            types,
            provider.GetRequiredService<OfficeDirectory>());
    }
}
