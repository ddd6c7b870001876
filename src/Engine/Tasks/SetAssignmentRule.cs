using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>Set how new tasks of a role at an office are given out. By the office's leader or an administrator; counts from the next task on.</summary>
public static class SetAssignmentRule
{
    public sealed record Body(AssignmentMode Mode);

    public sealed record Command(string OfficeId, string Role, Body Body) : IRequest<ListAssignmentRules.Reply>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/offices/{id}/assignment-rules/{role}", async (string id, string role, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, role, body), cancellationToken))
        .RequireRole(Role.OfficeLeader, Role.BusinessAdmin, Role.TechnicalAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .When(!Role.All.Contains(input.Role), "role", "Không có vai trò này.")
            .When(!Enum.IsDefined(input.Body.Mode), "mode", "Chọn một trong: Manual, LeastLoaded, RoundRobin.");
    }

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson person, OfficeDirectory offices, DirectoryRefresh directories, TimeProvider time)
        : IRequestHandler<Command, ListAssignmentRules.Reply>
    {
        public async Task<ListAssignmentRules.Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var office = offices.Find(request.OfficeId, VietnamTime.DateOf(time.GetUtcNow()));
            person.MustLead(office.Id);
            var row = await db.Set<AssignmentRuleRow>().AsNoTracking()
                .FirstOrDefaultAsync(one => one.OfficeId == office.Id && one.Role == request.Role, cancellationToken);
            var changes = new Changes();
            if (row is null)
            {
                row = new AssignmentRuleRow { OfficeId = office.Id, Role = request.Role, ChangedBy = person.Id };
                changes.Insert(row);
            }
            else
            {
                changes.Update(row, nameof(row.Mode), nameof(row.ChangedBy), nameof(row.ChangedAt));
            }

            (row.Mode, row.ChangedBy, row.ChangedAt) = (request.Body.Mode, person.Id, time.GetUtcNow());
            await lane.CommitAsync(DirectoryRefresh.Raise(changes), cancellationToken);
            await directories.RefreshAsync(cancellationToken);
            return ListAssignmentRules.Reply.Of(row);
        }
    }
}
