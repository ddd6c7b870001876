using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>One person with all roles, also ended and future ones.</summary>
public static class ShowPerson
{
    public sealed record Query(string Id) : IRequest<Reply>;

    public sealed record Reply(
        string Id,
        string UserName,
        string FullName,
        string? OfficeId,
        string? Email,
        string? PhoneNumber,
        bool IsActive,
        DateTimeOffset? LockedUntil,
        IReadOnlyList<Grant> Roles);

    public sealed record Grant(string Role, string OfficeId, string? Field, IReadOnlyList<FormalActs>? Acts, DateOnly ValidFrom, DateOnly? ValidTo, string GrantedBy, DateTimeOffset GrantedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/people/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, CurrentPerson admin, OfficeDirectory offices) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var person = await db.Users.AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Người dùng", cancellationToken);
            admin.MustLookAfter(person.OfficeId ?? offices.Root.Id);
            var roles = await db.Set<PersonRole>().AsNoTracking().Where(role => role.PersonId == person.Id)
                .OrderBy(role => role.ValidFrom).ThenBy(role => role.Id).ToListAsync(cancellationToken);
            return new(person.Id, person.UserName!, person.FullName, person.OfficeId, person.Email, person.PhoneNumber, person.IsActive, person.LockoutEnd,
                [.. roles.Select(role => new Grant(role.Role, role.OfficeId, role.Field, role.Acts.Split(), role.ValidFrom, role.ValidTo, role.GrantedBy, role.GrantedAt))]);
        }
    }
}
