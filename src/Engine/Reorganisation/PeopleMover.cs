using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>
/// Gives the people of the old offices the same rights at the new ones. The old rights go on until all dossiers have moved, so that nobody
/// stands before a dossier without a right to it; <see cref="Close"/> ends them.
/// </summary>
internal sealed class PeopleMover(IDbContextFactory<EngineDb> contexts, TimeProvider time)
{
    /// <summary>Somebody with the rights held at old offices.</summary>
    public sealed record Moving(Person Person, IReadOnlyList<PersonRole> Roles)
    {
        public IEnumerable<string> Offices(PlacementRules rules) =>
            Roles.Select(role => role.OfficeId).Append(Person.OfficeId).OfType<string>().Where(office => rules.ChangeOf(office) is not null).Distinct();
    }

    /// <summary>The next people who belong to an old office or hold a right there, by id.</summary>
    public async Task<List<Moving>> NextAsync(PlacementRules rules, string? after, int size, CancellationToken cancellationToken)
    {
        var (old, today) = (rules.Old, VietnamTime.DateOf(time.GetUtcNow()));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var people = db.Users.AsNoTracking().Where(person => old.Contains(person.OfficeId!)
            || db.Set<PersonRole>().Any(role => role.PersonId == person.Id && old.Contains(role.OfficeId) && (role.ValidTo == null || role.ValidTo >= today)));
        if (after is not null)
        {
#pragma warning disable CA1309, CA1310 // The comparison is translated to SQL; overloads with a StringComparison are not.
            people = people.Where(person => string.Compare(person.Id, after) > 0);
#pragma warning restore CA1309, CA1310
        }

        var page = await people.OrderBy(person => person.Id).Take(size).ToListAsync(cancellationToken);
        var ids = page.ConvertAll(person => person.Id);
        var roles = (await db.Set<PersonRole>().AsNoTracking().Where(role => ids.Contains(role.PersonId) && (role.ValidTo == null || role.ValidTo >= today))
            .ToListAsync(cancellationToken)).ToLookup(role => role.PersonId);
        return page.ConvertAll(person => new Moving(person, [.. roles[person.Id]]));
    }

    /// <summary>Moves one person, or puts the person onto the review list when a split does not say where.</summary>
    /// <param name="forced">Places given by a person.</param>
    /// <returns>The undecided offices.</returns>
    public List<string> Move(
        Moving moving, PlacementRules rules, ReorganisationRow row, string orderedBy, ReorganisationCounts counts, Changes changes, IReadOnlyDictionary<string, string>? forced)
    {
        var places = moving.Offices(rules).ToDictionary(office => office, office => forced?.GetValueOrDefault(office) ?? rules.Place(office, moving.Person.UserName ?? ""));
        var undecided = places.Where(place => place.Value is null).Select(place => place.Key).ToList();
        if (undecided.Count > 0)
        {
            counts.PeopleToReview++;
            return undecided;
        }

        var now = time.GetUtcNow();
        counts.People++;
        if (moving.Person.OfficeId is { } home && places.GetValueOrDefault(home) is { } next)
        {
            changes.Execute($"update people set office_id = {next} where id = {moving.Person.Id}");
        }

        var held = moving.Roles.Where(role => !places.ContainsKey(role.OfficeId)).Select(KeyOf).ToHashSet();
        foreach (var role in moving.Roles.Where(role => places.ContainsKey(role.OfficeId)))
        {
            var granted = new PersonRole
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                PersonId = role.PersonId,
                Role = role.Role,
                OfficeId = places[role.OfficeId]!,
                Field = role.Field,
                Acts = role.Acts,
                ValidFrom = role.ValidFrom > row.EffectiveOn ? role.ValidFrom : row.EffectiveOn,
                ValidTo = role.ValidTo,
                GrantedBy = orderedBy,
                GrantedAt = now,
            };
            // Two old offices became one: the same right is not given twice.
            if (held.Add(KeyOf(granted)))
            {
                counts.Roles++;
                changes.Insert(granted);
            }
        }

        return undecided;
    }

    /// <summary>Ends the rights at the old offices of everybody who has been placed.</summary>
    public async Task CloseAsync(PlacementRules rules, string planId, Changes changes, CancellationToken cancellationToken)
    {
        var (old, yesterday) = (rules.Old, VietnamTime.DateOf(time.GetUtcNow()).AddDays(-1));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<ReviewRow>().Where(review => review.ReorganisationId == planId && review.Kind == ReviewKind.Person && review.PlacedAt == null)
            .Select(review => review.SubjectId).ToListAsync(cancellationToken);
        var roles = await db.Set<PersonRole>().AsNoTracking().Where(role => old.Contains(role.OfficeId) && (role.ValidTo == null || role.ValidTo > yesterday)).ToListAsync(cancellationToken);
        Close(roles.Where(role => !waiting.Contains(role.PersonId)), yesterday, changes);
    }

    /// <summary>Ends these rights with a last day.</summary>
    public static void Close(IEnumerable<PersonRole> roles, DateOnly last, Changes changes)
    {
        foreach (var role in roles)
        {
            role.ValidTo = last;
            changes.Update(role, nameof(PersonRole.ValidTo));
        }
    }

    private static (string Role, string OfficeId, string? Field, FormalActs? Acts) KeyOf(PersonRole role) => (role.Role, role.OfficeId, role.Field, role.Acts);
}
