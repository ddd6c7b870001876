using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Printing;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Forms;

/// <summary>
/// Sổ theo dõi hồ sơ (form 07) of an office: dossiers handed in there in a period (days in Viet Nam, both included), in the order of their
/// coming. A long period comes in parts of 500; the header <c>Link</c> leads to the next. HTML or PDF like every form.
/// </summary>
public static class PrintRegister
{
    private const string List = "register";
    private const int PartSize = 500;
    private const int LongestDays = 366;

    public sealed record Query(string OfficeId, DateOnly From, DateOnly To, string? Cursor) : IRequest<Reply>;

    public sealed record Reply(string Html, string? Next);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/offices/{id}/register", async (
            string id, DateOnly from, DateOnly to, string? cursor, string? format, HttpResponse response, PrintedAnswer answer, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Query(id, from, to, cursor), cancellationToken);
            if (reply.Next is not null)
            {
                response.Headers.Link = $"<{reply.Next}>; rel=\"next\"";
            }

            return await answer.OfAsync(reply.Html, string.Create(CultureInfo.InvariantCulture, $"so-theo-doi-{id}-{from:yyyyMMdd}-{to:yyyyMMdd}"), cancellationToken);
        })
        .Produces<string>(StatusCodes.Status200OK, "text/html", "application/pdf")
        .RequireSignIn();

    public sealed class Validator : IInputRules<Query>
    {
        public void Check(Query input, InputErrors errors) => errors
            .When(input.To < input.From, "to", "Ngày cuối không được trước ngày đầu.")
            .When(input.To.DayNumber - input.From.DayNumber > LongestDays, "to", "Sổ in cho nhiều nhất một năm.");
    }

    internal sealed class Handler(EngineDb db, DossierSight sight, FormContents contents, OfficeDirectory offices, RegisterPaper paper) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var office = offices.TryFind(request.OfficeId).FindOrRefuse("Đơn vị");
            if (sight.Offices() is { } own && !own.Contains(office.Id))
            {
                throw Problems.OfficeRequired(office.Name);
            }

            var (first, end) = (VietnamTime.At(request.From, TimeOnly.MinValue), VietnamTime.At(request.To.AddDays(1), TimeOnly.MinValue));
            var rows = db.Dossiers.AsNoTracking().Where(dossier => dossier.ReceivingOfficeId == office.Id && dossier.SubmittedAt >= first && dossier.SubmittedAt < end);
            var (after, ordinal) = paper.Read(ListOf(request), request.Cursor);
            if (after is (var at, var id))
            {
                rows = rows.Where(dossier => dossier.SubmittedAt >= at && (dossier.SubmittedAt > at || dossier.Id.CompareTo(id) > 0));
            }

            var dossiers = await rows.OrderBy(dossier => dossier.SubmittedAt).ThenBy(dossier => dossier.Id).Take(PartSize + 1).ToListAsync(cancellationToken);
            var part = dossiers.Take(PartSize).ToList();
            var cursor = dossiers.Count > PartSize ? paper.Write(ListOf(request), part[^1], ordinal + PartSize) : null;
            var next = cursor is null ? null : string.Create(
                CultureInfo.InvariantCulture, $"/api/v1/offices/{Uri.EscapeDataString(office.Id)}/register?from={request.From:yyyy-MM-dd}&to={request.To:yyyy-MM-dd}&cursor={Uri.EscapeDataString(cursor)}");
            var lines = part.Select((dossier, index) => LineOf(dossier, ordinal + index + 1)).ToList();
            return new(await paper.PrintAsync(contents.HeadOfDesk(office), request.From, request.To, lines, next), next);
        }

        private RegisterLine LineOf(Dossier dossier, int ordinal) => new(
            ordinal,
            dossier.Code,
            contents.NameOf(dossier),
            dossier.ApplicantName,
            string.Join(", ", new[] { dossier.ApplicantAddress, dossier.ApplicantPhone }.OfType<string>()),
            offices.TryFind(dossier.CompetentOfficeId)?.Name ?? dossier.CompetentOfficeId,
            dossier.ReceivedAt,
            dossier.DueAt,
            dossier.ReturnedAt,
            FormContents.ReturnWord(dossier.ReturnMethod ?? dossier.WantedReturn, null),
            dossier.ReturnedTo,
            dossier.BusinessStatus.Word());

        private static string ListOf(Query request) => string.Create(CultureInfo.InvariantCulture, $"{List} {request.OfficeId} {request.From:O} {request.To:O}");
    }
}

/// <summary>Cursor and page of the register.</summary>
internal sealed class RegisterPaper(Cursors cursors, PagePrinter pages, TimeProvider time)
{
    /// <summary>Where the last part ended, and how many dossiers were before.</summary>
    public ((DateTimeOffset At, Guid Id)? After, int Ordinal) Read(string list, string? cursor) => cursors.Read(list, cursor, 3) is [var at, var id, var ordinal]
        ? ((DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), Guid.Parse(id)), int.Parse(ordinal, CultureInfo.InvariantCulture))
        : (null, 0);

    public string Write(string list, Dossier last, int ordinal) => cursors.Write(
        list, last.SubmittedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), last.Id.ToString(), ordinal.ToString(CultureInfo.InvariantCulture));

    public Task<string> PrintAsync(Letterhead head, DateOnly from, DateOnly to, IReadOnlyList<RegisterLine> lines, string? next) =>
        pages.PrintAsync(new PrintedRegister(head, from, to, time.GetUtcNow(), lines, next));
}
