using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>Finds the people a deadline is told to: the role of its level at the office, and where nobody holds it, the next one up.</summary>
public sealed class Recipients(OfficeDirectory offices)
{
    /// <summary>Where the step lies.</summary>
    /// <param name="OfficerId">Who has claimed it.</param>
    /// <param name="Role">Who may do it; null when nothing waits.</param>
    public sealed record Holder(string OfficeId, string? OfficerId, string? Role);

    /// <param name="ladder">Roles of this level and those above; null stands for the holder of the step.</param>
    /// <param name="field">Field of the procedure: a right given for another field does not count.</param>
    public async Task<Recipient> FindAsync(EngineDb db, IReadOnlyList<string?> ladder, Holder holder, string? field, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ladder is [null, ..] && holder.OfficerId is { } officer)
        {
            var person = await db.Users.AsNoTracking().Where(one => one.Id == officer)
                .Select(one => new Told(one.Id, one.FullName, one.Email, one.PhoneNumber)).ToListAsync(cancellationToken);
            return new(holder.Role ?? Role.CaseOfficer, holder.OfficeId, person);
        }

        var today = VietnamTime.DateOf(now);
        foreach (var role in ladder.Select(role => role ?? holder.Role).OfType<string>().Append(Role.OfficeLeader).Append(Role.Supervisor).Distinct())
        {
            foreach (var office in Places(role, holder.OfficeId))
            {
                if (await HoldersAsync(db, role, office, field, today, cancellationToken) is { Count: > 0 } people)
                {
                    return new(role, office, people);
                }
            }
        }

        return new(Role.Supervisor, offices.Root.Id, []);
    }

    /// <summary>Those who look after what lies beneath are looked for upwards; all others at the office itself.</summary>
    private IEnumerable<string> Places(string role, string officeId)
    {
        yield return officeId;
        var isWide = role is Role.Supervisor or Role.ProvinceLeader;
        for (var above = offices.TryFind(officeId)?.ParentId; isWide && above is not null; above = offices.TryFind(above)?.ParentId)
        {
            yield return above;
        }
    }

    private static async Task<List<Told>> HoldersAsync(EngineDb db, string role, string officeId, string? field, DateOnly today, CancellationToken cancellationToken)
    {
        var holders = db.Set<PersonRole>().AsNoTracking()
            .Where(one => one.OfficeId == officeId && one.Role == role && one.ValidFrom <= today && (one.ValidTo == null || one.ValidTo >= today)
                && (one.Field == null || one.Field == field))
            .Select(one => one.PersonId);
        var substitutes = db.Set<Substitution>().AsNoTracking()
            .Where(one => holders.Contains(one.FromPersonId) && one.EndedAt == null && one.ValidFrom <= today && one.ValidTo >= today)
            .Select(one => one.ToPersonId);
        return await db.Users.AsNoTracking().Where(person => person.IsActive && (holders.Contains(person.Id) || substitutes.Contains(person.Id)))
            .OrderBy(person => person.Id).Select(person => new Told(person.Id, person.FullName, person.Email, person.PhoneNumber)).ToListAsync(cancellationToken);
    }
}

/// <summary>A person who is told.</summary>
public sealed record Told(string Id, string Name, string? Email, string? Phone);

/// <summary>Who is told, in which capacity.</summary>
public sealed record Recipient(string Role, string OfficeId, IReadOnlyList<Told> People)
{
    public JsonObject ToJson() => new()
    {
        ["role"] = Role,
        ["office"] = OfficeId,
        ["people"] = new JsonArray([.. People.Select(person => (JsonNode)new JsonObject { ["id"] = person.Id, ["name"] = person.Name, ["email"] = person.Email, ["phone"] = person.Phone })]),
    };
}
