using MediatR;
using Microsoft.Extensions.Primitives;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Dossiers;

/// <summary>
/// Sends an open dossier to another competent office (NĐ 118/2025 điều 14). The clock runs on (D12); tasks that wait stay where they are,
/// later ones are given to the new office. Refuses with ALREADY_AT_OFFICE, DOSSIER_CLOSED, OFFICE_NOT_FOUND, OFFICE_NOT_IN_FORCE.
/// </summary>
public static class ForwardDossier
{
    public sealed record Body(string OfficeId, string Reason);

    public sealed record Command(Guid DossierId, Body Body, StringValues IfMatch) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/forwardings", async (Guid id, Body body, HttpContext http, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body, http.Request.Headers.IfMatch), cancellationToken);
            ETags.Write(http.Response, reply.Version);
            return reply;
        })
        .RequireRole(Role.Receptionist, Role.OfficeLeader);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.OfficeId, "officeId", 100)
            .Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight, OfficeDirectory offices, TimeProvider time) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = sight.ActOn(dossier, request.Body.Reason, Role.Receptionist, Role.OfficeLeader);
            var office = offices.Find(request.Body.OfficeId, VietnamTime.DateOf(time.GetUtcNow()));
            return await runs.ChangeAsync(dossier.Id, act, click =>
            {
                ETags.Check(request.IfMatch, click.Dossier!.Version);
                click.Dossier.Forward(office.Id, click.Act);
            }, DossierStanding.After, cancellationToken);
        }
    }
}
