using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Procedures;

/// <summary>The newest 200 imports of procedures.</summary>
public static class ListImports
{
    public sealed record Query : IRequest<IReadOnlyList<Reply>>;

    // A class: the mapper of these versions cannot project into a record.
    public sealed class Reply
    {
        public Guid Id { get; init; }

        public string FileName { get; init; } = "";

        public ImportFormat Format { get; init; }

        public int RowCount { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string CreatedByName { get; init; } = "";
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedure-imports", async (IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.Supervisor);

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<ProcedureImportRow, Reply>();
    }

    internal sealed class Handler(EngineDb db, IConfigurationProvider maps) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken) =>
            await db.Set<ProcedureImportRow>().AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
                .Take(200).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
    }
}
