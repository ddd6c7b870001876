using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>
/// Which dossiers the caller may see: those received, decided or supported at an office where the caller works, those an office of the
/// caller has a task in, and for supervisors all beneath. Administrators have no business with personal data. To everybody else a
/// dossier does not exist.
/// </summary>
public sealed class DossierSight(EngineDb db, CurrentPerson person, OfficeDirectory offices)
{
    /// <summary>Offices whose dossiers the caller may list; null when it is all of them.</summary>
    public IReadOnlyList<string>? Offices() =>
        person.WorksAt(offices.Root.Id) ? null : [.. offices.All.Select(office => office.Id).Where(person.WorksAt)];

    /// <summary>The same, only one of them when it is named.</summary>
    /// <exception cref="ProblemException">403 OFFICE_REQUIRED.</exception>
    public IReadOnlyList<string>? OfficesAmong(string? office)
    {
        var own = Offices();
        return office is null ? own
            : own is null || own.Contains(office) ? [office]
            : throw Problems.OfficeRequired(offices.TryFind(office)?.Name ?? office);
    }

    /// <exception cref="ProblemException">404 NOT_FOUND, whether it is missing or nobody's business.</exception>
    public async Task<Dossier> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var dossier = (await db.Dossiers.AsNoTracking().FirstOrDefaultAsync(dossier => dossier.Id == id, cancellationToken)).FindOrRefuse("Hồ sơ");
        return OfficesOf(dossier).Any(person.WorksAt) || await HasTaskAsync(id, cancellationToken) ? dossier : throw Problems.NotFound("Hồ sơ");
    }

    /// <summary>The act of the caller on a dossier, at the first of its offices where one of the roles is held.</summary>
    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public Act ActOn(Dossier dossier, string? reason, params string[] roles)
    {
        var fitting =
            from office in OfficesOf(dossier)
            from role in roles
            where person.Holds(role, office)
            select person.ActFor(office, reason, role);
        return fitting.FirstOrDefault()
            ?? throw Problems.RoleRequired(Role.Word(roles[0]), offices.TryFind(dossier.ReceivingOfficeId)?.Name);
    }

    private static IEnumerable<string> OfficesOf(Dossier dossier) =>
        new[] { dossier.ReceivingOfficeId, dossier.CompetentOfficeId, dossier.SupportOfficeId }.OfType<string>().Distinct();

    /// <summary>An office that is asked for its part of the work sees the whole dossier, also afterwards.</summary>
    private async Task<bool> HasTaskAsync(Guid id, CancellationToken cancellationToken)
    {
        var asked = await db.Tasks.Where(task => task.DossierId == id && task.OfficeId != null)
            .Select(task => new { task.Role, task.OfficeId, task.FormalAct }).Distinct().ToListAsync(cancellationToken);
        return asked.Exists(task => task.Role is not null && person.Holds(task.Role, task.OfficeId!, null, task.FormalAct));
    }
}
