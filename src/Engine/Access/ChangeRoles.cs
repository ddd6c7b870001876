using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Set the roles of a person. Roles left out end today and stay on file; those outside the administrator's reach are not touched.</summary>
public static class ChangeRoles
{
    /// <param name="Acts">Only these formal acts; without them everything the role does.</param>
    public sealed record Grant(string Role, string OfficeId, DateOnly ValidFrom, DateOnly? ValidTo = null, string? Field = null, IReadOnlyList<FormalActs>? Acts = null);

    public sealed record Body(IReadOnlyList<Grant> Roles);

    public sealed record Command(string PersonId, Body Body) : IRequest<Reply>;

    public sealed record Reply(int Granted, int Ended);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/people/{id}/roles", async (string id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors)
        {
            errors.When(input.Body.Roles.Count > 100, "roles", "Quá nhiều quyền.");
            for (var i = 0; i < input.Body.Roles.Count; i++)
            {
                var grant = input.Body.Roles[i];
                errors.When(!Role.All.Contains(grant.Role), $"roles[{i}].role", "Không có vai trò này.")
                    .When(grant.ValidTo < grant.ValidFrom, $"roles[{i}].validTo", "Ngày kết thúc trước ngày bắt đầu.")
                    .When(grant.Acts?.Contains(FormalActs.None) == true, $"roles[{i}].acts", "Không có quyền này.")
                    .OptionalText(grant.Field, $"roles[{i}].field", 200);
            }
        }
    }

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson admin, OfficeDirectory offices, PersonDirectory people, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var person = await db.Users.AsNoTracking().Where(one => one.Id == request.PersonId).FindOrRefuseAsync("Người dùng", cancellationToken);
            admin.MustLookAfter(person.OfficeId ?? offices.Root.Id);
            if (person.Id == admin.Id)
            {
                throw new RefusedException("OWN_ROLES", "Không thể tự thay đổi quyền của chính mình.");
            }

            var today = VietnamTime.DateOf(time.GetUtcNow());
            var existing = await db.Set<PersonRole>().AsNoTracking()
                .Where(role => role.PersonId == person.Id && (role.ValidTo == null || role.ValidTo >= today)).ToListAsync(cancellationToken);
            var kept = existing.Where(row => request.Body.Roles.Any(grant => Same(grant, row))).ToList();
            var ended = existing.Except(kept).Where(row => admin.LooksAfter(row.OfficeId)).ToList();
            var added = request.Body.Roles.DistinctBy(KeyOf).Where(grant => !kept.Any(row => Same(grant, row))).ToList();
            added.ForEach(grant => admin.MustBeAbleToGrant(grant.Role, offices.Find(grant.OfficeId).Id));
            ended.ForEach(row => admin.MustBeAbleToGrant(row.Role, row.OfficeId));
            await SaveAsync(person.Id, added, ended, today, cancellationToken);
            return new(added.Count, ended.Count);
        }

        private async Task SaveAsync(
            string personId, List<Grant> added, List<PersonRole> ended, DateOnly today, CancellationToken cancellationToken)
        {
            var changes = new Changes();
            foreach (var row in ended)
            {
                row.ValidTo = today.AddDays(-1);
                changes.Update(row, nameof(PersonRole.ValidTo));
            }

            var now = time.GetUtcNow();
            changes.InsertAll(added.Select(grant => new PersonRole
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                PersonId = personId,
                Role = grant.Role,
                OfficeId = grant.OfficeId,
                Field = grant.Field,
                Acts = FormalActWords.Join(grant.Acts),
                ValidFrom = grant.ValidFrom,
                ValidTo = grant.ValidTo,
                GrantedBy = admin.Id,
                GrantedAt = now,
            }));
            await lane.CommitAsync(changes, cancellationToken);
            people.Forget();
        }

        private static bool Same(Grant grant, PersonRole row) => KeyOf(grant) == (row.Role, row.OfficeId, row.Field, row.Acts, row.ValidFrom, row.ValidTo);

        private static (string Role, string OfficeId, string? Field, FormalActs? Acts, DateOnly From, DateOnly? To) KeyOf(Grant grant) =>
            (grant.Role, grant.OfficeId, grant.Field, FormalActWords.Join(grant.Acts), grant.ValidFrom, grant.ValidTo);
    }
}
