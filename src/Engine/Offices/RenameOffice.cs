using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Offices;

/// <summary>
/// Give an office another name from a day on that has come; what happened before is shown under the old one. A name of the future belongs
/// into a plan of reorganisation. Refuses with NAME_IN_THE_FUTURE, NAME_NOT_LATEST, OFFICE_NOT_IN_FORCE.
/// </summary>
public static class RenameOffice
{
    public sealed record Body(string Name, DateOnly ValidFrom, string Reason, string? OneStop = null);

    public sealed record Command(string Id, Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id, string Name, string OldName, DateOnly ValidFrom);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/offices/{id}/names", async (string id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Name, "name", 300)
            .Text(input.Body.Reason, "reason", 1000)
            .OptionalText(input.Body.OneStop, "oneStop", 300);
    }

    internal sealed class Handler(
        EngineDb db, CommitLane lane, CurrentPerson admin, OfficeDirectory offices, DirectoryRefresh directories, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, now) = (request.Body, time.GetUtcNow());
            var office = offices.TryFind(request.Id).FindOrRefuse("Đơn vị");
            admin.MustLookAfter(office.Id);
            office.MustBeValidOn(body.ValidFrom);
            if (body.ValidFrom > VietnamTime.DateOf(now))
            {
                throw new RefusedException("NAME_IN_THE_FUTURE", "Tên mới chưa đến ngày có hiệu lực.");
            }

            if (body.ValidFrom <= (offices.Names(office.Id) is [.., var last] ? last.ValidFrom : office.ValidFrom))
            {
                throw new RefusedException("NAME_NOT_LATEST", "Ngày có hiệu lực phải sau ngày của tên hiện tại.");
            }

            var row = await db.Set<OfficeRow>().AsNoTracking().FirstAsync(one => one.Id == office.Id, cancellationToken);
            await lane.CommitAsync(
                DirectoryRefresh.Raise(OfficeNames.Rename(new Changes(), row, offices, new OfficeNameRow
                {
                    OfficeId = office.Id,
                    ValidFrom = body.ValidFrom,
                    Name = body.Name.Trim(),
                    OneStop = body.OneStop ?? row.OneStop,
                    Reason = body.Reason,
                    ChangedBy = admin.Id,
                    ChangedAt = now,
                })),
                cancellationToken);
            await directories.RefreshAsync(cancellationToken);
            return new(office.Id, body.Name.Trim(), office.Name, body.ValidFrom);
        }
    }
}
