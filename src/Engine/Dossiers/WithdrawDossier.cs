using MediatR;
using Microsoft.Extensions.Primitives;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Dossiers;

/// <summary>The citizen takes the dossier back at the counter (status 7): its workflow ends and its tasks go. Refuses with BUSINESS_MOVE_NOT_ALLOWED.</summary>
public static class WithdrawDossier
{
    public sealed record Body(string Reason);

    public sealed record Command(Guid DossierId, Body Body, StringValues IfMatch) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/withdrawals", async (Guid id, Body body, HttpContext http, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body, http.Request.Headers.IfMatch), cancellationToken);
            ETags.Write(http.Response, reply.Version);
            return reply;
        })
        .RequireRole(Role.Receptionist);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight, CurrentPerson person) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = person.ActFor(dossier.ReceivingOfficeId, request.Body.Reason, Role.Receptionist);
            return await runs.WithdrawAsync(
                dossier.Id, request.Body.Reason, current => ETags.Check(request.IfMatch, current.Version), act, DossierStanding.After, cancellationToken);
        }
    }
}
