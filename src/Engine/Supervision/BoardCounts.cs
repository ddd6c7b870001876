using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>Numbers of dossiers. The open ones by how their promise stands now, the others in the period, some of them also today.</summary>
public sealed record Counts
{
    public int Open { get; init; }

    public int Waiting { get; init; }

    public int InTime { get; init; }

    public int DueSoon { get; init; }

    public int Overdue { get; init; }

    public int NoPromise { get; init; }

    public int Paused { get; init; }

    public int DueNextDay { get; init; }

    public int ReceivedToday { get; init; }

    public int ReturnedToday { get; init; }

    public int Received { get; init; }

    public int FinishedEarly { get; init; }

    public int FinishedOnTime { get; init; }

    public int FinishedLate { get; init; }

    public int FinishedNoPromise { get; init; }

    public int Returned { get; init; }

    public static Counts operator +(Counts a, Counts b) => new()
    {
        Open = a.Open + b.Open,
        Waiting = a.Waiting + b.Waiting,
        InTime = a.InTime + b.InTime,
        DueSoon = a.DueSoon + b.DueSoon,
        Overdue = a.Overdue + b.Overdue,
        NoPromise = a.NoPromise + b.NoPromise,
        Paused = a.Paused + b.Paused,
        DueNextDay = a.DueNextDay + b.DueNextDay,
        ReceivedToday = a.ReceivedToday + b.ReceivedToday,
        ReturnedToday = a.ReturnedToday + b.ReturnedToday,
        Received = a.Received + b.Received,
        FinishedEarly = a.FinishedEarly + b.FinishedEarly,
        FinishedOnTime = a.FinishedOnTime + b.FinishedOnTime,
        FinishedLate = a.FinishedLate + b.FinishedLate,
        FinishedNoPromise = a.FinishedNoPromise + b.FinishedNoPromise,
        Returned = a.Returned + b.Returned,
    };
}

/// <summary>Counts dossiers by office and procedure: the open ones from their index, all others from the days.</summary>
public sealed class BoardCounts(EngineDb db)
{
    public async Task<IReadOnlyList<(string Office, string Procedure, Counts Counts)>> CountAsync(Scope scope, CancellationToken cancellationToken)
    {
        var all = new List<(string Office, string Procedure, Counts Counts)>();
        all.AddRange(await OpenAsync(scope, cancellationToken));
        all.AddRange(await DaysAsync(scope, scope.At.From, scope.At.To, cancellationToken));
        all.AddRange((await DaysAsync(scope, scope.At.Today, scope.At.Today, cancellationToken))
            .Select(row => (row.Office, row.Procedure, new Counts { ReceivedToday = row.Counts.Received, ReturnedToday = row.Counts.Returned })));
        return [.. all.GroupBy(row => (row.Office, row.Procedure)).Select(group => (group.Key.Office, group.Key.Procedure, group.Select(row => row.Counts).Aggregate((a, b) => a + b)))];
    }

    /// <summary>Days of the period in view.</summary>
    public IQueryable<SupervisionDayRow> Days(Scope scope, DateOnly from, DateOnly to)
    {
        var days = db.Set<SupervisionDayRow>().AsNoTracking().Where(day => day.Day >= from && day.Day <= to);
        if (scope.Offices is { } offices)
        {
            days = days.Where(day => offices.Contains(day.OfficeId));
        }

        return scope.Procedures is { } procedures ? days.Where(day => procedures.Contains(day.ProcedureCode)) : days;
    }

    private async Task<IEnumerable<(string, string, Counts)>> OpenAsync(Scope scope, CancellationToken cancellationToken)
    {
        var now = scope.At.Now;
        var (dayFrom, dayEnd) = (scope.At.NextDayFrom, scope.At.NextDayEnd);
        var rows = await db.Dossiers.AsNoTracking().Open().In(scope)
            .GroupBy(dossier => new { dossier.CompetentOfficeId, dossier.ProcedureCode })
            .Select(group => new
            {
                group.Key.CompetentOfficeId,
                group.Key.ProcedureCode,
                Open = group.Count(),
                Waiting = group.Sum(dossier => dossier.ReceivedAt == null ? 1 : 0),
                NoPromise = group.Sum(dossier => dossier.ReceivedAt != null && dossier.DueAt == null ? 1 : 0),
                Overdue = group.Sum(dossier => dossier.DueAt < (dossier.PausedFrom ?? now) ? 1 : 0),
                DueSoon = group.Sum(dossier => dossier.DueAt >= (dossier.PausedFrom ?? now) && dossier.SoonAt <= (dossier.PausedFrom ?? now) ? 1 : 0),
                Paused = group.Sum(dossier => dossier.PausedFrom != null ? 1 : 0),
                DueNextDay = group.Sum(dossier => dossier.PausedFrom == null && dossier.DueAt >= dayFrom && dossier.DueAt < dayEnd ? 1 : 0),
            })
            .ToListAsync(cancellationToken);
        return rows.Select(row => (row.CompetentOfficeId, row.ProcedureCode, new Counts
        {
            Open = row.Open,
            Waiting = row.Waiting,
            NoPromise = row.NoPromise,
            Overdue = row.Overdue,
            DueSoon = row.DueSoon,
            InTime = row.Open - row.Waiting - row.NoPromise - row.Overdue - row.DueSoon,
            Paused = row.Paused,
            DueNextDay = row.DueNextDay,
        }));
    }

    private async Task<IEnumerable<(string Office, string Procedure, Counts Counts)>> DaysAsync(Scope scope, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var rows = await Days(scope, from, to)
            .GroupBy(day => new { day.OfficeId, day.ProcedureCode })
            .Select(group => new
            {
                group.Key.OfficeId,
                group.Key.ProcedureCode,
                Received = group.Sum(day => day.Received),
                Early = group.Sum(day => day.FinishedEarly),
                OnTime = group.Sum(day => day.FinishedOnTime),
                Late = group.Sum(day => day.FinishedLate),
                NoPromise = group.Sum(day => day.FinishedNoPromise),
                Returned = group.Sum(day => day.Returned),
            })
            .ToListAsync(cancellationToken);
        return rows.Select(row => (row.OfficeId, row.ProcedureCode, new Counts
        {
            Received = row.Received,
            FinishedEarly = row.Early,
            FinishedOnTime = row.OnTime,
            FinishedLate = row.Late,
            FinishedNoPromise = row.NoPromise,
            Returned = row.Returned,
        }));
    }
}
