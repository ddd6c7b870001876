using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Workflows.Drawings;

namespace PublicService.Engine.Definitions;

/// <summary>
/// Where a procedure loses time: for each step of a version how often dossiers came through, how long they stayed in working time, how
/// many wait there now, and how often it asked for papers or was overdue. Of the dossiers that were handed in within the period at most
/// 1,000, spread evenly over it, are looked at.
/// </summary>
public static class ShowHeat
{
    private const int UsualDays = 90;

    private const int LongestDays = 3 * 366;

    /// <param name="Version">A number, <c>published</c> or <c>latest</c>; without it the published version.</param>
    /// <param name="From">First day of reception, in Viet Nam; 90 days before the last when not given.</param>
    /// <param name="To">Last day, today when not given.</param>
    public sealed record Query(string DefinitionId, string? Version, DateOnly? From, DateOnly? To) : IRequest<Reply>;

    /// <param name="Dossiers">Handed in within the period under this version.</param>
    /// <param name="Counted">Of these looked at; all numbers of <paramref name="Steps"/> are theirs.</param>
    /// <param name="Limit">The most that are looked at.</param>
    public sealed record Reply(VersionSummary Version, DateOnly From, DateOnly To, int Dossiers, int Counted, int Limit, IReadOnlyList<StepHeat> Steps, Drawing Drawing);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/definitions/{definitionId}/heat", async (
            string definitionId, string? version, DateOnly? from, DateOnly? to, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(definitionId, version, from, to), cancellationToken))
        .RequireRole(DefinitionRoutes.Readers);

    internal sealed class Handler(VersionReading reading, HeatReading heat, TimeProvider time) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var to = request.To ?? VietnamTime.DateOf(time.GetUtcNow());
            var from = request.From ?? to.AddDays(-UsualDays);
            new InputErrors()
                .When(from > to, "from", "Ngày bắt đầu sau ngày kết thúc.")
                .When(to.DayNumber - from.DayNumber > LongestDays, "to", "Không quá ba năm.")
                .ThrowIfAny();
            var found = await reading.FindAsync(request.DefinitionId, request.Version, cancellationToken);
            var sample = await heat.SampleAsync(
                found.Definition, VietnamTime.At(from, TimeOnly.MinValue), VietnamTime.At(to.AddDays(1), TimeOnly.MinValue), cancellationToken);
            var steps = await heat.ReadAsync(found.Definition, sample.Ids, cancellationToken);
            var summary = (await reading.SummariesAsync([found.Row], cancellationToken))[0];
            return new(summary, from, to, sample.Total, sample.Ids.Count, HeatReading.Limit, steps, Drawing.Of(found.Definition));
        }
    }
}

/// <summary>What happened at one step. Shares are of the passes they speak of, 0 to 1; null when there are none.</summary>
/// <param name="Passes">Times a dossier came there; a pass that was cancelled does not count.</param>
/// <param name="Completed">Of these done.</param>
/// <param name="Waiting">Of these waiting now.</param>
/// <param name="MedianMinutes">Working minutes half of the completed passes stayed below or at (nearest rank).</param>
/// <param name="P90Minutes">The same for nine of ten.</param>
/// <param name="SupplementShare">Of the completed passes: left by an outcome that asks the citizen for papers. Null when no outcome does.</param>
/// <param name="Limited">Passes with a limit of their own.</param>
/// <param name="OverdueShare">Of these: done after their limit, or waiting beyond it.</param>
public sealed record StepHeat(
    string Id,
    string Name,
    string KindName,
    int Passes,
    int Completed,
    int Waiting,
    int? MedianMinutes,
    int? P90Minutes,
    double? SupplementShare,
    int Limited,
    double? OverdueShare);
