using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;

namespace PublicService.Engine.ServiceIndex;

/// <summary>The index preview month by month, oldest first. As the national portal does, past months are judged by what is known today.</summary>
public static class ShowIndexHistory
{
    private const int MostMonths = 24;

    /// <param name="Months">How many, this month included; 12 when left out.</param>
    public sealed record Query(string? Office, int? Months) : IRequest<IReadOnlyList<Reply>>;

    /// <param name="Items">Value of each measured item in percent.</param>
    public sealed record Reply(DateOnly From, DateOnly To, IndexTotal Total, IReadOnlyDictionary<string, decimal?> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/service-index/history", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(ReportSight.Roles);

    public sealed class Validator : IInputRules<Query>
    {
        public void Check(Query input, InputErrors errors) => errors.When(input.Months is < 1 or > MostMonths, "months", "Từ 1 đến 24 tháng.");
    }

    internal sealed class Handler(IndexFigures figures, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var replies = new List<Reply>();
            for (var back = (request.Months ?? 12) - 1; back >= 0; back--)
            {
                var period = IndexPeriod.Of(IndexSpan.Month, VietnamTime.DateOf(now).AddMonths(-back), now);
                var items = await figures.MeasureAsync(request.Office, period, cancellationToken);
                replies.Add(new(
                    period.From, period.To, IndexScore.Total(items),
                    items.Where(item => item.State is MeasureState.Measured).ToDictionary(item => item.Id, item => item.Percent)));
            }

            return replies;
        }
    }
}
