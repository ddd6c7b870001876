using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Supervision;

/// <summary>
/// Phi địa giới: dossiers handed in at one office and decided by another, in the period. Seen by the office that decides; the dossiers behind a
/// row are those of <c>/supervision/dossiers?nonBoundary=true</c>.
/// </summary>
public static class CountFlows
{
    public sealed record Query(string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(
        string ReceivingOfficeId, string ReceivingOfficeName, string CompetentOfficeId, string CompetentOfficeName, int Received, int FinishedInTime, int FinishedLate, int Returned);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/flows", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(FlowRows rows, SupervisionSight sight) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public Task<IReadOnlyList<Row>> Handle(Query request, CancellationToken cancellationToken) =>
            rows.ReadAsync(sight.Of(new(request.Office, request.Procedure, request.Field, request.From, request.To)), cancellationToken);
    }
}

/// <summary>The flows, for the screen and for the export.</summary>
public sealed class FlowRows(BoardCounts counts, OfficeDirectory offices)
{
    public async Task<IReadOnlyList<CountFlows.Row>> ReadAsync(Scope scope, CancellationToken cancellationToken)
    {
        var rows = await counts.Days(scope, scope.At.From, scope.At.To).Where(day => day.ReceivingOfficeId != day.OfficeId)
            .GroupBy(day => new { day.ReceivingOfficeId, day.OfficeId })
            .Select(group => new
            {
                group.Key.ReceivingOfficeId,
                group.Key.OfficeId,
                Received = group.Sum(day => day.Received),
                InTime = group.Sum(day => day.FinishedEarly + day.FinishedOnTime + day.FinishedNoPromise),
                Late = group.Sum(day => day.FinishedLate),
                Returned = group.Sum(day => day.Returned),
            })
            .ToListAsync(cancellationToken);
        return [.. rows
            .Where(row => row.Received + row.InTime + row.Late + row.Returned > 0)
            .Select(row => new CountFlows.Row(row.ReceivingOfficeId, NameOf(row.ReceivingOfficeId), row.OfficeId, NameOf(row.OfficeId), row.Received, row.InTime, row.Late, row.Returned))
            .OrderByDescending(row => row.Received).ThenBy(row => row.ReceivingOfficeId, StringComparer.Ordinal).ThenBy(row => row.CompetentOfficeId, StringComparer.Ordinal)];
    }

    private string NameOf(string id) => offices.TryFind(id)?.Name ?? id;
}
