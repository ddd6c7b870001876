using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using PublicService.Wallet.Credentials;

namespace PublicService.Engine.Wallet;

/// <summary>
/// Revokes or suspends a credential, e.g. when the decision was withdrawn or the phone was lost, or lifts a suspension. Others see it when their copy of the
/// status list ends, ten minutes at most. Refuses with WALLET_CREDENTIAL_REVOKED: a revocation is for good.
/// </summary>
public static class ChangeCredentialStatus
{
    public sealed record Body(CredentialStatus Status, string Reason);

    public sealed record Command(Guid Id, Body Body, string By) : IRequest;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/wallet-credentials/{id:guid}/statuses", async (
            Guid id, Body body, EngineDb db, DossierSight sight, CurrentPerson person, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var row = await db.Set<WalletCredentialRow>().AsNoTracking().Where(one => one.Id == id).FindOrRefuseAsync("Giấy tờ trong ví", cancellationToken);
            _ = sight.ActOn(await sight.FindAsync(row.DossierId, cancellationToken), body.Reason, Role.Supervisor);
            await mediator.Send(new Command(id, body, person.Id), cancellationToken);
            return TypedResults.NoContent();
        })
        .RequireRole(Role.Supervisor);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(CommitLane lane, TimeProvider time) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command request, CancellationToken cancellationToken)
        {
            var (status, reason) = (request.Body.Status, request.Body.Reason);
            try
            {
                await lane.CommitAsync(
                    new Changes().Execute(
                        $"update wallet_credentials set status = {status}, status_reason = {reason}, status_changed_by = {request.By}, status_changed_at = {time.GetUtcNow()} where id = {request.Id} and status <> {CredentialStatus.Invalid}",
                        rows: 1),
                    cancellationToken);
            }
            catch (StaleException)
            {
                throw new RefusedException("WALLET_CREDENTIAL_REVOKED", "Giấy tờ này đã bị thu hồi, không thay đổi được nữa.");
            }

            return Unit.Value;
        }
    }
}
