using MediatR;
using PublicService.Engine.Access;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Definitions;

/// <summary>What is wrong in the latest and published versions of all definitions, with the step and a sentence for the analyst.</summary>
public static class CheckDefinitions
{
    public sealed record Query : IRequest<Reply>;

    /// <param name="Checked">Versions that were looked at.</param>
    /// <param name="Items">Versions with findings; those with errors first.</param>
    public sealed record Reply(int Checked, int Clean, int Errors, int Warnings, IReadOnlyList<CheckedVersion> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/definitions/findings", async (IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(), cancellationToken))
        .RequireRole(DefinitionRoutes.Readers);

    internal sealed class Handler(DefinitionFindings findings) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var all = await findings.AllAsync(cancellationToken);
            var wrong = all.Where(one => one.Findings.Count > 0)
                .OrderByDescending(one => one.Errors > 0).ThenBy(one => one.DefinitionId, StringComparer.Ordinal).ThenBy(one => one.Version).ToList();
            return new(all.Count, all.Count - wrong.Count, wrong.Sum(one => one.Errors), wrong.Sum(one => one.Warnings), wrong);
        }
    }
}

/// <summary>One version with all that is to be said about it.</summary>
public sealed record CheckedVersion(
    string DefinitionId, string VersionId, int Version, string Name, bool IsLatest, bool IsPublished, IReadOnlyList<StepFinding> Findings)
{
    public int Errors => Findings.Count(finding => finding.Level is FindingLevel.Error);

    public int Warnings => Findings.Count - Errors;
}

/// <summary>A finding with the name of its step; both are null when it is about the whole definition.</summary>
public sealed record StepFinding(string Code, FindingLevel Level, string? ActivityId, string? StepName, string Message);
