using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.VersionMoves;

/// <summary>
/// Put an order on file to let running dossiers go on by another version of their workflow. It changes nothing before it is run. Refuses
/// with NOT_FOUND (404), VERSION_NOT_PUBLISHED: a draft still changes, and dossiers of citizens are not put on it.
/// </summary>
public static class AddVersionMove
{
    /// <param name="To">Number of the version the dossiers go over to.</param>
    /// <param name="Reason">Stands in the ledger of every dossier.</param>
    /// <param name="From">Numbers of the versions they come from; null: all others.</param>
    /// <param name="OfficeId">Only dossiers of this deciding office.</param>
    /// <param name="Step">Only dossiers that wait at this step.</param>
    public sealed record Body(string DefinitionId, int To, string Reason, IReadOnlyList<int>? From = null, string? OfficeId = null, string? Step = null);

    public sealed record Command(Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id, string DefinitionId, IReadOnlyList<int> From, int To, VersionMoveState State);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/version-moves", async (Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            return TypedResults.Created(Location(reply), reply);
        })
        .RequireRole(Role.BusinessAdmin);

    private static string Location(Reply reply) => $"/api/v1/version-moves/{reply.Id}";

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.DefinitionId, "definitionId", 200)
            .Text(input.Body.Reason, "reason", 1000)
            .OptionalText(input.Body.OfficeId, "officeId", 100)
            .OptionalText(input.Body.Step, "step", 200)
            .When(input.Body.From is { Count: 0 or > 500 }, "from", "Chọn ít nhất một phiên bản nguồn.")
            .When(input.Body.From?.Contains(input.Body.To) == true, "from", "Phiên bản nguồn và đích phải khác nhau.");
    }

    internal sealed class Handler(EngineDb db, CommitLane lane, IdempotencyContext idempotency, CurrentPerson admin, OfficeDirectory offices, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, now) = (request.Body, time.GetUtcNow());
            admin.MustLookAfter(offices.Root.Id);
            var versions = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == body.DefinitionId)
                .Select(row => new { row.Version, row.PublishedAt }).ToListAsync(cancellationToken);
            var to = versions.Find(row => row.Version == body.To).FindOrRefuse("Phiên bản quy trình");
            if (to.PublishedAt is null)
            {
                throw new RefusedException("VERSION_NOT_PUBLISHED", $"Phiên bản {body.To} chưa từng được ban hành nên không thể chuyển hồ sơ sang.");
            }

            var from = versions.Select(row => row.Version).Where(number => number != body.To && body.From?.Contains(number) != false).Order().ToList();
            if (from.Count == 0 || body.From?.Except(from).Any() == true)
            {
                throw Problems.NotFound("Phiên bản nguồn");
            }

            if (body.OfficeId is { } office)
            {
                _ = offices.Find(office);
            }

            var row = new VersionMoveRow
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                DefinitionId = body.DefinitionId,
                FromVersions = JsonSerializer.Serialize(from),
                ToVersion = body.To,
                OfficeId = body.OfficeId,
                Step = body.Step,
                Reason = body.Reason.Trim(),
                CreatedBy = admin.Id,
                CreatedAt = now,
            };
            var (changes, reply) = (new Changes().Insert(row), new Reply(row.Id, row.DefinitionId, from, row.ToVersion, row.State));
            idempotency.Record(changes, reply, StatusCodes.Status201Created, Location(reply));
            await lane.CommitAsync(changes, cancellationToken);
            return reply;
        }
    }
}
