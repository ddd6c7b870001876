using MediatR;
using Microsoft.Extensions.Primitives;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Dossiers;

/// <summary>
/// A leader sends the dossier back to an earlier step, with the reason; what waits behind that step is cancelled, the clock runs on.
/// Refuses with STEP_NOT_RETURNABLE, RETURN_AFTER_RELEASE, RETURN_WHILE_WAITING, RETURN_OVER_LEGAL_ACT, DOSSIER_CLOSED, TASK_CLOSED.
/// </summary>
public static class ReturnDossier
{
    /// <param name="StepId">One of the steps listed for the dossier.</param>
    /// <param name="TaskId">The task the leader looks at; the return is refused when it is no longer open.</param>
    public sealed record Body(string StepId, string Reason, string? TaskId = null);

    public sealed record Command(Guid DossierId, Body Body, StringValues IfMatch) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/returns", async (Guid id, Body body, HttpContext http, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body, http.Request.Headers.IfMatch), cancellationToken);
            ETags.Write(http.Response, reply.Version);
            return reply;
        })
        .RequireRole(Role.DepartmentHead, Role.OfficeLeader, Role.ProvinceLeader, Role.Supervisor);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.StepId, "stepId", 200)
            .Text(input.Body.Reason, "reason", 1000)
            .OptionalText(input.Body.TaskId, "taskId", 100);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = sight.ActOn(dossier, request.Body.Reason, Role.DepartmentHead, Role.OfficeLeader, Role.ProvinceLeader, Role.Supervisor);
            return await runs.ReturnAsync(
                dossier.Id,
                request.Body.StepId,
                request.Body.TaskId,
                current => ETags.Check(request.IfMatch, current.Version),
                act,
                DossierStanding.After,
                cancellationToken);
        }
    }
}
