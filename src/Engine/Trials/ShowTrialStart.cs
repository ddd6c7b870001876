using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Trials;

/// <summary>
/// What a trial of a definition can begin with: its versions, the channels of its procedure, the offices, and a start that fits, with the
/// form filled in by its schema. Refuses with PROCEDURE_NOT_FOUND (409).
/// </summary>
public static class ShowTrialStart
{
    public sealed record Query(string DefinitionId, int? Version) : IRequest<Reply>;

    /// <param name="Start">A start that is accepted, for the analyst to change.</param>
    /// <param name="Form">JSON Schema of the procedure's form; null when it has none.</param>
    public sealed record Reply(
        TrialVersion Version,
        IReadOnlyList<VersionLine> Versions,
        string ProcedureCode,
        string ProcedureName,
        string LimitWord,
        IReadOnlyList<Channel> Channels,
        IReadOnlyList<OfficeLine> Offices,
        TrialStart Start,
        JsonNode? Form);

    public sealed record VersionLine(int Version, bool IsPublished, bool IsLatest, bool WasPublished);

    public sealed record OfficeLine(string Id, string Name);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/definitions/{definitionId}/trial", async (string definitionId, int? version, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(definitionId, version), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, DefinitionCache definitions, TrialStarts starts) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var definition = await TrialVersions.FindAsync(db, definitions, request.DefinitionId, request.Version, cancellationToken);
            var versions = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == request.DefinitionId).OrderByDescending(row => row.Version)
                .Select(row => new VersionLine(row.Version, row.IsPublished, row.IsLatest, row.PublishedAt != null)).ToListAsync(cancellationToken);
            var now = starts.Now;
            var procedure = starts.ProcedureOf(definition, now);
            return new(
                new(definition.Id, definition.DefinitionId, definition.Version, definition.Name, versions.Exists(row => row.Version == definition.Version && row.IsPublished)),
                versions,
                procedure.Code,
                procedure.Name,
                procedure.Limit.Word(),
                [.. new[] { (Channel.Direct, procedure.Channels.Direct), (Channel.Online, procedure.Channels.Online), (Channel.Post, procedure.Channels.Post) }.Where(one => one.Item2).Select(one => one.Item1)],
                [.. starts.Offices(now).Select(office => new OfficeLine(office.Id, office.Name))],
                starts.Suggest(procedure, now),
                procedure.FormSchema is { } schema ? JsonNode.Parse(schema) : null);
        }
    }
}
