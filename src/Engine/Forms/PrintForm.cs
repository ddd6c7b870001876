using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Printing;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Forms;

/// <summary>
/// One form of a dossier on paper: an issued one by its id or the newest by its number (01 to 05), as it was on the day it was issued; 06 is
/// made of the ledger now. HTML, or PDF with <c>?format=pdf</c> or <c>Accept: application/pdf</c> (503 PDF_NOT_AVAILABLE without Chromium).
/// </summary>
public static class PrintForm
{
    public sealed record Query(Guid DossierId, string Form) : IRequest<(string Html, string FileName)>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/forms/{form}", async (Guid id, string form, string? format, PrintedAnswer answer, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var (html, fileName) = await mediator.Send(new Query(id, form), cancellationToken);
            return await answer.OfAsync(html, fileName, cancellationToken);
        })
        .Produces<string>(StatusCodes.Status200OK, "text/html", "application/pdf")
        .RequireSignIn();

    internal sealed class Handler(DossierSight sight, CurrentPerson person, IssuedForms forms, ControlSheets sheets)
        : IRequestHandler<Query, (string Html, string FileName)>
    {
        public async Task<(string Html, string FileName)> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            if (request.Form == FormKind.ControlSheet.No())
            {
                return (await sheets.PrintAsync(dossier, cancellationToken), $"{dossier.Code}-06");
            }

            var isDesk = person.Holds(Role.Receptionist, dossier.ReceivingOfficeId) || person.Holds(Role.External, dossier.ReceivingOfficeId);
            return await forms.PrintAsync(dossier, request.Form, isDesk ? FormReader.Desk : FormReader.Officer, cancellationToken);
        }
    }
}

/// <summary>Form 06 of a dossier.</summary>
internal sealed class ControlSheets(EngineDb db, FormContents contents, OfficeDirectory offices, PagePrinter pages, TimeProvider time)
{
    public async Task<string> PrintAsync(Dossier dossier, CancellationToken cancellationToken)
    {
        var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).OrderBy(line => line.Sequence).ToListAsync(cancellationToken);
        var lines = ControlSheet.Of(ledger);
        var own = new[] { dossier.ReceivingOfficeId, dossier.CompetentOfficeId, dossier.SupportOfficeId };
        return await pages.PrintAsync(new PrintedControlSheet(
            contents.HeadOfDesk(offices.Find(dossier.ReceivingOfficeId)),
            dossier.Code,
            contents.NameOf(dossier),
            dossier.ApplicantName,
            NameOf(dossier.CompetentOfficeId),
            [.. lines.Select(line => line.OfficeId).Except(own).Select(id => NameOf(id!))],
            dossier.ReceivedAt,
            dossier.DueAt,
            time.GetUtcNow(),
            [.. lines.Select(line => (NameOf(line.OfficeId), RoleName(line.Role), line))]));
    }

    private string NameOf(string officeId) => offices.TryFind(officeId)?.Name ?? officeId;

    private static string? RoleName(string? role) => role is not null && Role.All.Contains(role) ? Role.Word(role) : role;
}
