using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Trials;

/// <summary>
/// Play a version of a definition on trial, a draft as well: with a clock and people of its own, the real steps, law, calendars and
/// directories, and nothing is stored or sent. The moves are played from the start with each request; the answer shows where the dossier
/// stands after them and which moves are possible next. A refused move is in the answer. Refuses the start itself as a real submission would be.
/// </summary>
public static class RunTrial
{
    /// <param name="Version">Number of the version; null: the latest, which is the draft when there is one.</param>
    /// <param name="Moves">In their order; at most 500.</param>
    public sealed record Body(TrialStart Start, int? Version = null, IReadOnlyList<TrialMove>? Moves = null);

    public sealed record Command(string DefinitionId, Body Body) : IRequest<TrialPicture>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/definitions/{definitionId}/trial", async (string definitionId, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(definitionId, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Validator(TrialLimits limits) : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Start.ReceivingOfficeId, "start.receivingOfficeId", 100)
            .OptionalText(input.Body.Start.CompetentOfficeId, "start.competentOfficeId", 100)
            .OptionalText(input.Body.Start.ApplicantName, "start.applicantName", 200)
            .When(input.Body.Start.SubmittedAt is { Year: < 2020 or > 2098 }, "start.submittedAt", "Nằm ngoài khoảng cho phép.")
            .When(input.Body.Moves?.Count > limits.Moves, "moves", $"Nhiều nhất {limits.Moves} thao tác.")
            .When(input.Body.Moves?.Any(move => move.Until is { Year: < 2020 or > 2098 }) == true, "moves", "Thời điểm nằm ngoài khoảng cho phép.");
    }

    internal sealed class Handler(EngineDb db, DefinitionCache definitions, TrialStarts starts, TrialPlay play) : IRequestHandler<Command, TrialPicture>
    {
        public async Task<TrialPicture> Handle(Command request, CancellationToken cancellationToken)
        {
            var definition = await TrialVersions.FindAsync(db, definitions, request.DefinitionId, request.Body.Version, cancellationToken);
            var (submission, act) = starts.Of(definition, request.Body.Start);
            return await play.PlayAsync(db, definition, (submission, act), request.Body.Moves ?? [], cancellationToken);
        }
    }
}

/// <summary>Reads the version that is tried.</summary>
internal static class TrialVersions
{
    /// <exception cref="ProblemException">404.</exception>
    public static async Task<WorkflowDefinition> FindAsync(EngineDb db, DefinitionCache definitions, string definitionId, int? version, CancellationToken cancellationToken)
    {
        var row = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId && (version == null ? row.IsLatest : row.Version == version))
            .FindOrRefuseAsync("Phiên bản quy trình", cancellationToken);
        // Not from the cache of versions: a draft is overwritten in place.
        return DefinitionReader.Read(row.Json, definitions.Catalog);
    }
}

/// <summary>Plays the moves of a request one after the other, until one is refused or the time is up.</summary>
internal sealed class TrialPlay(ClickMaking making, DefinitionCache definitions, TaskAnswers tasks, TrialPictures pictures, TrialLimits limits)
{
    /// <exception cref="ProblemException">409 with the code of what refused the submission.</exception>
    public async Task<TrialPicture> PlayAsync(
        EngineDb model, WorkflowDefinition definition, (Submission Submission, Act Act) start, IReadOnlyList<TrialMove> moves, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limits.Time);
        var memory = new TrialMemory(model, definitions, definition, stop.Token);
        var run = new TrialRun(making, new TrialAnswers(tasks, definition), memory, limits, start.Act.At);
        if (await run.StartAsync(definition, start.Submission, start.Act) is { } refused)
        {
            throw Problems.Refused(refused.Code, refused.Sentence, refused.Errors ?? new Dictionary<string, string[]>());
        }

        var (accepted, problem) = (0, (TrialProblem?)null);
        while (accepted < moves.Count && problem is null)
        {
            problem = await run.MoveAsync(moves[accepted]);
            accepted += problem is null ? 1 : 0;
        }

        return await pictures.DrawAsync(definition, memory, run, accepted, problem);
    }
}
