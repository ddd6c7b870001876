using MediatR;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.NationalPortal;

/// <summary>Sends a dossier to the national portal again: everything the portal has not accepted yet, and how it stands now.</summary>
public static class SendAgain
{
    public sealed record Body(string? Reason = null);

    public sealed record Command(Guid DossierId, Body Body) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/national-portal/dossiers/{id:guid}/resends", async (Guid id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(ReportSight.Roles);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.OptionalText(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = sight.ActOn(dossier, request.Body.Reason, ReportSight.Roles);
            return await runs.ChangeAsync(dossier.Id, act, click => click.Dossier!.RetrySync(click.Act), DossierStanding.After, cancellationToken);
        }
    }
}
