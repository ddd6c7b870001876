using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Calendars;

/// <summary>Every version of every calendar: who made it, when and why.</summary>
public static class ListCalendars
{
    public sealed record Query : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply
    {
        public string CalendarId { get; init; } = "";

        public int Version { get; init; }

        public DateOnly ValidFrom { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string CreatedBy { get; init; } = "";

        public string? Note { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/calendars", async (IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(), cancellationToken))
        .AllowAnonymous();

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<CalendarRow, Reply>();
    }

    internal sealed class Handler(EngineDb db, IConfigurationProvider maps) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken) =>
            await db.Set<CalendarRow>().AsNoTracking().OrderBy(row => row.CalendarId).ThenBy(row => row.Version)
                .ProjectTo<Reply>(maps).Take(1000).ToListAsync(cancellationToken);
    }
}
