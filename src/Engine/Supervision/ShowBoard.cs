using MediatR;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Supervision;

/// <summary>How a board is parted.</summary>
public enum BoardBy
{
    Office,
    Procedure,
    Field,
}

/// <summary>Numbers of dossiers by competent office, procedure or field. Each number is the length of the list of the same name at <c>/supervision/dossiers</c>.</summary>
public static class ShowBoard
{
    /// <param name="Office">This office and all beneath.</param>
    /// <param name="From">First day of the period, in Viet Nam; the first of the month when not given.</param>
    public sealed record Query(BoardBy? By, string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To) : IRequest<Reply>;

    /// <param name="NextWorkingDay">The day that <see cref="Counts.DueNextDay"/> is about.</param>
    public sealed record Reply(DateTimeOffset At, DateOnly From, DateOnly To, DateOnly NextWorkingDay, Counts Total, IReadOnlyList<Row> Rows);

    public sealed record Row(string Id, string Name, Counts Counts);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/board", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(BoardRows rows, SupervisionSight sight) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var scope = sight.Of(new(request.Office, request.Procedure, request.Field, request.From, request.To));
            var list = await rows.ReadAsync(request.By ?? BoardBy.Office, scope, cancellationToken);
            return new(scope.At.Now, scope.At.From, scope.At.To, scope.At.NextWorkingDay, list.Aggregate(new Counts(), (sum, row) => sum + row.Counts), list);
        }
    }
}

/// <summary>The rows of the board, for the screen and for the export.</summary>
public sealed class BoardRows(BoardCounts counts, OfficeDirectory offices, ProcedureDirectory procedures)
{
    public async Task<IReadOnlyList<ShowBoard.Row>> ReadAsync(BoardBy by, Scope scope, CancellationToken cancellationToken)
    {
        var counted = await counts.CountAsync(scope, cancellationToken);
        return [.. counted
            .GroupBy(row => by switch { BoardBy.Office => row.Office, BoardBy.Procedure => row.Procedure, _ => FieldOf(row.Procedure, scope.At.Today) })
            .Select(group => new ShowBoard.Row(group.Key, NameOf(by, group.Key, scope.At.Today), group.Select(row => row.Counts).Aggregate((a, b) => a + b)))
            .OrderByDescending(row => row.Counts.Overdue).ThenByDescending(row => row.Counts.DueSoon).ThenBy(row => row.Id, StringComparer.Ordinal)];
    }

    private string NameOf(BoardBy by, string id, DateOnly today) => by switch
    {
        BoardBy.Office => offices.TryFind(id)?.Name ?? id,
        BoardBy.Procedure => Find(id, today)?.Name ?? id,
        _ => id,
    };

    private string FieldOf(string code, DateOnly today) => Find(code, today)?.Field ?? "";

    // A procedure that is no longer in force still has dossiers.
    private Procedure? Find(string code, DateOnly today) => procedures.TryFind(code, today) ?? procedures.All.LastOrDefault(one => one.Code == code);
}
