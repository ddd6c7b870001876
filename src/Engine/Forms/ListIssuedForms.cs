using MediatR;
using PublicService.Engine.Access;
using PublicService.Engine.Printing;

namespace PublicService.Engine.Forms;

/// <summary>Forms 01 to 05 issued for a dossier (TT 03/2025/TT-VPCP), oldest first. Form 06 exists for every dossier.</summary>
public static class ListIssuedForms
{
    public sealed record Query(Guid DossierId) : IRequest<IReadOnlyList<IssuedForm>>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/forms", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(DossierSight sight, IssuedForms forms) : IRequestHandler<Query, IReadOnlyList<IssuedForm>>
    {
        public async Task<IReadOnlyList<IssuedForm>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            return await forms.ListAsync(dossier.Id, cancellationToken);
        }
    }
}
