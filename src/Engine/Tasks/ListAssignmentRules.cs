using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>How new tasks of an office are given out, by role; a role that is not listed is given out by hand.</summary>
public static class ListAssignmentRules
{
    public sealed record Query(string OfficeId) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply(string OfficeId, string Role, string RoleWord, AssignmentMode Mode, DateTimeOffset ChangedAt)
    {
        public static Reply Of(AssignmentRuleRow row) => new(row.OfficeId, row.Role, PublicService.Dossiers.Role.Word(row.Role), row.Mode, row.ChangedAt);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/offices/{id}/assignment-rules", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, OfficeDirectory offices) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var office = offices.TryFind(request.OfficeId).FindOrRefuse("Đơn vị");
            var rows = await db.Set<AssignmentRuleRow>().AsNoTracking().Where(row => row.OfficeId == office.Id).OrderBy(row => row.Role).ToListAsync(cancellationToken);
            return [.. rows.Select(Reply.Of)];
        }
    }
}
