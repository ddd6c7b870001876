using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Access;

/// <summary>People by user name; of the administrator's own office and those beneath.</summary>
public static class ListPeople
{
    private const string List = "people";

    public sealed record Query(string? Search, string? OfficeId, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed record Reply
    {
        public string Id { get; init; } = "";

        public string UserName { get; init; } = "";

        public string FullName { get; init; } = "";

        public string? OfficeId { get; init; }

        public bool IsActive { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/people", async (string? search, string? officeId, string? cursor, int? size, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(search, officeId, cursor, size), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<Person, Reply>();
    }

    internal sealed class Handler(EngineDb db, CurrentPerson admin, OfficeDirectory offices, Cursors cursors, IConfigurationProvider maps)
        : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var people = db.Users.AsNoTracking();
            if (!admin.LooksAfter(offices.Root.Id))
            {
                var own = offices.All.Select(office => office.Id).Where(admin.LooksAfter).ToList();
                people = people.Where(person => own.Contains(person.OfficeId!));
            }

            if (request.OfficeId is { } officeId)
            {
                people = people.Where(person => person.OfficeId == officeId);
            }

            foreach (var pattern in SearchText.Patterns(request.Search))
            {
                people = people.Where(person => EF.Functions.Like(person.SearchText, pattern));
            }

            if (cursors.Read(List, request.Cursor, 1) is [var after])
            {
                people = people.After(person => person.NormalizedUserName, after);
            }

            var size = Cursors.Size(request.Size);
            var rows = await people.OrderBy(person => person.NormalizedUserName).Take(size + 1).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
            return cursors.Page(rows, size, List, row => [row.UserName.ToUpperInvariant()]);
        }
    }
}
