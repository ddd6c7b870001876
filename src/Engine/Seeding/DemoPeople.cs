using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Seeding;

/// <summary>
/// Invented people for trying the engine out, only with <c>--demo</c>. User names are <c>{role}.{office id}</c>, for example
/// <c>tiep-nhan.phuong-hong-gai</c>; that ward's people also have short ones. All share one password, which is printed at start.
/// </summary>
public sealed class DemoPeople(
    IDbContextFactory<EngineDb> contexts, CommitLane lane, OfficeDirectory offices, IPasswordHasher<Person> hasher, TimeProvider time)
{
    public const string Password = "demo-Quang-Ninh";

    /// <summary>The ward whose people have short user names as well.</summary>
    public const string ShowcaseOffice = "phuong-hong-gai";

    private const string ServiceCentre = "ttpvhcc";

    private static readonly (string Word, string Role, string? Alias)[] Commune =
    [
        ("tiep-nhan", Role.Receptionist, "tiepnhan"),
        ("chuyen-vien", Role.CaseOfficer, "hotich"),
        ("lanh-dao", Role.OfficeLeader, "lanhdao"),
        ("van-thu", Role.Clerk, "vanthu"),
        ("tra-ket-qua", Role.ResultOfficer, "traketqua"),
        ("truong-phong", Role.DepartmentHead, "truongphong"),
        ("thu-phi", Role.FeeCollector, "thuphi"),
        ("hoi-dong", Role.Council, "hoidong"),
    ];

    private static readonly (string Word, string Role)[] Centre =
    [
        .. Commune.Select(one => (one.Word, one.Role)),
        ("giam-sat", Role.Supervisor),
    ];

    private static readonly (string Word, string Role)[] Department =
    [
        ("tiep-nhan", Role.Receptionist),
        ("chuyen-vien", Role.CaseOfficer),
        ("truong-phong", Role.DepartmentHead),
        ("lanh-dao", Role.OfficeLeader),
        ("van-thu", Role.Clerk),
        ("phoi-hop", Role.Coordinator),
        ("hoi-dong", Role.Council),
    ];

    // Supervision, administration and the leaders' signature are for the whole province, so these rights are given at its top.
    private static readonly (string UserName, string Role)[] Province =
    [
        ("lanhdaotinh", Role.ProvinceLeader),
        ("giamsat", Role.Supervisor),
        ("quantri", Role.BusinessAdmin),
        ("kythuat", Role.TechnicalAdmin),
    ];

    /// <summary>Adds the people once; a later start finds them. Returns how many were added.</summary>
    public async Task<int> AddAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(person => person.NormalizedUserName == "KYTHUAT", cancellationToken))
        {
            return 0;
        }

        var changes = new Changes();
        var added = 0;
        // One hash for all: the same password anyway, and 400 hashes would take longer than the whole start.
        var hash = hasher.HashPassword(Accounts.New("demo", "demo", "demo", time.GetUtcNow()), Password);
        foreach (var (userName, role, officeId, alias) in Everybody())
        {
            var person = Accounts.New(userName, NameOf(added), officeId, time.GetUtcNow());
            person.PasswordHash = hash;
            changes.Insert(person).Insert(Accounts.Grant(person, role, officeId, time.GetUtcNow()));
            if (alias is not null)
            {
                changes.Insert(new IdentityUserLogin<string>
                {
                    LoginProvider = Person.AliasProvider,
                    ProviderKey = alias.ToUpperInvariant(),
                    UserId = person.Id,
                });
            }

            added++;
        }

        await lane.CommitAsync(changes, cancellationToken);
        return added;
    }

    private IEnumerable<(string UserName, string Role, string OfficeId, string? Alias)> Everybody()
    {
        var root = offices.Root.Id;
        foreach (var (userName, role) in Province)
        {
            yield return (userName, role, root, null);
        }

        foreach (var office in offices.All.OrderBy(office => office.Id, StringComparer.Ordinal))
        {
            if (office is { Level: OfficeLevel.Commune, Kind: OfficeKind.PeoplesCommittee })
            {
                foreach (var (word, role, alias) in Commune)
                {
                    yield return ($"{word}.{office.Id}", role, office.Id, office.Id == ShowcaseOffice ? alias : null);
                }
            }
            else if (office.Id == ServiceCentre || office.Kind is OfficeKind.Department or OfficeKind.VerticalAgency)
            {
                foreach (var (word, role) in office.Id == ServiceCentre ? Centre : Department)
                {
                    yield return ($"{word}.{office.Id}", role, office.Id, null);
                }
            }
        }
    }

    private static string NameOf(int number)
    {
        string[] family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương"];
        string[] middle = ["Thị", "Văn", "Minh", "Thu", "Đức", "Ngọc", "Hồng"];
        string[] given = ["An", "Bình", "Chi", "Dung", "Giang", "Hà", "Hương", "Khánh", "Lan", "Mai", "Nam", "Phương", "Quang", "Sơn", "Thảo", "Uyên", "Yến"];
        // 11, 7 and 17 have no common factor: 1,309 different names.
        return $"{family[number % family.Length]} {middle[number % middle.Length]} {given[number % given.Length]}";
    }
}
