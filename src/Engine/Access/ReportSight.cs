using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Access;

/// <summary>Whose figures the caller may read: supervisors those of every office beneath theirs, leaders those of their own.</summary>
public sealed class ReportSight(CurrentPerson person, OfficeDirectory offices)
{
    /// <summary>Roles that read reports.</summary>
    public static readonly string[] Roles = [Role.Supervisor, Role.OfficeLeader];

    /// <summary>The offices to count, or null when it is the whole province.</summary>
    /// <param name="office">This one with all beneath; null for all the caller may see.</param>
    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public IReadOnlyList<string>? Offices(string? office)
    {
        if (office is null)
        {
            return Covers(offices.Root.Id) ? null : [.. offices.All.Select(one => one.Id).Where(Covers)];
        }

        var top = offices.Find(office);
        var fitting = offices.All.Select(one => one.Id).Where(id => offices.IsWithin(id, top.Id) && Covers(id)).ToList();
        return fitting.Count == 0 ? throw Problems.RoleRequired(Role.Word(Role.Supervisor), top.Name)
            : top.Id == offices.Root.Id && Covers(top.Id) ? null
            : fitting;
    }

    private bool Covers(string officeId) => Roles.Any(role => person.Holds(role, officeId));
}
