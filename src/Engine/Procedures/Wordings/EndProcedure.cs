using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Ends a procedure after its last day, naming the one that takes its place where there is one; open dossiers go on under theirs.
/// Refuses with ENDS_BEFORE_START, PROCEDURE_ENDED, REPLACEMENT_UNKNOWN.
/// </summary>
public static class EndProcedure
{
    public sealed record Body(DateOnly LastDay, string Reason, string? ReplacedBy = null);

    public sealed record Command(string Code, Body Body) : IRequest<Reply>;

    public sealed record Reply(string Code, DateOnly ValidFrom, DateOnly ValidTo, string? ReplacedBy);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/procedures/{code}/endings", async (string code, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(code, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Body.Reason, "reason", 1000).OptionalText(input.Body.ReplacedBy, "replacedBy", 50);
    }

    internal sealed class Handler(ProcedureCatalogue catalogue, CurrentPerson person, OfficeDirectory offices, IdempotencyContext idempotency)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            Reply reply = null!;
            var body = request.Body;
            await catalogue.ChangeAsync([request.Code, body.ReplacedBy ?? request.Code], work =>
            {
                var last = (work.Wordings(request.Code) is [.., var newest] ? newest : null).FindOrRefuse("Thủ tục");
                person.MustLookAfterCatalogue(offices, last.Field);
                work.End(request.Code, body.LastDay, body.ReplacedBy, person, body.Reason.Trim());
                reply = new(request.Code, last.ValidFrom, body.LastDay, body.ReplacedBy);
                idempotency.Record(work.Changes, reply);
                return Task.CompletedTask;
            }, cancellationToken);
            return reply;
        }
    }
}
