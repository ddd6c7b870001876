using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Papers;

/// <summary>Papers of a dossier (thành phần hồ sơ), those taken out included and marked.</summary>
public static class ListDossierPapers
{
    public sealed record Query(Guid DossierId) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public string FileName { get; init; } = "";

        public string MediaType { get; init; } = "";

        public long Size { get; init; }

        public string Sha256 { get; init; } = "";

        public string? Note { get; init; }

        public DateTimeOffset UploadedAt { get; init; }

        public string UploadedBy { get; init; } = "";

        public DateTimeOffset? RemovedAt { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/papers", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<PaperRow, Reply>();
    }

    internal sealed class Handler(EngineDb db, DossierSight sight, IConfigurationProvider maps) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            return await db.Papers.AsNoTracking().Where(paper => paper.DossierId == dossier.Id)
                .OrderBy(paper => paper.UploadedAt).ThenBy(paper => paper.Id).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
        }
    }
}
