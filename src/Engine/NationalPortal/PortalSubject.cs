using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.NationalPortal;

/// <summary>All that is stored of one dossier, and how it stood after a line of its ledger.</summary>
internal sealed record PortalSubject(
    Dossier Dossier,
    IReadOnlyList<LedgerEntry> Ledger,
    IReadOnlyList<PaperRow> Papers,
    IReadOnlyList<ResultRow> Results,
    DossierFactsRow Facts,
    Procedure? Procedure)
{
    /// <summary>The line with this number.</summary>
    public LedgerEntry Line(int sequence) => Ledger[sequence - 1];

    /// <summary>Lines up to this one.</summary>
    public IEnumerable<LedgerEntry> Until(LedgerEntry line) => Ledger.Take(line.Sequence);

    /// <summary>The last line of this kind up to <paramref name="line"/>, null when there is none.</summary>
    public LedgerEntry? Last(LedgerEntry line, params LedgerAct[] acts) => Until(line).LastOrDefault(one => acts.Contains(one.Act));

    /// <summary>The office that decided then: a later forwarding does not change the past.</summary>
    public string OfficeAt(LedgerEntry line) =>
        Last(line, LedgerAct.Forwarded) is { } forwarded ? Text(forwarded, "to")!
        : Ledger.FirstOrDefault(one => one.Act is LedgerAct.Forwarded) is { } later ? Text(later, "from")!
        : Dossier.CompetentOfficeId;

    /// <summary>A text in the data of a line.</summary>
    public static string? Text(LedgerEntry? line, string name) => line?.Data is { } data ? JsonNode.Parse(data)?[name]?.ToString() : null;

    /// <summary>Time as the portal writes it: yyyyMMddHHmmss in Viet Nam; empty for none.</summary>
    public static string Time(DateTimeOffset? instant) =>
        instant is null ? string.Empty : VietnamTime.Local(instant.Value).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}

/// <summary>Loads <see cref="PortalSubject"/>.</summary>
internal sealed class PortalSubjects(IDbContextFactory<EngineDb> contexts, ProcedureDirectory procedures)
{
    /// <returns>Null when the dossier or its facts do not exist.</returns>
    public async Task<PortalSubject?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var dossier = await db.Dossiers.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        var facts = await db.Set<DossierFactsRow>().AsNoTracking().FirstOrDefaultAsync(row => row.DossierId == id, cancellationToken);
        if (dossier is null || facts is null)
        {
            return null;
        }

        return new PortalSubject(
            dossier,
            await db.Ledger.AsNoTracking().Where(line => line.DossierId == id).OrderBy(line => line.Sequence).ToListAsync(cancellationToken),
            await db.Papers.AsNoTracking().Where(paper => paper.DossierId == id).OrderBy(paper => paper.UploadedAt).ThenBy(paper => paper.Id).ToListAsync(cancellationToken),
            await db.Results.AsNoTracking().Where(result => result.DossierId == id).OrderBy(result => result.IssuedAt).ThenBy(result => result.Id).ToListAsync(cancellationToken),
            facts,
            procedures.TryFindFor(dossier));
    }
}
