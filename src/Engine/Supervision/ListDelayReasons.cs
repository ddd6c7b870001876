using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Http;

namespace PublicService.Engine.Supervision;

/// <summary>The recorded reasons behind a row of <c>/supervision/delays</c>, oldest first.</summary>
public static class ListDelayReasons
{
    public sealed record Query(
        string? Cause, string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To, string? Cursor, int? Size) : IRequest<Page<DelayReasonRow>>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/delay-reasons", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(DelayRows rows, SupervisionSight sight, Cursors cursors) : IRequestHandler<Query, Page<DelayReasonRow>>
    {
        private const string List = "delay-reasons";

        public async Task<Page<DelayReasonRow>> Handle(Query request, CancellationToken cancellationToken)
        {
            var (keys, size) = (cursors.Read(List, request.Cursor, 2), Cursors.Size(request.Size));
            var reasons = rows.Reasons(sight.Of(new(request.Office, request.Procedure, request.Field, request.From, request.To)));
            if (request.Cause is { } cause)
            {
                reasons = reasons.Where(reason => reason.CauseCode == cause);
            }

            if (keys is [var at, var id])
            {
                var (last, lastId) = (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), Guid.Parse(id));
                reasons = reasons.Where(reason => reason.At >= last && (reason.At > last || reason.Id.CompareTo(lastId) > 0));
            }

            var page = await reasons.OrderBy(reason => reason.At).ThenBy(reason => reason.Id).Take(size + 1).ToListAsync(cancellationToken);
            return cursors.Page(page, size, List, row => [row.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.Id.ToString()]);
        }
    }
}
