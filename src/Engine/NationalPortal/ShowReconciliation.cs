using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.NationalPortal;

/// <summary>Reconciliation with the national portal: by day of submission (Viet Nam) and deciding office, how many dossiers it knows, refused or was never told.</summary>
public static class ShowReconciliation
{
    private const int LongestSpan = 366;

    /// <param name="From">First day of submission; the first of this month when left out.</param>
    /// <param name="Office">This office and all beneath; all the caller may see when left out.</param>
    public sealed record Query(DateOnly? From, DateOnly? To, string? Office) : IRequest<Reply>;

    /// <param name="Dossiers">All of them: the sum of the six states.</param>
    /// <param name="Sent">The portal has accepted at least one state.</param>
    public sealed record Counts(long Dossiers, long Sent, long Accepted, long Rejected, long Held, long Dead, long Pending, long NeverSent);

    public sealed record Row(DateOnly Day, string OfficeId, string OfficeName, Counts Counts);

    public sealed record Reply(DateOnly From, DateOnly To, bool IsConfigured, Counts Total, IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/national-portal/reconciliation", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(ReportSight.Roles);

    public sealed class Validator : IInputRules<Query>
    {
        public void Check(Query input, InputErrors errors) => errors
            .When(input.From > input.To, "to", "Ngày cuối phải từ ngày đầu trở đi.")
            .When(input.From is { } from && input.To is { } to && to.DayNumber - from.DayNumber >= LongestSpan, "to", "Tối đa 366 ngày.");
    }

    /// <summary>A row as the database counts it.</summary>
    public sealed class Counted
    {
        public long Day { get; init; }

        public string Office { get; init; } = "";

        public long Dossiers { get; init; }

        public long Sent { get; init; }

        public long Accepted { get; init; }

        public long Rejected { get; init; }

        public long Held { get; init; }

        public long Dead { get; init; }

        public long NeverSent { get; init; }
    }

    internal sealed class Handler(EngineDb db, ReportSight sight, OfficeDirectory offices, NationalPortalOptions options, TimeProvider time)
        : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var (from, to) = PortalSpan.Of(request.From, request.To, time);
            var visible = sight.Offices(request.Office)?.ToHashSet();
            var counted = await CountAsync(PortalSpan.Start(from), PortalSpan.Start(to.AddDays(1)), cancellationToken);
            var rows = counted.Where(row => visible is null || visible.Contains(row.Office))
                .OrderBy(row => row.Day).ThenBy(row => row.Office, StringComparer.Ordinal)
                .Select(row => new Row(DayOf(row.Day), row.Office, offices.TryFind(row.Office)?.Name ?? row.Office, CountsOf([row]))).ToList();
            return new(from, to, options.IsConfigured, CountsOf([.. counted.Where(row => visible is null || visible.Contains(row.Office))]), rows);
        }

        // One pass over the narrow rows; the outbox is looked at only for those that neither went through nor were refused.
        private Task<List<Counted>> CountAsync(DateTimeOffset from, DateTimeOffset end, CancellationToken cancellationToken)
        {
            var (first, last, shift) = (from.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), (long)VietnamTime.Offset.TotalMilliseconds);
            return db.Database.SqlQuery<Counted>($"""
                select (f.submitted_at + {shift}) / 86400000 as "Day", f.office_id as "Office", count(*) as "Dossiers",
                    sum(case when f.portal_status is not null then 1 else 0 end) as "Sent",
                    sum(case when f.portal_told > 0 and f.portal_known >= f.portal_told then 1 else 0 end) as "Accepted",
                    sum(case when f.portal_told > 0 and f.portal_known < f.portal_told and f.portal_refused > f.portal_known and not f.portal_held then 1 else 0 end) as "Rejected",
                    sum(case when f.portal_told > 0 and f.portal_known < f.portal_told and f.portal_refused > f.portal_known and f.portal_held then 1 else 0 end) as "Held",
                    sum(case when f.portal_told > 0 and f.portal_known < f.portal_told and f.portal_refused <= f.portal_known
                        and exists (select 1 from outbox o where o.dossier_id = f.dossier_id and o.kind = {DossierFacts.PortalKind} and o.dead_at is not null and o.sent_at is null)
                        then 1 else 0 end) as "Dead",
                    sum(case when f.portal_told = 0 then 1 else 0 end) as "NeverSent"
                from dossier_facts f where f.submitted_at >= {first} and f.submitted_at < {last}
                group by 1, 2
                """).ToListAsync(cancellationToken);
        }

        private static DateOnly DayOf(long day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day);

        private static Counts CountsOf(IReadOnlyCollection<Counted> rows)
        {
            var (all, accepted, rejected, held, dead, never) = (
                rows.Sum(row => row.Dossiers), rows.Sum(row => row.Accepted), rows.Sum(row => row.Rejected), rows.Sum(row => row.Held), rows.Sum(row => row.Dead), rows.Sum(row => row.NeverSent));
            return new(all, rows.Sum(row => row.Sent), accepted, rejected, held, dead, all - accepted - rejected - held - dead - never, never);
        }
    }
}

/// <summary>The days of a report.</summary>
internal static class PortalSpan
{
    public static (DateOnly From, DateOnly To) Of(DateOnly? from, DateOnly? to, TimeProvider time)
    {
        var last = to ?? VietnamTime.DateOf(time.GetUtcNow());
        return (from ?? new DateOnly(last.Year, last.Month, 1), last);
    }

    public static DateTimeOffset Start(DateOnly day) => VietnamTime.At(day, TimeOnly.MinValue);
}
