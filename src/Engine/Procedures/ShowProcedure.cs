using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Procedures;

/// <summary>A procedure as it stands on a day (today without one).</summary>
public static class ShowProcedure
{
    public sealed record Query(string Code, DateOnly? On) : IRequest<Reply>;

    /// <param name="Limit">The time limit as printed on form 01.</param>
    /// <param name="HasWorkflow">Dossiers can be handed in.</param>
    /// <param name="ReplacedBy">Code of the procedure that took its place when it ended.</param>
    /// <param name="Verified">Which of these facts were found in a source.</param>
    public sealed record Reply(
        string Code,
        string Name,
        string Field,
        string Level,
        string Authority,
        string? Decision,
        string Limit,
        LimitUnit LimitUnit,
        int LimitValue,
        TimeOnly? CutOff,
        Channels Channels,
        string OnlineLevel,
        IReadOnlyList<RequiredPaper> Papers,
        IReadOnlyList<ProcedureFee> Fees,
        IReadOnlyList<ProcedureResult> Results,
        bool NonBoundary,
        IReadOnlyList<string> Rules,
        string? Notes,
        IReadOnlyDictionary<string, string> Verified,
        DateOnly ValidFrom,
        DateOnly? ValidTo,
        string DefinitionId,
        bool HasForm,
        bool HasWorkflow,
        string? ReplacedBy);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedures/{code}", async (string code, DateOnly? on, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(code, on), cancellationToken))
        .AllowAnonymous();

    internal sealed class Handler(ProcedureDirectory procedures, DefinitionCache definitions, TimeProvider time) : IRequestHandler<Query, Reply>
    {
        public Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var one = procedures.TryFind(request.Code, request.On ?? VietnamTime.DateOf(time.GetUtcNow())).FindOrRefuse("Thủ tục");
            return Task.FromResult(new Reply(
                one.Code,
                one.Name,
                one.Field,
                one.Level,
                one.Authority,
                one.Decision,
                one.Limit.Word(),
                one.Limit.Unit,
                one.Limit.Value,
                one.Limit.CutOff,
                one.Channels,
                one.OnlineLevel,
                one.Papers,
                one.Fees,
                one.Results,
                one.NonBoundary,
                one.Rules,
                one.Notes,
                one.Verified,
                one.ValidFrom,
                one.ValidTo,
                one.DefinitionId,
                one.FormSchema is not null,
                one.DefinitionVersionId is not null || definitions.Published(one.DefinitionId) is not null,
                one.ReplacedBy));
        }
    }
}
