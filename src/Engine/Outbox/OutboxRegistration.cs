using PublicService.Engine.Storage;

namespace PublicService.Engine.Outbox;

/// <summary>Wires the outbox. Messages of a kind without a channel of its own become files in <c>outbox-out</c>.</summary>
public static class OutboxRegistration
{
    public static IServiceCollection AddOutbox(this IServiceCollection services, OutboxOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PendingMessages>();
        services.AddSingleton<IMessageChannel>(provider => new FileChannel(
            Path.Combine(provider.GetRequiredService<StorageOptions>().DataFolder, "outbox-out")));
        services.AddSingleton<OutboxSender>();
        return services.AddHostedService(provider => provider.GetRequiredService<OutboxSender>());
    }
}
