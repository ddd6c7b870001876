using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>Steps by officer and office: what waits now, what was done in the period. Each number is the length of the list at <c>/supervision/tasks</c>.</summary>
public static class CountOfficers
{
    public sealed record Query(string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To) : IRequest<Reply>;

    public sealed record Reply(DateTimeOffset At, DateOnly From, DateOnly To, DateOnly NextWorkingDay, IReadOnlyList<Row> Rows);

    /// <param name="OfficerId">Null for steps nobody has claimed.</param>
    public sealed record Row(
        string OfficeId, string OfficeName, string? OfficerId, string OfficerName, int Open, int InTime, int DueSoon, int Overdue, int DueNextDay, int DoneToday, int DoneInTime, int DoneLate);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/officers", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(OfficerRows rows, SupervisionSight sight) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var scope = sight.Of(new(request.Office, request.Procedure, request.Field, request.From, request.To));
            return new(scope.At.Now, scope.At.From, scope.At.To, scope.At.NextWorkingDay, await rows.ReadAsync(scope, cancellationToken));
        }
    }
}

/// <summary>The rows of the officers' board, for the screen and for the export.</summary>
public sealed class OfficerRows(EngineDb db, OfficeDirectory offices)
{
    public async Task<IReadOnlyList<CountOfficers.Row>> ReadAsync(Scope scope, CancellationToken cancellationToken)
    {
        var open = (await OpenAsync(scope, cancellationToken)).ToDictionary(row => (row.OfficeId, row.OfficerId));
        var done = await DoneAsync(scope, scope.At.From, scope.At.To, cancellationToken);
        var today = await DoneAsync(scope, scope.At.Today, scope.At.Today, cancellationToken);
        List<(string OfficeId, string? OfficerId)> keys = [.. open.Keys.Union(done.Keys.Union(today.Keys).Select(key => (key.Office, (string?)key.Officer)))];
        var ids = keys.Select(key => key.OfficerId).OfType<string>().Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.FullName, cancellationToken);
        return [.. keys.Select(key =>
            {
                var row = open.GetValueOrDefault(key) ?? new(key.OfficeId, "", key.OfficerId, "", 0, 0, 0, 0, 0, 0, 0, 0);
                var (inTime, late) = key.OfficerId is { } id ? done.GetValueOrDefault((key.OfficeId, id)) : default;
                var (todayInTime, todayLate) = key.OfficerId is { } officer ? today.GetValueOrDefault((key.OfficeId, officer)) : default;
                return row with
                {
                    OfficeName = offices.TryFind(key.OfficeId)?.Name ?? key.OfficeId,
                    OfficerName = key.OfficerId is null ? "Chưa có người nhận" : names.GetValueOrDefault(key.OfficerId, key.OfficerId),
                    DoneToday = todayInTime + todayLate,
                    DoneInTime = inTime,
                    DoneLate = late,
                };
            })
            .OrderByDescending(row => row.Overdue).ThenByDescending(row => row.DueSoon).ThenBy(row => row.OfficeId, StringComparer.Ordinal).ThenBy(row => row.OfficerId, StringComparer.Ordinal)];
    }

    private async Task<List<CountOfficers.Row>> OpenAsync(Scope scope, CancellationToken cancellationToken)
    {
        var now = scope.At.Now;
        var (dayFrom, dayEnd) = (scope.At.NextDayFrom, scope.At.NextDayEnd);
        var rows = await db.Tasks.AsNoTracking().Open().In(db, scope)
            .GroupBy(task => new { task.OfficeId, task.AssigneeId })
            .Select(group => new
            {
                group.Key.OfficeId,
                group.Key.AssigneeId,
                Open = group.Count(),
                Overdue = group.Sum(task => task.SortAt < now ? 1 : 0),
                DueSoon = group.Sum(task => task.SortAt >= now && task.SoonAt <= now ? 1 : 0),
                DueNextDay = group.Sum(task => task.SortAt >= dayFrom && task.SortAt < dayEnd ? 1 : 0),
            })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new CountOfficers.Row(
            row.OfficeId!, "", row.AssigneeId, "", row.Open, row.Open - row.Overdue - row.DueSoon, row.DueSoon, row.Overdue, row.DueNextDay, 0, 0, 0));
    }

    private async Task<Dictionary<(string Office, string Officer), (int InTime, int Late)>> DoneAsync(Scope scope, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var days = db.Set<OfficerDayRow>().AsNoTracking().Where(day => day.Day >= from && day.Day <= to);
        if (scope.Offices is { } places)
        {
            days = days.Where(day => places.Contains(day.OfficeId));
        }

        if (scope.Procedures is { } procedures)
        {
            days = days.Where(day => procedures.Contains(day.ProcedureCode));
        }

        return await days.GroupBy(day => new { day.OfficeId, day.OfficerId })
            .Select(group => new { group.Key.OfficeId, group.Key.OfficerId, InTime = group.Sum(day => day.DoneInTime), Late = group.Sum(day => day.DoneLate) })
            .ToDictionaryAsync(row => (row.OfficeId, row.OfficerId), row => (row.InTime, row.Late), cancellationToken);
    }
}
