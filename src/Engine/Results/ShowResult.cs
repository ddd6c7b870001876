using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Results;

/// <summary>One electronic result with what it says.</summary>
public static class ShowResult
{
    public sealed record Query(Guid DossierId, Guid ResultId) : IRequest<Reply>;

    public sealed record Reply(
        Guid Id, Guid DossierId, string Code, string Name, string? Number, JsonNode? Data, DateTimeOffset IssuedAt, string IssuedBy, string OfficeId, DateTimeOffset? RevokedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/results/{resultId:guid}", async (Guid id, Guid resultId, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id, resultId), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var result = await db.Results.AsNoTracking().Where(result => result.Id == request.ResultId && result.DossierId == dossier.Id)
                .FindOrRefuseAsync("Kết quả", cancellationToken);
            return new(
                result.Id, result.DossierId, result.Code, result.Name, result.Number, JsonNode.Parse(result.Data),
                result.IssuedAt, result.IssuedBy, result.OfficeId, result.RevokedAt);
        }
    }
}
