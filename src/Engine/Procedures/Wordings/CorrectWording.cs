using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Procedures;

/// <summary>Corrects a wording under which no dossier was handed in yet. Refuses with WORDING_IN_USE, STEP_EXCEEDS_LIMIT, STEPS_EXCEED_LIMIT.</summary>
public static class CorrectWording
{
    public sealed record Command(string Code, DateOnly ValidFrom, WordingInput Body) : IRequest<Reply>;

    public sealed record Reply(string Code, DateOnly ValidFrom, IReadOnlyList<EntryFinding> Warnings);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/procedures/{code}/wordings/{validFrom}", async (string code, DateOnly validFrom, WordingInput body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(code, validFrom, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => WordingInputs.Check(input.Body, errors);
    }

    internal sealed class Handler(ProcedureCatalogue catalogue, CurrentPerson person, OfficeDirectory offices) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            Reply reply = null!;
            await catalogue.ChangeAsync([request.Code], async work =>
            {
                var before = work.Wordings(request.Code).FirstOrDefault(row => row.ValidFrom == request.ValidFrom).FindOrRefuse("Nội dung thủ tục");
                var (after, warnings) = WordingInputs.Row(request.Body, request.Code, request.ValidFrom, before);
                person.MustLookAfterCatalogue(offices, before.Field);
                person.MustLookAfterCatalogue(offices, after.Field);
                await work.CorrectAsync(before, after, person, request.Body.Reason.Trim(), cancellationToken);
                reply = new(request.Code, request.ValidFrom, [.. warnings, .. work.MustFit(after, request.Body.Overrule)]);
            }, cancellationToken);
            return reply;
        }
    }
}
