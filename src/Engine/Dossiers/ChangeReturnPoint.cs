using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Dossiers;

/// <summary>
/// The citizen comes for the result to another receiving point: its result officer takes the return over, knowing the code on the receipt.
/// Refuses with RETURN_NOT_WAITING, ALREADY_AT_OFFICE, OFFICE_NOT_IN_FORCE.
/// </summary>
public static class ChangeReturnPoint
{
    public sealed record Body(string DossierCode, string OfficeId, string Reason);

    public sealed record Command(Body Body) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/return-points", async (Body body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireRole(Role.ResultOfficer);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.DossierCode, "dossierCode", 60)
            .Text(input.Body.OfficeId, "officeId", 100)
            .Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(DossierRuns runs, EngineDb db, CurrentPerson person, OfficeDirectory offices, TimeProvider time) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var body = request.Body;
            var office = offices.Find(body.OfficeId, VietnamTime.DateOf(time.GetUtcNow()));
            var act = person.ActFor(office.Id, body.Reason, Role.ResultOfficer, FormalActs.HandOver);
            var code = body.DossierCode.Trim();
            var dossierId = await db.Dossiers.Where(dossier => dossier.Code == code).Select(dossier => (Guid?)dossier.Id).FirstOrDefaultAsync(cancellationToken)
                ?? throw Problems.NotFound("Hồ sơ");
            var task = await db.Tasks.AsNoTracking().Open().FirstOrDefaultAsync(task => task.DossierId == dossierId && task.FormalAct == FormalActs.HandOver, cancellationToken)
                ?? throw new RefusedException("RETURN_NOT_WAITING", "Hồ sơ không có kết quả đang chờ trả.");
            if (task.OfficeId == office.Id)
            {
                throw new RefusedException("ALREADY_AT_OFFICE", "Kết quả đang chờ trả tại chính nơi này.");
            }

            var data = JsonSerializer.Serialize(new { title = task.Title, from = task.OfficeId, to = office.Id }, JsonText.Readable);
            return await runs.MoveTaskAsync(task, office.Id, LedgerAct.ReturnPointChanged, data, act, DossierStanding.After, cancellationToken);
        }
    }
}
