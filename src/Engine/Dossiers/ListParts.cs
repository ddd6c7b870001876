using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Dossiers;

/// <summary>The dossiers a linked dossier consists of (liên thông), by code; empty for any other.</summary>
public static class ListParts
{
    public sealed record Query(Guid Id) : IRequest<IReadOnlyList<Reply>>;

    public sealed class Reply
    {
        public Guid Id { get; init; }

        public string Code { get; init; } = "";

        public string ProcedureCode { get; init; } = "";

        public string Title { get; init; } = "";

        public string ReceivingOfficeId { get; init; } = "";

        public string CompetentOfficeId { get; init; } = "";

        public BusinessStatus BusinessStatus { get; init; }

        public DateTimeOffset? DueAt { get; init; }

        public DateTimeOffset? FinishedAt { get; init; }

        public string? ResultNumber { get; init; }

        public string StatusWord => BusinessStatus.Word();
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/parts", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<Dossier, Reply>();
    }

    internal sealed class Handler(EngineDb db, DossierSight sight, IConfigurationProvider maps) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var parent = await sight.FindAsync(request.Id, cancellationToken);
            return await db.Dossiers.AsNoTracking().Where(dossier => dossier.ParentId == parent.Id)
                .OrderBy(dossier => dossier.Code).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
        }
    }
}
