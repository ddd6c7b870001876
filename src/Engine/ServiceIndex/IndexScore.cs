using PublicService.Engine.Directories;

namespace PublicService.Engine.ServiceIndex;

/// <summary>What can be said of an item.</summary>
public enum MeasureState
{
    Measured,

    /// <summary>There was nothing to count in the period.</summary>
    NoData,

    /// <summary>A figure is shown, but it is not the whole truth or cannot be turned into points; it is not counted.</summary>
    Partial,

    /// <summary>The data are not in this system; not counted.</summary>
    NotMeasured,
}

/// <param name="Percent">The value of the item, with every factor of its formula; null when there is none.</param>
/// <param name="Points">Null when the item is not counted.</param>
/// <param name="Gap">Points that are missing; what is largest is worth most.</param>
public sealed record IndexMeasure(
    string Id, string Group, string Name, string Formula, MeasureState State, long? Numerator, long? Denominator, decimal? Percent,
    decimal MaxPoints, bool MaxPointsVerified, decimal FullPointsAtPercent, bool FullPointsVerified, decimal? Points, decimal? Gap, string? Note, bool HasDossiers);

/// <summary>The measured part of the index.</summary>
/// <param name="Points">Sum over the items that are counted.</param>
/// <param name="MeasurableMax">What those items could give; the rest up to 100 is not known, and is neither counted nor given away.</param>
/// <param name="AssumedMax">Part of <paramref name="MeasurableMax"/> whose split inside the group is our assumption.</param>
public sealed record IndexTotal(decimal Points, decimal MeasurableMax, decimal AssumedMax, decimal NotCountedMax, decimal? PercentOfMeasurable);

/// <summary>Turns counts into items and points. Pure.</summary>
internal static class IndexScore
{
    /// <param name="counts">As counted, several rows of one procedure allowed.</param>
    /// <param name="own">The procedures the offices decide.</param>
    /// <param name="returning">Codes of procedures that give a paper.</param>
    public static IReadOnlyList<IndexMeasure> Of(
        IndexCatalogue catalogue, IReadOnlyList<IndexCounts> counts, IReadOnlyList<Procedure> own, IReadOnlyCollection<string> returning)
    {
        var online = own.Where(procedure => procedure.OnlineLevel is "toan_trinh" or "mot_phan").Select(procedure => procedure.Code).ToHashSet();
        var charging = own.Where(procedure => procedure.Fees.Any(fee => fee.Amount is null or > 0)).Select(procedure => procedure.Code).ToHashSet();
        long received = counts.Sum(row => row.Received);
        long inHand = counts.Sum(row => row.InHand);
        long late = counts.Sum(row => row.Late);
        var syncRatio = received == 0 ? 0 : (decimal)counts.Sum(row => row.Synced) / received;
        return [.. catalogue.Items.Select(item => item.Id switch
        {
            "1.4" => Ratio(item, counts.Sum(row => row.Synced), received),
            "2.1" => Ratio(item, inHand - late, inHand),
            "2.2" => Average(item, counts.Sum(row => row.UsedMinutes), counts.Sum(row => row.Finished)),
            "3.1" => Ratio(item, online.Count, own.Count, hasDossiers: false),
            "3.2" => Ratio(item, Procedures(online, row => row.Online), online.Count, hasDossiers: false),
            "3.3" => Ratio(item, counts.Sum(row => returning.Contains(row.Procedure) ? row.OnlineWithResult : row.Online), received, syncRatio),
            "3.5a" => Ratio(item, Procedures(charging, row => row.FeeSynced), charging.Count, hasDossiers: false),
            "3.5b" => Ratio(item, Procedures(charging, row => row.PaidOnline), charging.Count, hasDossiers: false),
            "3.6" => Ratio(item, counts.Sum(row => row.PaidOnline), counts.Sum(row => row.WithFee)),
            "4.1" => Ratio(item, Returning(row => row.FinishedWithResult), Returning(row => row.Finished)),
            "4.2" => Ratio(item, counts.Sum(row => row.Complete), received),
            "4.3" => Ratio(item, counts.Sum(row => row.Digitised), received),
            "4.4" => Ratio(item, counts.Sum(row => row.ResultSynced), received),
            "4.5a" => Ratio(item, counts.Where(row => row.Verified > 0).Select(row => row.Procedure).Distinct().Count(), counts.Where(row => row.Received > 0).Select(row => row.Procedure).Distinct().Count(), hasDossiers: false),
            "4.5b" => Ratio(item, counts.Sum(row => row.Verified), received),
            "5.4" => Satisfaction(item, late, inHand, counts.Sum(row => row.Disliked), received),
            _ => NotMeasured(item),
        })];

        long Procedures(HashSet<string> among, Func<IndexCounts, int> count) =>
            counts.Where(row => count(row) > 0 && among.Contains(row.Procedure)).Select(row => row.Procedure).Distinct().Count();
        long Returning(Func<IndexCounts, int> count) => counts.Where(row => returning.Contains(row.Procedure)).Sum(row => (long)count(row));
    }

    public static IndexTotal Total(IReadOnlyList<IndexMeasure> measures)
    {
        var counted = measures.Where(measure => measure.State is MeasureState.Measured).ToList();
        var (points, max) = (counted.Sum(measure => measure.Points!.Value), counted.Sum(measure => measure.MaxPoints));
        return new(
            points,
            max,
            counted.Where(measure => !measure.MaxPointsVerified).Sum(measure => measure.MaxPoints),
            measures.Sum(measure => measure.MaxPoints) - max,
            max == 0 ? null : decimal.Round(100 * points / max, 2));
    }

    private static IndexMeasure Ratio(IndexItem item, long numerator, long denominator, decimal factor = 1, bool hasDossiers = true)
    {
        if (item.NotMeasured is not null)
        {
            return NotMeasured(item);
        }

        if (denominator == 0)
        {
            return Shown(item, MeasureState.NoData, 0, 0, null, "Không có hồ sơ hoặc thủ tục để tính trong kỳ.", hasDossiers);
        }

        var percent = decimal.Round(100 * factor * numerator / denominator, 2);
        var points = decimal.Round(item.MaxPoints * Math.Min(1, percent / item.FullPointsAtPercent), 2);
        return Shown(item, MeasureState.Measured, numerator, denominator, percent, item.Assumption, hasDossiers) with { Points = points, Gap = item.MaxPoints - points };
    }

    private static IndexMeasure Average(IndexItem item, long minutes, long finished) => finished == 0
        ? NotMeasured(item)
        : Shown(item, MeasureState.Partial, minutes, finished, null, $"Trung bình {decimal.Round((decimal)minutes / finished / 480, 2)} ngày làm việc. {item.NotMeasured}", false);

    private static IndexMeasure Satisfaction(IndexItem item, long late, long inHand, long disliked, long received) => inHand == 0
        ? NotMeasured(item)
        : Shown(
            item, MeasureState.Partial, null, null,
            decimal.Round(Math.Max(0, 100 - (100m * late / inHand) - (received == 0 ? 0 : 100m * disliked / received)), 2), item.NotMeasured, false);

    private static IndexMeasure NotMeasured(IndexItem item) => Shown(item, MeasureState.NotMeasured, null, null, null, item.NotMeasured, false);

    private static IndexMeasure Shown(IndexItem item, MeasureState state, long? numerator, long? denominator, decimal? percent, string? note, bool hasDossiers) => new(
        item.Id, item.Group, item.Name, item.Formula, state, numerator, denominator, percent,
        item.MaxPoints, item.MaxPointsVerified, item.FullPointsAtPercent, item.FullPointsVerified, null, null, note, hasDossiers);
}
