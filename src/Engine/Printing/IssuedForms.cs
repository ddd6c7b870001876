using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Printing;

/// <summary>The issued forms of one dossier, for officers and, with the receipt, for citizens. Whether the caller may see the dossier is the caller's question.</summary>
public sealed class IssuedForms(EngineDb db, PagePrinter pages, TrackingCode tracking)
{
    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<IssuedForm>> ListAsync(Guid dossierId, CancellationToken cancellationToken)
    {
        var rows = await db.Forms.AsNoTracking().Where(row => row.DossierId == dossierId)
            .OrderBy(row => row.LedgerSequence).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new IssuedForm(row.Id, row.Kind.No(), row.Kind.Name(), row.Number, row.IssuedAt, row.IssuedBy, row.OfficeId))];
    }

    /// <summary>The page of a form as it was issued.</summary>
    /// <param name="form">Its id, or the number of the form (<c>01</c> to <c>05</c>) for the newest of that kind.</param>
    /// <returns>The HTML and a name for a file.</returns>
    /// <exception cref="ProblemException">404 NOT_FOUND.</exception>
    public async Task<(string Html, string FileName)> PrintAsync(Dossier dossier, string form, FormReader reader, CancellationToken cancellationToken)
    {
        var rows = db.Forms.AsNoTracking().Where(row => row.DossierId == dossier.Id);
        var wanted = Guid.TryParse(form, out var id) ? rows.Where(row => row.Id == id)
            : FormKinds.TryParse(form, out var kind) ? rows.Where(row => row.Kind == kind).OrderByDescending(row => row.LedgerSequence)
            : throw Problems.NotFound("Biểu mẫu");
        var row = await wanted.FindOrRefuseAsync("Biểu mẫu", cancellationToken);
        var copies = row.Kind is FormKind.Receipt ? tracking.CopiesOf(dossier, reader) : PaperCopy.One;
        return (await pages.PrintAsync(new PrintedForm(FormContents.Read(row), row.Number, copies)), $"{dossier.Code}-{row.Kind.No()}-{row.Sequence}");
    }
}

/// <param name="Form">Number of the form in the circular, <c>01</c> to <c>05</c>.</param>
/// <param name="Number">Số, ký hiệu.</param>
public sealed record IssuedForm(Guid Id, string Form, string Name, string Number, DateTimeOffset IssuedAt, string IssuedBy, string OfficeId);
