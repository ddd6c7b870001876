using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Keys;

namespace PublicService.Engine.Wallet;

/// <summary>
/// The status lists, made from the rows of issued credentials whenever somebody asks after a change: nothing can be out of step, and no
/// job has to sign. A signed list is used again for an hour at most.
/// </summary>
public sealed class StatusLists(WalletIssuer issuer, IDbContextFactory<EngineDb> contexts, TimeProvider time)
{
    private const int Full = StatusList.OwnSize / 10 * 8;

    private static readonly TimeSpan SignedFor = TimeSpan.FromHours(1);

    private readonly Lock guard = new();
    private readonly Dictionary<int, (DateTimeOffset SignedAt, DateTimeOffset? ChangedAt, string Token)> signed = [];

    /// <summary>The list new credentials go into: the newest, until four fifths of it are used.</summary>
    public async Task<int> OpenListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Set<WalletCredentialRow>().MaxAsync(row => (int?)row.ListNumber, cancellationToken) ?? 1;
        return await db.Set<WalletCredentialRow>().CountAsync(row => row.ListNumber == last, cancellationToken) < Full ? last : last + 1;
    }

    /// <returns>The signed list, or null when there is no such list.</returns>
    public async Task<string?> TokenAsync(int number, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Set<WalletCredentialRow>().AsNoTracking().Where(row => row.ListNumber == number);
        if (!await rows.AnyAsync(cancellationToken))
        {
            return null;
        }

        var changed = await rows.MaxAsync(row => row.StatusChangedAt, cancellationToken);
        lock (guard)
        {
            if (signed.TryGetValue(number, out var kept) && kept.ChangedAt == changed && now >= kept.SignedAt && now - kept.SignedAt < SignedFor)
            {
                return kept.Token;
            }
        }

        var list = StatusList.New();
        foreach (var row in await rows.Where(row => row.Status != CredentialStatus.Valid).Select(row => new { row.ListIndex, row.Status }).ToListAsync(cancellationToken))
        {
            list[row.ListIndex] = (int)row.Status;
        }

        var token = StatusListToken.Sign(list, issuer.Profile.StatusList(number), issuer.Keys.Current(KeyPurpose.StatusList, now), now);
        lock (guard)
        {
            signed[number] = (now, changed, token);
        }

        return token;
    }
}
