using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;

namespace PublicService.Engine.Dossiers;

/// <summary>The conditions of <see cref="ListDossiers"/>, each in the words an index understands.</summary>
internal static class DossierFilters
{
    public static IQueryable<Dossier> Fitting(this IQueryable<Dossier> dossiers, ListDossiers.Query query, DateTimeOffset now)
    {
        if (query.Status is { } status)
        {
            dossiers = dossiers.Where(dossier => dossier.BusinessStatus == status);
        }

        if (query.Procedure is { } procedure)
        {
            dossiers = dossiers.Where(dossier => dossier.ProcedureCode == procedure);
        }

        if (query.Code is { } code)
        {
            dossiers = dossiers.Where(dossier => dossier.Code == code);
        }

        if (query.From is { } from)
        {
            var first = VietnamTime.At(from, TimeOnly.MinValue);
            dossiers = dossiers.Where(dossier => dossier.SubmittedAt >= first);
        }

        if (query.To is { } to)
        {
            var end = VietnamTime.At(to.AddDays(1), TimeOnly.MinValue);
            dossiers = dossiers.Where(dossier => dossier.SubmittedAt < end);
        }

        return dossiers.Of(query.Applicant).Late(query.Late, now);
    }

    /// <summary>Rows after the last one shown, newest first.</summary>
    public static IQueryable<Dossier> Before(this IQueryable<Dossier> dossiers, string[]? keys)
    {
        if (keys is not [var at, var id])
        {
            return dossiers;
        }

        var last = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture));
        var lastId = Guid.Parse(id);
        return dossiers.Where(dossier => dossier.SubmittedAt <= last && (dossier.SubmittedAt < last || dossier.Id.CompareTo(lastId) < 0));
    }

    public static string[] KeysOf(ListDossiers.Reply row) => KeysOf(row.SubmittedAt, row.Id);

    public static string[] KeysOf(DateTimeOffset submittedAt, Guid id) =>
        [submittedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), id.ToString()];

    private static IQueryable<Dossier> Of(this IQueryable<Dossier> dossiers, string? applicant)
    {
        if (string.IsNullOrWhiteSpace(applicant))
        {
            return dossiers;
        }

        var text = applicant.Trim();
        if (text.All(char.IsAsciiDigit))
        {
            return dossiers.Where(dossier => dossier.ApplicantIdNumber == text);
        }

        var pattern = $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        return dossiers.Where(dossier => EF.Functions.Like(dossier.ApplicantName, pattern, @"\"));
    }

    private static IQueryable<Dossier> Late(this IQueryable<Dossier> dossiers, bool? late, DateTimeOffset now) => late switch
    {
        null => dossiers,
        true => dossiers.Where(dossier => dossier.DueAt < (dossier.FinishedAt ?? dossier.PausedFrom ?? now)),
        false => dossiers.Where(dossier => dossier.DueAt == null || dossier.DueAt >= (dossier.FinishedAt ?? dossier.PausedFrom ?? now)),
    };
}
