using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Tracking;

/// <summary>The citizen says that the papers asked for are there; the workflow and the clock go on. Refuses with NO_SUPPLEMENT_OPEN.</summary>
public static class SendSupplement
{
    public sealed record Body(IReadOnlyList<string> Papers, string? Secret = null);

    public sealed record Command(string Code, string? Secret, Body Body) : IRequest<TrackedStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/{code}/supplements", async (
            string code, [FromHeader(Name = TrackingRoutes.SecretHeader)] string? secret, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(code, secret ?? body.Secret, body), cancellationToken))
        .AllowAnonymous();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Papers(input.Body.Papers);
    }

    internal sealed class Handler(TrackedDossiers tracked, DossierRuns runs) : IRequestHandler<Command, TrackedStanding>
    {
        public async Task<TrackedStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await tracked.FindAsync(request.Code, request.Secret, cancellationToken);
            return await runs.ProvideSupplementAsync(dossier.Id, request.Body.Papers, TrackedDossiers.ActOf(dossier), TrackedStanding.After, cancellationToken);
        }
    }
}
