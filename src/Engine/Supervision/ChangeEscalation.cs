using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>Whom deadlines are told to, by how late: the levels as they are.</summary>
public static class ShowEscalation
{
    public sealed record Query : IRequest<IReadOnlyList<Level>>;

    /// <param name="Number">0 the warning, 1 the breach, from 2 on the escalations.</param>
    /// <param name="AfterMinutes">Working minutes after the promise.</param>
    /// <param name="Role">Null is whoever has the step.</param>
    public sealed record Level(int Number, int AfterMinutes, string? Role);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/escalation-levels", async (IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(), cancellationToken))
        .RequireRole([.. SupervisionSight.Roles, Role.BusinessAdmin]);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, IReadOnlyList<Level>>
    {
        public async Task<IReadOnlyList<Level>> Handle(Query request, CancellationToken cancellationToken) =>
            await db.Set<EscalationLevelRow>().AsNoTracking().OrderBy(row => row.Level).Select(row => new Level(row.Level, row.AfterMinutes, row.Role)).ToListAsync(cancellationToken);
    }
}

/// <summary>Replaces the levels. What was told already is not told again; promises that are watched go on by the new levels.</summary>
public static class ChangeEscalation
{
    private const int Most = 10;

    public sealed record Body(IReadOnlyList<ShowEscalation.Level> Levels);

    public sealed record Command(Body Body) : IRequest<IReadOnlyList<ShowEscalation.Level>>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/supervision/escalation-levels", async (Body body, IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Command(body), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors)
        {
            var levels = input.Body.Levels;
            errors.When(levels.Count is < 2 or > Most, "levels", $"Ghi từ 2 đến {Most} mức: báo trước, quá hạn và các mức báo cáo cấp trên.");
            for (var i = 0; i < levels.Count; i++)
            {
                errors.When(levels[i].Number != i, $"levels[{i}].number", "Các mức đánh số liên tục từ 0.")
                    .When(levels[i].Role is { } role && !Role.All.Contains(role), $"levels[{i}].role", "Không có vai trò này.")
                    .When(i < 2 && levels[i].AfterMinutes != 0, $"levels[{i}].afterMinutes", "Mức báo trước và mức quá hạn không có số phút.")
                    .When(i >= 2 && levels[i].AfterMinutes <= levels[i - 1].AfterMinutes, $"levels[{i}].afterMinutes", "Phải muộn hơn mức trước.");
            }
        }
    }

    internal sealed class Handler(CommitLane lane) : IRequestHandler<Command, IReadOnlyList<ShowEscalation.Level>>
    {
        public async Task<IReadOnlyList<ShowEscalation.Level>> Handle(Command request, CancellationToken cancellationToken)
        {
            var changes = new Changes().Execute($"delete from escalation_levels where level >= {0}");
            changes.InsertAll(request.Body.Levels.Select(level => new EscalationLevelRow { Level = level.Number, AfterMinutes = level.AfterMinutes, Role = level.Role }));
            await lane.CommitAsync(changes, cancellationToken);
            return request.Body.Levels;
        }
    }
}
