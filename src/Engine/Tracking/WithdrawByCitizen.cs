using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Tracking;

/// <summary>The citizen takes the dossier back (status 7). Refuses with BUSINESS_MOVE_NOT_ALLOWED once it is finished.</summary>
public static class WithdrawByCitizen
{
    public sealed record Body(string Reason, string? Secret = null);

    public sealed record Command(string Code, string? Secret, Body Body) : IRequest<TrackedStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/{code}/withdrawals", async (
            string code, [FromHeader(Name = TrackingRoutes.SecretHeader)] string? secret, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(code, secret ?? body.Secret, body), cancellationToken))
        .AllowAnonymous();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(TrackedDossiers tracked, DossierRuns runs) : IRequestHandler<Command, TrackedStanding>
    {
        public async Task<TrackedStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await tracked.FindAsync(request.Code, request.Secret, cancellationToken);
            return await runs.WithdrawAsync(
                dossier.Id, request.Body.Reason, _ => { }, TrackedDossiers.ActOf(dossier, request.Body.Reason), TrackedStanding.After, cancellationToken);
        }
    }
}
