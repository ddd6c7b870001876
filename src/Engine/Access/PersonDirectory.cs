using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>
/// People with their rights, remembered for a few seconds: each request asks for one. A change in this engine is seen at once,
/// one made in another engine after <see cref="Remembered"/>.
/// </summary>
internal sealed class PersonDirectory(IDbContextFactory<EngineDb> contexts, TimeProvider time)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (KnownPerson Person, DateTimeOffset Until)> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (List<Holder> Holders, DateTimeOffset Until)> holders = new(StringComparer.Ordinal);
    private long generation;

    public async ValueTask<KnownPerson?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var found) && found.Until > time.GetUtcNow())
        {
            return found.Person;
        }

        var before = Interlocked.Read(ref generation);
        var person = await LoadAsync(id, cancellationToken);
        if (person is not null && before == Interlocked.Read(ref generation))
        {
            known[id] = (person, time.GetUtcNow() + Remembered);
        }

        return person;
    }

    /// <summary>After any change of people, roles or substitutions: one person's roles may be lent to others, so all are forgotten.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        known.Clear();
        holders.Clear();
    }

    /// <summary>People who may hold a role at one of these offices, own or borrowed, and why somebody is not there on that day (null: is there).</summary>
    public async Task<List<(KnownPerson Person, string? Away)>> HoldersAsync(
        string role, IReadOnlyList<string> officeIds, DateOnly date, FormalActs? act, CancellationToken cancellationToken)
    {
        var key = $"{role} {officeIds[0]}";
        if (!holders.TryGetValue(key, out var found) || found.Until <= time.GetUtcNow())
        {
            var before = Interlocked.Read(ref generation);
            found = (await LoadHoldersAsync(role, officeIds, cancellationToken), time.GetUtcNow() + Remembered);
            if (before == Interlocked.Read(ref generation))
            {
                holders[key] = found;
            }
        }

        var people = new List<(KnownPerson, string?)>();
        foreach (var holder in found.Holders)
        {
            if (await FindAsync(holder.PersonId, cancellationToken) is { } person)
            {
                people.Add((person, holder.AwayOn(date, act)));
            }
        }

        return people;
    }

    private async Task<List<Holder>> LoadHoldersAsync(string role, IReadOnlyList<string> officeIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await db.Set<PersonRole>().Where(row => row.Role == role && officeIds.Contains(row.OfficeId))
            .Select(row => row.PersonId).Distinct().ToListAsync(cancellationToken);
        var borrowers = await db.Set<Substitution>().Where(row => own.Contains(row.FromPersonId) && row.EndedAt == null)
            .Select(row => row.ToPersonId).Distinct().ToListAsync(cancellationToken);
        var all = own.Union(borrowers).Order(StringComparer.Ordinal).ToList();
        var lent = await db.Set<Substitution>().AsNoTracking().Where(row => all.Contains(row.FromPersonId) && row.EndedAt == null).ToListAsync(cancellationToken);
        var away = await db.Set<Absence>().AsNoTracking().Where(row => all.Contains(row.PersonId) && row.EndedAt == null).ToListAsync(cancellationToken);
        return [.. all.Select(id => new Holder(id, lent.FindAll(row => row.FromPersonId == id), away.FindAll(row => row.PersonId == id)))];
    }

    private async Task<KnownPerson?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var person = await db.Users.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (person is null)
        {
            return null;
        }

        var lent = await (
            from substitution in db.Set<Substitution>().AsNoTracking()
            join lender in db.Users.AsNoTracking() on substitution.FromPersonId equals lender.Id
            where substitution.ToPersonId == id && lender.IsActive
            select new { substitution.ValidFrom, substitution.ValidTo, substitution.Acts, substitution.EndedAt, lender.Id, lender.FullName }).ToListAsync(cancellationToken);
        List<string> holders = [id, .. lent.Select(one => one.Id)];
        var roles = await db.Set<PersonRole>().AsNoTracking().Where(role => holders.Contains(role.PersonId)).ToListAsync(cancellationToken);
        return new KnownPerson(
            person.Id,
            person.UserName ?? person.Id,
            person.FullName,
            person.OfficeId,
            person.IsActive,
            person.SecurityStamp,
            [.. roles.Where(role => role.PersonId == id)],
            [.. lent.Select(one => new LentRights(
                new(one.Id, one.FullName), one.ValidFrom, one.ValidTo, [.. roles.Where(role => role.PersonId == one.Id)], one.Acts, one.EndedAt is not null))]);
    }
}

/// <summary>Somebody who may hold a role somewhere, with the days on which the person is not there.</summary>
internal sealed record Holder(string PersonId, IReadOnlyList<Substitution> Lent, IReadOnlyList<Absence> Away)
{
    /// <summary>Why the person is not there; null when there. Who has lent the right for such a day is not asked to use it.</summary>
    public string? AwayOn(DateOnly date, FormalActs? act) =>
        Away.Any(row => date >= row.ValidFrom && date <= row.ValidTo) ? "Vắng mặt."
        : Lent.Any(row => date >= row.ValidFrom && date <= row.ValidTo && row.Acts.Covers(act)) ? "Đã uỷ quyền cho người khác."
        : null;
}
