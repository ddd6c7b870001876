using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Printing;

namespace PublicService.Engine.Forms;

/// <summary>
/// How a form 01 to 05 would look: without number, marked DỰ THẢO across the page, stored nowhere. Answers as HTML or PDF like an issued form.
/// </summary>
public static class DraftForm
{
    /// <param name="Form">Number of the form, <c>01</c> to <c>05</c>.</param>
    /// <param name="Papers">Papers to be supplemented (02).</param>
    /// <param name="Days">Working days for the supplement (02).</param>
    /// <param name="NewDueAt">The promise to be given instead (04).</param>
    public sealed record Body(string Form, string? Reason = null, IReadOnlyList<string>? Papers = null, int? Days = null, DateTimeOffset? NewDueAt = null);

    public sealed record Command(Guid DossierId, Body Body) : IRequest<string>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/form-drafts", async (Guid id, Body body, string? format, PrintedAnswer answer, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var html = await mediator.Send(new Command(id, body), cancellationToken);
            return await answer.OfAsync(html, $"du-thao-{body.Form}", cancellationToken);
        })
        .Produces<string>(StatusCodes.Status200OK, "text/html", "application/pdf")
        .RequireSignIn();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors)
        {
            errors.When(!(FormKinds.TryParse(input.Body.Form, out var kind) && FormKinds.Issued.Contains(kind.Value)), "form", "Chỉ có các mẫu từ 01 đến 05.")
                .OptionalText(input.Body.Reason, "reason", 1000)
                .When(input.Body.Papers?.Count > 50, "papers", "Ghi nhiều nhất 50 giấy tờ.")
                .When(input.Body.Days is < 1 or > 365, "days", "Từ 1 đến 365 ngày.");
            foreach (var (index, paper) in (input.Body.Papers ?? []).Index())
            {
                errors.Text(paper, $"papers[{index}]", 500);
            }
        }
    }

    internal sealed class Handler(DossierSight sight, CurrentPerson person, FormContents contents, PagePrinter pages, TimeProvider time) : IRequestHandler<Command, string>
    {
        public async Task<string> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var body = request.Body;
            _ = FormKinds.TryParse(body.Form, out var kind);
            var act = new Act(person.Id, person.FullName, person.OfficeId ?? dossier.CompetentOfficeId, time.GetUtcNow(), body.Reason);
            var draft = contents.Draft(kind!.Value, dossier, new FormDraft(body.NewDueAt, body.Papers ?? [], body.Days), act);
            return await pages.PrintAsync(new PrintedForm(draft, null, PaperCopy.One));
        }
    }
}
