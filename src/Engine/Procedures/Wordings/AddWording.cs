using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Publishes a wording of a procedure from a day on, also of a new procedure; the wording before ends the day before, and dossiers keep
/// the wording of the day they were handed in. Refuses with WORDING_EXISTS, WORDING_OVERLAPS, STEP_EXCEEDS_LIMIT, STEPS_EXCEED_LIMIT.
/// </summary>
public static class AddWording
{
    public sealed record Body(DateOnly ValidFrom, WordingInput Wording, DateOnly? ValidTo = null);

    public sealed record Command(string Code, Body Body) : IRequest<Reply>;

    /// <param name="Warnings">Taken nevertheless, but worth a look.</param>
    public sealed record Reply(string Code, DateOnly ValidFrom, DateOnly? ValidTo, IReadOnlyList<EntryFinding> Warnings);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/procedures/{code}/wordings", async (string code, Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(code, body), cancellationToken);
            return TypedResults.Created($"/api/v1/procedures/{code}?on={reply.ValidFrom:yyyy-MM-dd}", reply);
        })
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors)
        {
            WordingInputs.Check(input.Body.Wording, errors);
            errors.When(input.Body.ValidTo < input.Body.ValidFrom, "validTo", "Ngày hết hiệu lực phải sau ngày có hiệu lực.");
        }
    }

    internal sealed class Handler(ProcedureCatalogue catalogue, CurrentPerson person, OfficeDirectory offices, IdempotencyContext idempotency)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            Reply reply = null!;
            var body = request.Body;
            await catalogue.ChangeAsync([request.Code], work =>
            {
                var (row, warnings) = WordingInputs.Row(body.Wording, request.Code, body.ValidFrom, work.Before(request.Code, body.ValidFrom));
                person.MustLookAfterCatalogue(offices, row.Field);
                row.ValidTo = body.ValidTo;
                work.Add(row, person, body.Wording.Reason.Trim());
                reply = new(row.Code, row.ValidFrom, row.ValidTo, [.. warnings, .. work.MustFit(row, body.Wording.Overrule)]);
                idempotency.Record(work.Changes, reply, StatusCodes.Status201Created, $"/api/v1/procedures/{row.Code}?on={row.ValidFrom:yyyy-MM-dd}");
                return Task.CompletedTask;
            }, cancellationToken);
            return reply;
        }
    }
}
