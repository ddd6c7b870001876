using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using IConfigurationProvider = AutoMapper.IConfigurationProvider;

namespace PublicService.Engine.Operations;

/// <summary>Messages to the outside that were given up (<c>dead</c>, the default) or still have to go out (<c>pending</c>). What they say is personal and not shown.</summary>
public static class ListMessages
{
    private const string List = "outbox";

    public sealed record Query(string? State, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed class Reply
    {
        public long Id { get; init; }

        public Guid? DossierId { get; init; }

        public string Kind { get; init; } = "";

        public string IdempotencyKey { get; init; } = "";

        public DateTimeOffset CreatedAt { get; init; }

        public int Attempts { get; init; }

        public DateTimeOffset NextAttemptAt { get; init; }

        public DateTimeOffset? DeadAt { get; init; }

        public string? Error { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/outbox", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(Role.TechnicalAdmin, Role.Supervisor);

    public sealed class Mapping : Profile
    {
        public Mapping() => CreateMap<OutboxRow, Reply>();
    }

    public sealed class Validator : IInputRules<Query>
    {
        public void Check(Query input, InputErrors errors) =>
            errors.When(input.State is not (null or "dead" or "pending"), "state", "Chọn một trong: dead, pending.");
    }

    internal sealed class Handler(EngineDb db, Cursors cursors, IConfigurationProvider maps) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var messages = request.State == "pending"
                ? db.Outbox.AsNoTracking().Where(row => row.SentAt == null && row.DeadAt == null)
                : db.Outbox.AsNoTracking().Where(row => row.DeadAt != null);
            if (cursors.Read(List, request.Cursor, 1) is [var after])
            {
                var last = long.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
                messages = messages.Where(row => row.Id > last);
            }

            var size = Cursors.Size(request.Size);
            var rows = await messages.OrderBy(row => row.Id).Take(size + 1).ProjectTo<Reply>(maps).ToListAsync(cancellationToken);
            return cursors.Page(rows, size, List, row => [row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        }
    }
}
