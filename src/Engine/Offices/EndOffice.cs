using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Offices;

/// <summary>
/// Set the last day of an office that has no work left; one that has is ended by a plan of reorganisation, which says who takes the work over.
/// Refuses with OFFICE_HAS_WORK, OFFICE_HAS_UNITS, OFFICE_NOT_IN_FORCE.
/// </summary>
public static class EndOffice
{
    public sealed record Body(DateOnly LastDay);

    public sealed record Command(string Id, Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id, DateOnly ValidTo);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/offices/{id}/endings", async (string id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson admin, OfficeDirectory offices, DirectoryRefresh directories)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (id, last) = (request.Id, request.Body.LastDay);
            var office = offices.TryFind(id).FindOrRefuse("Đơn vị");
            admin.MustLookAfter(office.Id);
            office.MustBeValidOn(last);
            if (offices.ValidOn(last.AddDays(1)).FirstOrDefault(unit => unit.ParentId == id) is { } unit)
            {
                throw new RefusedException("OFFICE_HAS_UNITS", $"“{unit.Name}” trực thuộc đơn vị này và vẫn còn hoạt động.");
            }

            if (await db.Tasks.Open().AnyAsync(task => task.OfficeId == id, cancellationToken)
                || await db.Dossiers.Open().AnyAsync(dossier => dossier.CompetentOfficeId == id || dossier.ReceivingOfficeId == id, cancellationToken))
            {
                throw new RefusedException("OFFICE_HAS_WORK", $"“{office.Name}” còn hồ sơ đang giải quyết; hãy lập phương án sắp xếp để chuyển công việc.");
            }

            var row = await db.Set<OfficeRow>().AsNoTracking().FirstAsync(one => one.Id == id, cancellationToken);
            row.ValidTo = last;
            await lane.CommitAsync(DirectoryRefresh.Raise(new Changes().Update(row, nameof(row.ValidTo))), cancellationToken);
            await directories.RefreshAsync(cancellationToken);
            return new(id, last);
        }
    }
}
