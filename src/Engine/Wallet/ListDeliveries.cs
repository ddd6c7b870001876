using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using PublicService.Wallet.Credentials;

namespace PublicService.Engine.Wallet;

/// <summary>What of a dossier goes or went into a wallet, oldest first; for officers also the credentials.</summary>
public static class ListDeliveries
{
    public sealed record Query(Guid DossierId, bool ForOfficers) : IRequest<IReadOnlyList<Reply>>;

    /// <param name="Name">Name of the credential type.</param>
    /// <param name="MayBeFetched">A QR code can be asked for.</param>
    public sealed record Reply(
        string Id, string Type, string Name, DeliveryState State, bool MayBeFetched, DateTimeOffset CreatedAt, DateTimeOffset Until, DateTimeOffset? IssuedAt, IReadOnlyList<Credential> Credentials);

    public sealed record Credential(Guid Id, CredentialStatus Status, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? StatusChangedAt, string? StatusReason);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/wallet-deliveries", async (Guid id, DossierSight sight, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query((await sight.FindAsync(id, cancellationToken)).Id, true), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, EngineOptions options, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var names = CredentialTypeFiles.ReadAll(options.Workflows);
            var deliveries = await db.Set<DeliveryRow>().AsNoTracking().Where(row => row.DossierId == request.DossierId)
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
            var credentials = request.ForOfficers
                ? await db.Set<WalletCredentialRow>().AsNoTracking().Where(row => row.DossierId == request.DossierId).OrderBy(row => row.IssuedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken)
                : [];
            return [.. deliveries.Select(row => new Reply(
                row.Id,
                row.Type,
                names.GetValueOrDefault(row.Type)?.Name["vi-VN"] ?? row.Type,
                row.State,
                row.State is DeliveryState.Ready && time.GetUtcNow() < row.Until,
                row.CreatedAt,
                row.Until,
                row.IssuedAt,
                [.. credentials.Where(one => one.DeliveryId == row.Id).Select(one => new Credential(one.Id, one.Status, one.IssuedAt, one.ExpiresAt, one.StatusChangedAt, one.StatusReason))]))];
        }
    }
}
