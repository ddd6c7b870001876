using PublicService.Engine.Storage;
using Quartz;

namespace PublicService.Engine.Wallet;

/// <summary>Removes tokens, used nonces and dead offers whose time is over.</summary>
[DisallowConcurrentExecution]
public sealed class ForgetWalletSecretsJob(CommitLane lane, TimeProvider time) : IJob
{
    /// <summary>A code that is used again after it was redeemed must still be known, to take back what it gave.</summary>
    private static readonly TimeSpan OffersKept = TimeSpan.FromDays(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return lane.CommitAsync(
            new Changes()
                .Execute($"delete from wallet_used where until < {now}")
                .Execute($"delete from wallet_grants where expires_at < {now}")
                .Execute($"delete from wallet_offers where expires_at < {now - OffersKept}"),
            cancellationToken);
    }
}
