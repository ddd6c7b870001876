using PublicService.Dossiers;

namespace PublicService.Engine.Storage;

/// <summary>Pieces of dossier queries that must be spelled exactly so for the indexes to be used.</summary>
public static class DossierQueries
{
    /// <summary>The same as <see cref="Dossier.IsOpen"/>, in the words and order of the index <c>ix_dossiers_open_due</c>.</summary>
    public static IQueryable<Dossier> Open(this IQueryable<Dossier> dossiers) => dossiers.Where(dossier =>
        dossier.BusinessStatus == BusinessStatus.Registered
        || dossier.BusinessStatus == BusinessStatus.Received
        || dossier.BusinessStatus == BusinessStatus.InProgress
        || dossier.BusinessStatus == BusinessStatus.AwaitingSupplement
        || dossier.BusinessStatus == BusinessStatus.AwaitingPayment);

    /// <summary>Id of the instance a dossier's workflow runs in; those it has started run beneath it.</summary>
    public static IQueryable<string> RootOf(this IQueryable<InstanceRow> instances, Guid dossierId) =>
        instances.Where(row => row.DossierId == dossierId && row.ParentInstanceId == null).Select(row => row.Id);

    /// <summary>The largest code under a prefix that ends before the four digits of the number; null when there is none.</summary>
    public static IQueryable<string> LastCode(this IQueryable<Dossier> dossiers, string prefix)
    {
        var (first, last) = (prefix + "0000", prefix + "9999");
#pragma warning disable CA1309, CA1310 // The comparison is translated to SQL; overloads with a StringComparison are not.
        // The range uses the index; the prefix keeps codes out that a database's own sorting rules would put in between.
        return dossiers
            .Where(dossier => string.Compare(dossier.Code, first) >= 0 && string.Compare(dossier.Code, last) <= 0 && dossier.Code.StartsWith(prefix))
            .OrderByDescending(dossier => dossier.Code).Select(dossier => dossier.Code).Take(1);
#pragma warning restore CA1309, CA1310
    }
}
