using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.NationalPortal;

/// <summary>
/// Asks the national portal (TraCuuHoSo) for dossiers submitted in a span and lists where it says something else than the state it accepted.
/// Each page asks for up to 50 dossiers; following the cursor asks for all. Refuses with PORTAL_NOT_CONFIGURED, PORTAL_UNAVAILABLE.
/// </summary>
public static class ListDifferences
{
    private const string List = "national-portal-differences";
    private const int MostAtOnce = 50;

    private static readonly string[] Compared = ["TrangThaiHoSo", "MaTTHC", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra"];

    public sealed record Query(DateOnly? From, DateOnly? To, string? Office, string? Cursor) : IRequest<Reply>;

    public sealed record Difference(Guid DossierId, string Code, string Field, string? Ours, string? Portal);

    /// <param name="Asked">Dossiers the portal was asked for.</param>
    public sealed record Reply(int Asked, IReadOnlyList<Difference> Differences, string? Next);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/national-portal/differences", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(ReportSight.Roles);

    internal sealed class Handler(EngineDb db, ReportSight sight, Cursors cursors, TimeProvider time, PortalLooks looks) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var (from, to) = PortalSpan.Of(request.From, request.To, time);
            var (first, end) = (PortalSpan.Start(from), PortalSpan.Start(to.AddDays(1)));
            var rows = db.Set<DossierFactsRow>().AsNoTracking().Where(facts => facts.SubmittedAt >= first && facts.SubmittedAt < end && facts.PortalTold > 0);
            if (sight.Offices(request.Office) is { } offices)
            {
                rows = rows.Where(facts => offices.Contains(facts.OfficeId));
            }

            rows = PortalOrder.After(rows, cursors.Read(List, request.Cursor, 2));
            var page = await rows.OrderBy(facts => facts.SubmittedAt).ThenBy(facts => facts.DossierId).Take(MostAtOnce + 1).ToListAsync(cancellationToken);
            var differences = new List<Difference>();
            foreach (var facts in page.Take(MostAtOnce))
            {
                differences.AddRange(await looks.CompareAsync(facts.DossierId, Compared, cancellationToken));
            }

            var keys = page.Count > MostAtOnce ? page[MostAtOnce - 1] : null;
            return new(
                Math.Min(page.Count, MostAtOnce),
                differences,
                keys is null ? null : cursors.Write(List, PortalOrder.KeyOf(keys.SubmittedAt, keys.DossierId)));
        }
    }
}

/// <summary>Asks the portal for one dossier and compares.</summary>
internal sealed class PortalLooks(PortalSubjects subjects, DossierMessage dossiers, PortalClient client, NationalPortalOptions options)
{
    public async Task<IReadOnlyList<ListDifferences.Difference>> CompareAsync(Guid id, string[] fields, CancellationToken cancellationToken)
    {
        if (!options.IsConfigured)
        {
            throw new RefusedException("PORTAL_NOT_CONFIGURED", "Chưa cấu hình kết nối Cổng Dịch vụ công quốc gia nên không thể đối chiếu.");
        }

        if (await subjects.FindAsync(id, cancellationToken) is not { } subject)
        {
            return [];
        }

        PortalAnswer answer;
        try
        {
            answer = await client.LookUpAsync(subject.Dossier.Code, cancellationToken);
        }
        catch (PortalUnavailableException)
        {
            throw new RefusedException("PORTAL_UNAVAILABLE", "Cổng Dịch vụ công quốc gia không trả lời; hãy thử lại sau.");
        }

        var known = Known(subject);
        var ours = known is null ? null : dossiers.Of(subject, known);
        var theirs = answer.Verdict is PortalVerdict.Accepted ? (answer.Result as System.Text.Json.Nodes.JsonArray)?.FirstOrDefault() ?? answer.Result : null;
        return ours is null && theirs is null ? []
            : ours is null || theirs is null ? [new(id, subject.Dossier.Code, "MaHoSo", ours is null ? null : subject.Dossier.Code, theirs?["MaHoSo"]?.ToString())]
            : [.. from field in fields
                  let mine = ours[field]?.ToString()
                  let other = theirs[field]?.ToString()
                  where mine != other
                  select new ListDifferences.Difference(id, subject.Dossier.Code, field, mine, other)];
    }

    /// <summary>The last line of the dossier that the portal has accepted.</summary>
    private static LedgerEntry? Known(PortalSubject subject) => subject.Facts.PortalStatus is null ? null
        : subject.Ledger.LastOrDefault(line => line.Sequence <= subject.Facts.PortalKnown && line.Act.News().HasFlag(PortalNews.Dossier));
}
