using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
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
            where substitution.ToPersonId == id && substitution.EndedAt == null && lender.IsActive
            select new { substitution.ValidFrom, substitution.ValidTo, lender.Id, lender.FullName }).ToListAsync(cancellationToken);
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
                new(one.Id, one.FullName), one.ValidFrom, one.ValidTo, [.. roles.Where(role => role.PersonId == one.Id)]))]);
    }
}
