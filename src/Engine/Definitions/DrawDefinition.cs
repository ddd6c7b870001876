using MediatR;
using PublicService.Engine.Access;
using PublicService.Workflows.Drawings;

namespace PublicService.Engine.Definitions;

/// <summary>One version as a picture: steps with their places and Vietnamese names, arrows with the outcome they are followed on.</summary>
public static class DrawDefinition
{
    /// <param name="Version">A number, <c>published</c> or <c>latest</c>; without it the published version, or the latest when none is.</param>
    public sealed record Query(string DefinitionId, string? Version) : IRequest<Reply>;

    public sealed record Reply(VersionSummary Version, Drawing Drawing);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/definitions/{definitionId}/drawing", async (string definitionId, string? version, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(definitionId, version), cancellationToken))
        .RequireRole(DefinitionRoutes.Readers);

    internal sealed class Handler(VersionReading reading) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = await reading.FindAsync(request.DefinitionId, request.Version, cancellationToken);
            return new((await reading.SummariesAsync([found.Row], cancellationToken))[0], Drawing.Of(found.Definition));
        }
    }
}
