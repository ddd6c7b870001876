using System.Globalization;
using PublicService.Engine.Storage;

namespace PublicService.Engine.NationalPortal;

/// <summary>The order of lists of dossiers towards the portal: by submission, then by id.</summary>
internal static class PortalOrder
{
    /// <summary>Where a page ends.</summary>
    public static string[] KeyOf(DateTimeOffset submittedAt, Guid dossierId) =>
        [submittedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), dossierId.ToString()];

    /// <summary>What comes after the end of a page; everything without one.</summary>
    public static IQueryable<DossierFactsRow> After(IQueryable<DossierFactsRow> rows, IReadOnlyList<string>? key)
    {
        if (key is not [var at, var id])
        {
            return rows;
        }

        var (last, lastId) = (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), Guid.Parse(id));
        return rows.Where(facts => facts.SubmittedAt >= last && (facts.SubmittedAt > last || facts.DossierId.CompareTo(lastId) > 0));
    }
}
