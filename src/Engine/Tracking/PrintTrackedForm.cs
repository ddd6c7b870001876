using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Engine.Printing;

namespace PublicService.Engine.Tracking;

/// <summary>
/// A form issued to the citizen (01 to 05), by its id or the newest of its number, for who holds the receipt. HTML, or PDF with
/// <c>?format=pdf</c> or <c>Accept: application/pdf</c>.
/// </summary>
public static class PrintTrackedForm
{
    public sealed record Query(string Code, string? Secret, string Form) : IRequest<(string Html, string FileName)>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/{code}/forms/{form}", async (
            string code,
            string form,
            string? format,
            [FromHeader(Name = TrackingRoutes.SecretHeader)] string? secret,
            PrintedAnswer answer,
            IMediator mediator,
            CancellationToken cancellationToken) =>
        {
            var (html, fileName) = await mediator.Send(new Query(code, secret, form), cancellationToken);
            return await answer.OfAsync(html, fileName, cancellationToken);
        })
        .Produces<string>(StatusCodes.Status200OK, "text/html", "application/pdf")
        .AllowAnonymous();

    internal sealed class Handler(TrackedDossiers tracked, IssuedForms forms) : IRequestHandler<Query, (string Html, string FileName)>
    {
        public async Task<(string Html, string FileName)> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await tracked.FindAsync(request.Code, request.Secret, cancellationToken);
            return await forms.PrintAsync(dossier, request.Form, FormReader.Citizen, cancellationToken);
        }
    }
}
