using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>
/// Why and where time was lost in the period: recorded causes by the office at fault, and the overrun of dossiers that finished late by
/// the office whose hands it was lost in, from their ledgers.
/// </summary>
public static class CountDelays
{
    public sealed record Query(string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To) : IRequest<Reply>;

    public sealed record Reply(IReadOnlyList<Cause> Causes, IReadOnlyList<Overrun> Overruns);

    /// <param name="Records">Reasons recorded.</param>
    /// <param name="Dossiers">Dossiers they are about.</param>
    /// <param name="LateMinutes">Working minutes late when recorded, added up.</param>
    public sealed record Cause(string CauseCode, string CauseName, string OfficeId, string OfficeName, int Records, int Dossiers, int LateMinutes);

    /// <param name="Dossiers">Late dossiers the office had a part in the lateness of.</param>
    /// <param name="HeldMinutes">Working minutes it had them.</param>
    /// <param name="OverrunMinutes">Its part of their lateness.</param>
    public sealed record Overrun(string OfficeId, string OfficeName, int Dossiers, int HeldMinutes, int OverrunMinutes);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/delays", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(DelayRows rows, SupervisionSight sight) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var scope = sight.Of(new(request.Office, request.Procedure, request.Field, request.From, request.To));
            return new(await rows.CausesAsync(scope, cancellationToken), await rows.OverrunsAsync(scope, cancellationToken));
        }
    }
}

/// <summary>The delays, for the screen and for the export.</summary>
public sealed class DelayRows(EngineDb db, OfficeDirectory offices)
{
    /// <summary>Reasons recorded in the period for offices in view.</summary>
    public IQueryable<DelayReasonRow> Reasons(Scope scope)
    {
        var (from, end) = (scope.At.PeriodFrom, scope.At.PeriodEnd);
        var reasons = db.Set<DelayReasonRow>().AsNoTracking().Where(reason => reason.At >= from && reason.At < end);
        if (scope.Offices is { } places)
        {
            reasons = reasons.Where(reason => places.Contains(reason.OfficeId));
        }

        return scope.Procedures is { } procedures ? reasons.Where(reason => procedures.Contains(reason.ProcedureCode)) : reasons;
    }

    public async Task<IReadOnlyList<CountDelays.Cause>> CausesAsync(Scope scope, CancellationToken cancellationToken)
    {
        var names = await db.Set<DelayCauseRow>().AsNoTracking().ToDictionaryAsync(cause => cause.Code, cause => cause.Name, cancellationToken);
        var rows = await Reasons(scope).GroupBy(reason => new { reason.CauseCode, reason.OfficeId })
            .Select(group => new
            {
                group.Key.CauseCode,
                group.Key.OfficeId,
                Records = group.Count(),
                Dossiers = group.Select(reason => reason.DossierId).Distinct().Count(),
                LateMinutes = group.Sum(reason => reason.LateMinutes),
            })
            .ToListAsync(cancellationToken);
        return [.. rows
            .Select(row => new CountDelays.Cause(row.CauseCode, names.GetValueOrDefault(row.CauseCode, row.CauseCode), row.OfficeId, NameOf(row.OfficeId), row.Records, row.Dossiers, row.LateMinutes))
            .OrderByDescending(row => row.Records).ThenBy(row => row.CauseCode, StringComparer.Ordinal).ThenBy(row => row.OfficeId, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<CountDelays.Overrun>> OverrunsAsync(Scope scope, CancellationToken cancellationToken)
    {
        var (from, end) = (scope.At.PeriodFrom, scope.At.PeriodEnd);
        var overruns = db.Set<OverrunRow>().AsNoTracking().Where(row => row.FinishedAt >= from && row.FinishedAt < end);
        if (scope.Offices is { } places)
        {
            overruns = overruns.Where(row => places.Contains(row.OfficeId));
        }

        if (scope.Procedures is { } procedures)
        {
            overruns = overruns.Where(row => procedures.Contains(row.ProcedureCode));
        }

        var rows = await overruns.GroupBy(row => row.OfficeId)
            .Select(group => new
            {
                OfficeId = group.Key,
                Dossiers = group.Sum(row => row.OverrunMinutes > 0 ? 1 : 0),
                Held = group.Sum(row => row.HeldMinutes),
                Overrun = group.Sum(row => row.OverrunMinutes),
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new CountDelays.Overrun(row.OfficeId, NameOf(row.OfficeId), row.Dossiers, row.Held, row.Overrun))
            .OrderByDescending(row => row.OverrunMinutes).ThenBy(row => row.OfficeId, StringComparer.Ordinal)];
    }

    private string NameOf(string id) => offices.TryFind(id)?.Name ?? id;
}
