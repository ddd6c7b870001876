using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>
/// Where a dossier counts in <see cref="SupervisionDayRow"/>, as a function of what it is now. A click takes away what counted before and adds
/// what counts after, so that a result taken back or a dossier sent to another office is right as well.
/// </summary>
internal readonly record struct DayCounts(string? OfficeId, string? ReceivingOfficeId, string? ProcedureCode, DateOnly? Received, DateOnly? Finished, Band? FinishedBand, DateOnly? Returned)
{
    private bool IsNothing => Received is null && Finished is null && Returned is null;

    public static DayCounts Of(Dossier dossier) => new(
        dossier.CompetentOfficeId,
        dossier.ReceivingOfficeId,
        dossier.ProcedureCode,
        DateOf(dossier.ReceivedAt),
        DateOf(dossier.FinishedAt),
        dossier.FinishedBand,
        DateOf(dossier.ReturnedAt));

    public static void Write(Changes changes, DayCounts before, DayCounts after)
    {
        if (before != after && !(before.IsNothing && after.IsNothing))
        {
            Write(changes, [(before, after)]);
        }
    }

    /// <summary>The same for many dossiers at once: one statement for each day and office, not for each dossier.</summary>
    public static void Write(Changes changes, IEnumerable<(DayCounts Before, DayCounts After)> moved)
    {
        // In one order everywhere: two clicks that meet on the same days must not wait for each other.
        var days = moved.SelectMany(one => one.Before.Days(-1).Concat(one.After.Days(1))).GroupBy(day => day.Key)
            .OrderBy(day => day.Key.Date).ThenBy(day => day.Key.Office, StringComparer.Ordinal)
            .ThenBy(day => day.Key.Receiving, StringComparer.Ordinal).ThenBy(day => day.Key.Procedure, StringComparer.Ordinal);
        foreach (var day in days)
        {
            var sum = day.Aggregate((a, b) => a.And(b));
            if (!sum.IsZero)
            {
                Add(changes, sum);
            }
        }
    }

    private static void Add(Changes changes, Day day) => changes.Execute($"""
        insert into supervision_days (day, office_id, receiving_office_id, procedure_code, received, finished_early, finished_on_time, finished_late, finished_no_promise, returned)
        values ({day.Key.Date}, {day.Key.Office}, {day.Key.Receiving}, {day.Key.Procedure}, {day.Received}, {day.Early}, {day.OnTime}, {day.Late}, {day.NoPromise}, {day.Returned})
        on conflict (day, office_id, receiving_office_id, procedure_code) do update set
            received = supervision_days.received + excluded.received,
            finished_early = supervision_days.finished_early + excluded.finished_early,
            finished_on_time = supervision_days.finished_on_time + excluded.finished_on_time,
            finished_late = supervision_days.finished_late + excluded.finished_late,
            finished_no_promise = supervision_days.finished_no_promise + excluded.finished_no_promise,
            returned = supervision_days.returned + excluded.returned
        """);

    private IEnumerable<Day> Days(int sign)
    {
        if (OfficeId is not { } office || ReceivingOfficeId is not { } receiving || ProcedureCode is not { } procedure)
        {
            yield break;
        }

        if (Received is { } received)
        {
            yield return new((received, office, receiving, procedure)) { Received = sign };
        }

        if (Finished is { } finished)
        {
            yield return FinishedBand switch
            {
                Band.FinishedEarly => new((finished, office, receiving, procedure)) { Early = sign },
                Band.FinishedOnTime => new((finished, office, receiving, procedure)) { OnTime = sign },
                Band.FinishedLate => new((finished, office, receiving, procedure)) { Late = sign },
                _ => new((finished, office, receiving, procedure)) { NoPromise = sign },
            };
        }

        if (Returned is { } returned)
        {
            yield return new((returned, office, receiving, procedure)) { Returned = sign };
        }
    }

    private static DateOnly? DateOf(DateTimeOffset? instant) => instant is { } at ? VietnamTime.DateOf(at) : null;

    private readonly record struct Day((DateOnly Date, string Office, string Receiving, string Procedure) Key)
    {
        public int Received { get; init; }

        public int Early { get; init; }

        public int OnTime { get; init; }

        public int Late { get; init; }

        public int NoPromise { get; init; }

        public int Returned { get; init; }

        public bool IsZero => this == new Day(Key);

        public Day And(Day other) => this with
        {
            Received = Received + other.Received,
            Early = Early + other.Early,
            OnTime = OnTime + other.OnTime,
            Late = Late + other.Late,
            NoPromise = NoPromise + other.NoPromise,
            Returned = Returned + other.Returned,
        };
    }
}
