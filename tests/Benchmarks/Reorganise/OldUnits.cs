using Microsoft.AspNetCore.Identity;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Reorganise;

/// <summary>
/// The 171 communes of Quảng Ninh before 1 July 2025 as offices of the engine, with three officers each, and the rules by which the twelve
/// that were split are parted. Their hamlets are invented (Thôn 0 to Thôn 4, of which Thôn 4 has no rule): the table does not say them.
/// </summary>
public sealed class OldUnits
{
    public const int Hamlets = 5;
    public static readonly DateOnly EffectiveOn = new(2025, 7, 1);
    private static readonly string[] Roles = [Role.Receptionist, Role.CaseOfficer, Role.OfficeLeader];

    private OldUnits(string table) => Table = table;

    /// <summary>The table of the statistics office.</summary>
    public string Table { get; }

    /// <summary>Ids of the old offices, by number.</summary>
    public IReadOnlyList<string> Ids => [.. Lines.Select(line => line.Old).Distinct().Select(IdOf)];

    /// <summary>Rules for those that were split, as a plan gives them.</summary>
    public IReadOnlyList<object> Rules(IReadOnlyDictionary<string, string> areas) =>
    [
        .. Lines.GroupBy(line => line.Old).Where(group => group.Count() > 1).Select(object (group) => new
        {
            from = IdOf(group.Key),
            to = group.Select((line, at) => new { officeId = areas[line.New], hamlets = HamletsOf(at, group.Count()) }).ToArray(),
        }),
    ];

    private IEnumerable<(string New, string Old)> Lines => Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[2]));

    public static string IdOf(string code) => "cu-" + code;

    public static async Task<OldUnits> AddAsync(IServiceProvider services)
    {
        var units = new OldUnits(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "seed", "qn-old-to-new-units.csv")));
        var root = services.GetRequiredService<OfficeDirectory>().Root;
        var (changes, now) = (new Changes(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var hash = services.GetRequiredService<IPasswordHasher<Person>>().HashPassword(New("x", now), "mat-khau-do-tai");
        foreach (var (code, at) in units.Lines.Select(line => line.Old).Distinct().Select((code, at) => (code, at)))
        {
            changes.Insert(new OfficeRow
            {
                Id = IdOf(code),
                AgencyCode = $"H49.{301 + at}",
                AreaCode = code,
                Name = $"Xã cũ {code}",
                Kind = OfficeKind.PeoplesCommittee,
                Level = OfficeLevel.Commune,
                ParentId = root.Id,
                ValidFrom = new(2020, 1, 1),
                CalendarId = root.CalendarId,
                SearchText = code,
            });
            foreach (var role in Roles)
            {
                var person = New($"{role.ToLowerInvariant()}.{code}", now);
                (person.OfficeId, person.PasswordHash) = (IdOf(code), hash);
                changes.Insert(person).Insert(new PersonRole
                {
                    Id = Guid.CreateVersion7(now).ToString("N"),
                    PersonId = person.Id,
                    Role = role,
                    OfficeId = IdOf(code),
                    ValidFrom = new(2020, 1, 1),
                    GrantedBy = Act.SystemId,
                    GrantedAt = now,
                });
            }
        }

        await services.GetRequiredService<CommitLane>().CommitAsync(DirectoryRefresh.Raise(changes));
        await services.GetRequiredService<DirectoryRefresh>().RefreshAsync();
        return units;
    }

    /// <summary>Parts four hamlets among the new units; the last one has no rule.</summary>
    private static string[] HamletsOf(int at, int of) =>
        [.. Enumerable.Range(0, Hamlets - 1).Where(hamlet => hamlet * of / (Hamlets - 1) == at).Select(hamlet => $"Thôn {hamlet}")];

    private static Person New(string userName, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString("N"),
        UserName = userName,
        NormalizedUserName = userName.ToUpperInvariant(),
        FullName = userName,
        CreatedAt = now,
        SecurityStamp = "x",
        SearchText = userName,
    };
}
