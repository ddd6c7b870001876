using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Papers;

/// <summary>Takes a paper out of an open dossier, with a reason; the row, the content and the line in the ledger stay. Refuses with DOSSIER_CLOSED.</summary>
public static class RemovePaper
{
    public sealed record Command(Guid DossierId, Guid PaperId, string Reason) : IRequest<Reply>;

    public sealed record Reply(Guid Id, DateTimeOffset RemovedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/dossiers/{id:guid}/papers/{paperId:guid}", async (Guid id, Guid paperId, string? reason, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, paperId, reason ?? ""), cancellationToken))
        .RequireRole(Role.Receptionist, Role.CaseOfficer, Role.Clerk, Role.ResultOfficer);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Reason, "reason", 1000);
    }

    internal sealed class Handler(EngineDb db, DossierRuns runs, DossierSight sight) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = sight.ActOn(dossier, request.Reason, Role.Receptionist, Role.CaseOfficer, Role.Clerk, Role.ResultOfficer);
            var paper = await db.Papers.AsNoTracking()
                .Where(paper => paper.Id == request.PaperId && paper.DossierId == dossier.Id && paper.RemovedAt == null)
                .FindOrRefuseAsync("Giấy tờ", cancellationToken);
            return await runs.ChangeAsync(dossier.Id, act, click =>
            {
                click.Dossier!.RemovePaper(paper.Name, paper.Sha256, request.Reason, click.Act);
                click.Changes.Execute($"update papers set removed_at = {click.Act.At} where id = {paper.Id} and removed_at is null", rows: 1);
            }, click => new Reply(paper.Id, click.Act.At), cancellationToken);
        }
    }
}
