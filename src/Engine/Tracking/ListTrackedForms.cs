using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Engine.Printing;

namespace PublicService.Engine.Tracking;

/// <summary>Forms issued to the citizen with the receipt, oldest first.</summary>
public static class ListTrackedForms
{
    public sealed record Query(string Code, string? Secret) : IRequest<IReadOnlyList<IssuedForm>>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/{code}/forms", async (
            string code, [FromHeader(Name = TrackingRoutes.SecretHeader)] string? secret, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            response.Headers.CacheControl = "private, no-store";
            return await mediator.Send(new Query(code, secret), cancellationToken);
        })
        .AllowAnonymous();

    internal sealed class Handler(TrackedDossiers tracked, IssuedForms forms) : IRequestHandler<Query, IReadOnlyList<IssuedForm>>
    {
        public async Task<IReadOnlyList<IssuedForm>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await tracked.FindAsync(request.Code, request.Secret, cancellationToken);
            return await forms.ListAsync(dossier.Id, cancellationToken);
        }
    }
}
