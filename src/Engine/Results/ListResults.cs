using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Results;

/// <summary>Electronic results of a dossier (NĐ 118/2025 điều 22 khoản 1), oldest first.</summary>
public static class ListResults
{
    public sealed record Query(Guid DossierId) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply
    {
        public Guid Id { get; init; }

        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string? Number { get; init; }

        public DateTimeOffset IssuedAt { get; init; }

        public string IssuedBy { get; init; } = "";

        public string OfficeId { get; init; } = "";

        public DateTimeOffset? RevokedAt { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/results", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<ResultRow, Reply>();
    }

    internal sealed class Handler(EngineDb db, DossierSight sight, IConfigurationProvider maps) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            return await db.Results.AsNoTracking().Where(result => result.DossierId == dossier.Id)
                .OrderBy(result => result.IssuedAt).ThenBy(result => result.Id).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
        }
    }
}
