using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.ServiceIndex;

/// <summary>What the database counts of one procedure in one period. "Received" is always within the period.</summary>
internal sealed record IndexCounts
{
    public required string Procedure { get; init; }

    public int Received { get; init; }

    public int Synced { get; init; }

    public int Online { get; init; }

    public int OnlineWithResult { get; init; }

    public int WithFee { get; init; }

    public int FeeSynced { get; init; }

    public int PaidOnline { get; init; }

    public int Finished { get; init; }

    public int FinishedWithResult { get; init; }

    public int Complete { get; init; }

    public int Digitised { get; init; }

    public int ResultSynced { get; init; }

    public int Verified { get; init; }

    public int Disliked { get; init; }

    public long UsedMinutes { get; init; }

    /// <summary>Received before the end of the period and not finished before its beginning, by this part of the counting.</summary>
    public int InHand { get; init; }

    public int Late { get; init; }

    /// <summary>Counts a period: dossiers received in it, and older ones that were still in hand when it began.</summary>
    public static async Task<IReadOnlyList<IndexCounts>> ReadAsync(
        EngineDb db, IReadOnlyList<string>? offices, IndexPeriod period, CancellationToken cancellationToken)
    {
        var (start, end) = (period.Start, period.End);
        var rows = db.Set<DossierFactsRow>().AsNoTracking();
        if (offices is not null)
        {
            rows = rows.Where(facts => offices.Contains(facts.OfficeId));
        }

        // Three parts without overlap, each along an index of its own.
        return
        [
            .. await ReceivedAsync(rows.Where(facts => facts.ReceivedAt >= start && facts.ReceivedAt < end), period.At, cancellationToken),
            .. await InHandAsync(rows.Where(facts => facts.FinishedAt >= start && facts.ReceivedAt < start), period.At, cancellationToken),
            .. await InHandAsync(rows.Where(facts => facts.FinishedAt == null && facts.ReceivedAt != null && facts.ReceivedAt < start), period.At, cancellationToken),
        ];
    }

    // Late is spelled out in both: a query cannot call a method (see IndexConditions).
    private static Task<List<IndexCounts>> ReceivedAsync(IQueryable<DossierFactsRow> rows, DateTimeOffset at, CancellationToken cancellationToken) => rows
        .GroupBy(facts => facts.ProcedureCode).Select(group => new IndexCounts
        {
            Procedure = group.Key,
            Received = group.Count(),
            Synced = group.Count(facts => facts.PortalReceived),
            Online = group.Count(facts => facts.Channel == Channel.Online),
            OnlineWithResult = group.Count(facts => facts.Channel == Channel.Online && facts.Results > 0),
            WithFee = group.Count(facts => facts.Fee > 0),
            FeeSynced = group.Count(facts => facts.PortalFee > 0),
            PaidOnline = group.Count(facts => facts.Fee > 0 && facts.PaidOnline),
            Finished = group.Count(facts => facts.FinishedAt != null),
            FinishedWithResult = group.Count(facts => facts.FinishedAt != null && facts.Results > 0),
            Complete = group.Count(facts => facts.Papers > 0 && facts.Results > 0),
            Digitised = group.Count(facts => facts.Papers > 0),
            ResultSynced = group.Count(facts => facts.PortalResults > 0),
            Verified = group.Count(facts => facts.IdentityVerified),
            Disliked = group.Count(facts => facts.Disliked),
            UsedMinutes = group.Sum(facts => (long)(facts.UsedMinutes ?? 0)),
            InHand = group.Count(),
            Late = group.Count(facts => (facts.SecondSupplementAt != null && facts.SecondSupplementAt <= at)
                || (facts.IndexEndAt != null && facts.IndexEndAt <= at && facts.IndexEndAt > facts.DueAt)
                || ((facts.IndexEndAt == null || facts.IndexEndAt > at) && facts.DueAt < at)),
        }).ToListAsync(cancellationToken);

    private static Task<List<IndexCounts>> InHandAsync(IQueryable<DossierFactsRow> rows, DateTimeOffset at, CancellationToken cancellationToken) => rows
        .GroupBy(facts => facts.ProcedureCode).Select(group => new IndexCounts
        {
            Procedure = group.Key,
            InHand = group.Count(),
            Late = group.Count(facts => (facts.SecondSupplementAt != null && facts.SecondSupplementAt <= at)
                || (facts.IndexEndAt != null && facts.IndexEndAt <= at && facts.IndexEndAt > facts.DueAt)
                || ((facts.IndexEndAt == null || facts.IndexEndAt > at) && facts.DueAt < at)),
        }).ToListAsync(cancellationToken);
}
