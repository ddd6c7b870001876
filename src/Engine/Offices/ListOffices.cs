using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Offices;

/// <summary>Offices in force on a day (today without one), by id; searched with or without Vietnamese marks.</summary>
public static class ListOffices
{
    private const string List = "offices";

    public sealed record Query(string? Search, OfficeKind? Kind, OfficeLevel? Level, string? ParentId, DateOnly? On, string? Cursor, int? Size)
        : IRequest<Page<Reply>>;

    public sealed record Reply
    {
        public string Id { get; init; } = "";

        public string AgencyCode { get; init; } = "";

        public string Name { get; init; } = "";

        public OfficeKind Kind { get; init; }

        public OfficeLevel Level { get; init; }

        public string? ParentId { get; init; }

        public string? OneStop { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/offices", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .AllowAnonymous();

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<OfficeRow, Reply>();
    }

    internal sealed class Handler(EngineDb db, Cursors cursors, IConfigurationProvider maps, TimeProvider time) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var on = request.On ?? VietnamTime.DateOf(time.GetUtcNow());
            var rows = db.Set<OfficeRow>().AsNoTracking()
                .Where(row => row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on))
                .Where(row => (request.Kind == null || row.Kind == request.Kind)
                    && (request.Level == null || row.Level == request.Level)
                    && (request.ParentId == null || row.ParentId == request.ParentId));
            foreach (var pattern in SearchText.Patterns(request.Search))
            {
                rows = rows.Where(row => EF.Functions.Like(row.SearchText, pattern));
            }

            if (cursors.Read(List, request.Cursor, 1) is [var after])
            {
                rows = rows.After(row => row.Id, after);
            }

            var size = Cursors.Size(request.Size);
            var page = await rows.OrderBy(row => row.Id).Take(size + 1).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
            return cursors.Page(page, size, List, row => [row.Id]);
        }
    }
}
