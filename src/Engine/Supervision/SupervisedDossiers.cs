using System.Globalization;
using System.Linq.Expressions;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>The numbers of the board, each of which is also a list.</summary>
public enum DossierGroup
{
    Open,

    /// <summary>Handed in, not received yet: no clock runs.</summary>
    Waiting,
    InTime,
    DueSoon,
    Overdue,
    NoPromise,

    /// <summary>The clock stands still; counted in its band as well.</summary>
    Paused,

    /// <summary>The promise ends on the next working day.</summary>
    DueNextDay,
    Received,
    Returned,
    FinishedEarly,
    FinishedOnTime,
    FinishedLate,
    FinishedNoPromise,
}

/// <summary>What each number counts, in the words the indexes understand. <see cref="BoardCounts"/> counts by the same conditions; a test compares both.</summary>
internal static class SupervisedDossiers
{
    private static readonly DateTimeOffset Never = TaskRow.Never;

    public static IQueryable<Dossier> In(this IQueryable<Dossier> dossiers, Scope scope)
    {
        if (scope.Offices is { } offices)
        {
            dossiers = dossiers.Where(dossier => offices.Contains(dossier.CompetentOfficeId));
        }

        return scope.Procedures is { } procedures ? dossiers.Where(dossier => procedures.Contains(dossier.ProcedureCode)) : dossiers;
    }

    public static IQueryable<Dossier> Of(this IQueryable<Dossier> dossiers, DossierGroup group, Moment at)
    {
        var now = at.Now;
        var (from, end) = (at.PeriodFrom, at.PeriodEnd);
        var (dayFrom, dayEnd) = (at.NextDayFrom, at.NextDayEnd);
        return group switch
        {
            DossierGroup.Open => dossiers.Open(),
            DossierGroup.Waiting => dossiers.Open().Where(dossier => dossier.ReceivedAt == null),
            DossierGroup.NoPromise => dossiers.Open().Where(dossier => dossier.ReceivedAt != null && dossier.DueAt == null),
            DossierGroup.Overdue => dossiers.Open().Where(dossier => dossier.DueAt < (dossier.PausedFrom ?? now)),
            DossierGroup.DueSoon => dossiers.Open().Where(dossier => dossier.DueAt >= (dossier.PausedFrom ?? now) && dossier.SoonAt <= (dossier.PausedFrom ?? now)),
            DossierGroup.InTime => dossiers.Open().Where(dossier => dossier.DueAt >= (dossier.PausedFrom ?? now) && (dossier.SoonAt == null || dossier.SoonAt > (dossier.PausedFrom ?? now))),
            DossierGroup.Paused => dossiers.Open().Where(dossier => dossier.PausedFrom != null),
            DossierGroup.DueNextDay => dossiers.Open().Where(dossier => dossier.PausedFrom == null && dossier.DueAt >= dayFrom && dossier.DueAt < dayEnd),
            DossierGroup.Received => dossiers.Where(dossier => dossier.ReceivedAt != null && dossier.ReceivedAt >= from && dossier.ReceivedAt < end),
            DossierGroup.Returned => dossiers.Where(dossier => dossier.ReturnedAt != null && dossier.ReturnedAt >= from && dossier.ReturnedAt < end),
            _ => dossiers.Finished(BandOf(group), from, end),
        };
    }

    /// <summary>What a list is ordered by: open ones by their promise, others by when it happened.</summary>
    public static Expression<Func<Dossier, DateTimeOffset?>> KeyOf(DossierGroup group) => group switch
    {
        DossierGroup.Received => dossier => dossier.ReceivedAt,
        DossierGroup.Returned => dossier => dossier.ReturnedAt,
        >= DossierGroup.FinishedEarly => dossier => dossier.FinishedAt,
        _ => dossier => dossier.DueAt ?? Never,
    };

    public static DateTimeOffset KeyOf(DossierGroup group, SupervisedDossier row) => group switch
    {
        DossierGroup.Received => row.ReceivedAt ?? Never,
        DossierGroup.Returned => row.ReturnedAt ?? Never,
        >= DossierGroup.FinishedEarly => row.FinishedAt ?? Never,
        _ => row.DueAt ?? Never,
    };

    /// <summary>Rows after the last one shown.</summary>
    public static IQueryable<Dossier> After(this IQueryable<Dossier> dossiers, Expression<Func<Dossier, DateTimeOffset?>> key, string[]? keys)
    {
        if (keys is not [var at, var id])
        {
            return dossiers;
        }

        var (last, lastId) = (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), Guid.Parse(id));
        Expression<Func<DateTimeOffset?>> value = () => last;
        Expression<Func<Dossier, bool>> beyond = dossier => dossier.Id.CompareTo(lastId) > 0;
        var sameRow = new Replace(beyond.Parameters[0], key.Parameters[0]).Visit(beyond.Body);
        var later = Expression.OrElse(
            Expression.GreaterThan(key.Body, value.Body),
            Expression.AndAlso(Expression.Equal(key.Body, value.Body), sameRow));
        return dossiers.Where(Expression.Lambda<Func<Dossier, bool>>(later, key.Parameters));
    }

    private static IQueryable<Dossier> Finished(this IQueryable<Dossier> dossiers, Band band, DateTimeOffset from, DateTimeOffset end) =>
        dossiers.Where(dossier => dossier.FinishedAt != null && dossier.FinishedAt >= from && dossier.FinishedAt < end && dossier.FinishedBand == band);

    private static Band BandOf(DossierGroup group) => group switch
    {
        DossierGroup.FinishedEarly => Band.FinishedEarly,
        DossierGroup.FinishedOnTime => Band.FinishedOnTime,
        DossierGroup.FinishedLate => Band.FinishedLate,
        _ => Band.NoPromise,
    };

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
