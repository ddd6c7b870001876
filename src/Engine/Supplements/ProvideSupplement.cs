using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Supplements;

/// <summary>The citizen brought the papers to the counter: the workflow and the clock go on. Refuses with NO_SUPPLEMENT_OPEN.</summary>
public static class ProvideSupplement
{
    public sealed record Body(IReadOnlyList<string> Papers);

    public sealed record Command(Guid DossierId, Body Body) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/supplements", async (Guid id, Body body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireRole(Role.Receptionist, Role.CaseOfficer);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Papers(input.Body.Papers);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = sight.ActOn(dossier, null, Role.Receptionist, Role.CaseOfficer);
            return await runs.ProvideSupplementAsync(dossier.Id, request.Body.Papers, act, DossierStanding.After, cancellationToken);
        }
    }
}
