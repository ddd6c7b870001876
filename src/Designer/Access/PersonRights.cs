using System.Security.Claims;

namespace PublicService.Designer.Access;

/// <summary>What a person of each role is offered. The engine decides in any case; a page only leaves out what would be refused.</summary>
internal static class PersonRights
{
    /// <summary>Changes definitions and procedures.</summary>
    public static bool MayChange(this ClaimsPrincipal person) => person.IsInRole("QT_NGHIEP_VU");

    /// <summary>Tries a definition without storing anything.</summary>
    public static bool MayTry(this ClaimsPrincipal person) => person.IsInRole("QT_NGHIEP_VU") || person.IsInRole("QT_KY_THUAT");

    /// <summary>Takes a procedure out as a file.</summary>
    public static bool MayExport(this ClaimsPrincipal person) => person.IsInRole("QT_NGHIEP_VU") || person.IsInRole("GIAM_SAT");
}
