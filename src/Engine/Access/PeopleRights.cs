using PublicService.Dossiers;
using PublicService.Engine.Http;

namespace PublicService.Engine.Access;

/// <summary>Who may look after whose account.</summary>
internal static class PeopleRights
{
    /// <summary>Administrators look after people of their office and of those beneath.</summary>
    public static bool LooksAfter(this CurrentPerson admin, string officeId) =>
        admin.Holds(Role.BusinessAdmin, officeId) || admin.Holds(Role.TechnicalAdmin, officeId);

    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public static void MustLookAfter(this CurrentPerson admin, string officeId)
    {
        if (!admin.LooksAfter(officeId))
        {
            admin.MustHold(Role.BusinessAdmin, officeId);
        }
    }

    /// <summary>Leaders arrange the work of their office, administrators that of the offices they look after.</summary>
    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public static void MustLead(this CurrentPerson person, string officeId)
    {
        if (!person.Leads(officeId))
        {
            person.MustHold(Role.OfficeLeader, officeId);
        }
    }

    public static bool Leads(this CurrentPerson person, string officeId) => person.LooksAfter(officeId) || person.Holds(Role.OfficeLeader, officeId);

    /// <summary>Only a technical administrator makes administrators.</summary>
    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public static void MustBeAbleToGrant(this CurrentPerson admin, string role, string officeId)
    {
        admin.MustLookAfter(officeId);
        if (role is Role.BusinessAdmin or Role.TechnicalAdmin)
        {
            admin.MustHold(Role.TechnicalAdmin, officeId);
        }
    }
}
