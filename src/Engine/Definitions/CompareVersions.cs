using MediatR;
using PublicService.Engine.Access;
using PublicService.Workflows.Drawings;
using PublicService.Workflows.Versions;

namespace PublicService.Engine.Definitions;

/// <summary>What a later version of a definition says that an earlier one does not, and both in one picture.</summary>
public static class CompareVersions
{
    /// <param name="From">A number, <c>published</c> or <c>latest</c>; without it the published version.</param>
    /// <param name="To">The same; without it the latest version.</param>
    public sealed record Query(string DefinitionId, string? From, string? To) : IRequest<Reply>;

    /// <param name="Drawing">The later version, and what is gone of the earlier one where it stood.</param>
    public sealed record Reply(VersionSummary From, VersionSummary To, bool IsSame, DefinitionDifference Difference, Drawing Drawing);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/definitions/{definitionId}/difference", async (string definitionId, string? from, string? to, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(definitionId, from, to), cancellationToken))
        .RequireRole(DefinitionRoutes.Readers);

    internal sealed class Handler(VersionReading reading) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var from = await reading.FindAsync(request.DefinitionId, request.From, cancellationToken);
            var to = await reading.FindAsync(request.DefinitionId, request.To is null or "" ? "latest" : request.To, cancellationToken);
            var summaries = await reading.SummariesAsync([from.Row, to.Row], cancellationToken);
            var difference = DefinitionDifference.Between(from.Definition, to.Definition);
            return new(summaries[0], summaries[1], difference.IsSame, difference, Drawing.Of(from.Definition, to.Definition));
        }
    }
}
