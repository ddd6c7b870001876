using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>
/// Put a dated plan of reorganisation on file: merge, split, abolish, rename. It changes nothing before it is run. The plan is given as
/// changes, as the statistics office's table of old and new units (CSV), or as both: a change replaces what the table says of its office.
/// </summary>
public static class AddReorganisationPlan
{
    private const int MostChanges = 2000;

    /// <param name="Table">Text of the CSV table; old units are found by their codes the day before, new ones on the day.</param>
    public sealed record Body(string Name, DateOnly EffectiveOn, IReadOnlyList<OfficeChange>? Changes = null, string? Table = null);

    public sealed record Command(Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id, ReorganisationState State, int Changes, int Splits, IReadOnlyList<PlanProblem> Problems);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reorganisations", async (Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            return TypedResults.Created(Location(reply), reply);
        })
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    private static string Location(Reply reply) => $"/api/v1/reorganisations/{reply.Id}";

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors)
        {
            var body = input.Body;
            errors.Text(body.Name, "name", 300)
                .When(body.Changes is null or [] && string.IsNullOrWhiteSpace(body.Table), "changes", "Phải có các thay đổi hoặc bảng chuyển đổi.")
                .When(body.Changes?.Count > MostChanges, "changes", "Quá nhiều thay đổi.");
            foreach (var (change, at) in (body.Changes ?? []).Select((change, at) => (change, at)))
            {
                errors.Text(change.From, $"changes[{at}].from", 100)
                    .OptionalText(change.Rename?.Name, $"changes[{at}].rename.name", 300)
                    .When(change.Targets.Any(target => string.IsNullOrWhiteSpace(target.OfficeId)), $"changes[{at}].to", "Thiếu mã đơn vị nhận.")
                    .When(change.Targets.Any(target => target.Hamlets?.Any(string.IsNullOrWhiteSpace) == true), $"changes[{at}].to", "Có tên thôn, khu để trống.")
                    .When(change.Targets.DistinctBy(target => target.OfficeId).Count() != change.Targets.Count, $"changes[{at}].to", "Một đơn vị nhận xuất hiện nhiều lần.");
            }
        }
    }

    internal sealed class Handler(
        CommitLane lane, IdempotencyContext idempotency, CurrentPerson admin, OfficeDirectory offices, PlanTable table, PlanCheck check, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, now) = (request.Body, time.GetUtcNow());
            admin.MustLookAfter(offices.Root.Id);
            var given = body.Changes ?? [];
            var fromTable = string.IsNullOrWhiteSpace(body.Table) ? [] : table.Read(body.Table, body.EffectiveOn);
            var plan = new ReorganisationPlan([.. given, .. fromTable.Where(change => given.All(one => one.From != change.From))]);
            var row = new ReorganisationRow
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                Name = body.Name.Trim(),
                EffectiveOn = body.EffectiveOn,
                Plan = plan.ToJson(),
                Counts = new ReorganisationCounts().ToJson(),
                CreatedBy = admin.Id,
                CreatedAt = now,
            };
            var problems = await check.CheckAsync(plan, body.EffectiveOn, cancellationToken);
            var reply = new Reply(row.Id, row.State, plan.Changes.Count, plan.Ending.Count(change => change.Targets.Count > 1), problems);
            var changes = new Changes().Insert(row);
            idempotency.Record(changes, reply, StatusCodes.Status201Created, Location(reply));
            await lane.CommitAsync(changes, cancellationToken);
            return reply;
        }
    }
}
