using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Procedures;

/// <summary>Procedures in force today, by code; searched with or without Vietnamese marks and spaces.</summary>
public static class ListProcedures
{
    private const string List = "procedures";

    public sealed record Query(string? Search, string? Field, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    // A class: the mapper of these versions cannot project into a record.
    public sealed class Reply
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string Field { get; init; } = "";

        public string Level { get; init; } = "";

        public string OnlineLevel { get; init; } = "";

        public string DefinitionId { get; init; } = "";

        /// <summary>Dossiers can be handed in.</summary>
        public bool HasWorkflow { get; set; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedures", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .AllowAnonymous();

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<ProcedureRow, Reply>().ForMember(reply => reply.HasWorkflow, to => to.MapFrom(row => row.DefinitionVersionId != null));
    }

    internal sealed class Handler(EngineDb db, Cursors cursors, IConfigurationProvider maps, DefinitionCache definitions, TimeProvider time) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var today = VietnamTime.DateOf(time.GetUtcNow());
            var rows = db.Set<ProcedureRow>().AsNoTracking()
                .Where(row => row.ValidFrom <= today && (row.ValidTo == null || row.ValidTo >= today))
                .Where(row => request.Field == null || row.Field == request.Field)
                .Matching(request.Search);
            if (cursors.Read(List, request.Cursor, 1) is [var after])
            {
                rows = rows.After(row => row.Code, after);
            }

            var size = Cursors.Size(request.Size);
            var page = await rows.OrderBy(row => row.Code).Take(size + 1).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
            page.ForEach(procedure => procedure.HasWorkflow |= definitions.Published(procedure.DefinitionId) is not null);
            return cursors.Page(page, size, List, row => [row.Code]);
        }
    }
}
