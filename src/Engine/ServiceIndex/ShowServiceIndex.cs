using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;

namespace PublicService.Engine.ServiceIndex;

/// <summary>
/// Preview of the index of QĐ 766/QĐ-TTg from our own data: every item with formula, numerator, denominator and points, what is not
/// measured and why, and where the split of points is an assumption.
/// </summary>
public static class ShowServiceIndex
{
    /// <param name="Office">This office and all beneath; all the caller may see when left out.</param>
    /// <param name="Period">Month, Quarter or Year; a month when left out.</param>
    /// <param name="Day">Any day of the period in Viet Nam; today when left out.</param>
    public sealed record Query(string? Office, IndexSpan? Period, DateOnly? Day) : IRequest<Reply>;

    public sealed record Group(string Id, string Name, decimal Max, decimal Points, decimal MeasurableMax);

    public sealed record Reply(
        DateOnly From, DateOnly To, DateTimeOffset At, string? OfficeId, IndexTotal Total, IReadOnlyList<Group> Groups, IReadOnlyList<IndexMeasure> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/service-index", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(ReportSight.Roles);

    internal sealed class Handler(IndexFigures figures, IndexCatalogue catalogue, TimeProvider time) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var period = IndexPeriod.Of(request.Period ?? IndexSpan.Month, request.Day ?? VietnamTime.DateOf(now), now);
            var items = await figures.MeasureAsync(request.Office, period, cancellationToken);
            return new(
                period.From, period.To, period.At, request.Office, IndexScore.Total(items), [.. catalogue.Groups.Select(group => GroupOf(group, items))], items);
        }

        private static Group GroupOf(IndexGroup group, IReadOnlyList<IndexMeasure> items)
        {
            var total = IndexScore.Total([.. items.Where(item => item.Group == group.Id)]);
            return new(group.Id, group.Name, group.Max, total.Points, total.MeasurableMax);
        }
    }
}
