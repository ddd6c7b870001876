using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>Review list of an import in the order of the file: what was delivered, what was found, what differs from the wording in force, what was decided.</summary>
public static class ListImportRows
{
    private const string List = "procedure-import-rows";

    /// <param name="Finding">Only rows with this code, e.g. <c>LIMIT_UNIT_MISSING</c>.</param>
    public sealed record Query(
        Guid Id, ImportRowState? State, ImportComparison? Comparison, ImportDecision? Decision, string? Finding, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    /// <param name="Differences">Against the wording in force today.</param>
    /// <param name="Refusal">What kept the row out of the catalogue at the last attempt.</param>
    public sealed record Reply(
        int Number,
        string? Code,
        string? Name,
        ImportRowState State,
        ImportComparison Comparison,
        IReadOnlyList<EntryFinding> Findings,
        IReadOnlyList<EntryDifference> Differences,
        JsonNode Entry,
        JsonNode Raw,
        ImportDecision Decision,
        bool Verified,
        DateOnly? ValidFrom,
        DateTimeOffset? DecidedAt,
        string? DecidedBy,
        string? Reason,
        DateTimeOffset? EditedAt,
        string? EditedBy,
        string? EditReason,
        DateTimeOffset? AppliedAt,
        string? Refusal);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedure-imports/{id:guid}/rows", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.Supervisor);

    public sealed class Validator : IInputRules<Query>
    {
        public void Check(Query input, InputErrors errors) =>
            errors.When(input.Finding?.All(letter => char.IsAsciiLetterUpper(letter) || letter == '_') == false, "finding", "Phải là mã phát hiện, ví dụ LIMIT_UNIT_MISSING.");
    }

    internal sealed class Handler(EngineDb db, Cursors cursors, TimeProvider time) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            _ = await db.Set<ProcedureImportRow>().AsNoTracking().Where(row => row.Id == request.Id).FindOrRefuseAsync("Lần nhập thủ tục", cancellationToken);
            var list = $"{List} {request.Id}";
            var last = cursors.Read(list, request.Cursor, 1) is [var after] ? int.Parse(after, CultureInfo.InvariantCulture) : 0;
            var size = Cursors.Size(request.Size);
            var lines = await Filtered(request).Where(line => line.Number > last).OrderBy(line => line.Number).Take(size + 1).ToListAsync(cancellationToken);
            var codes = lines.Select(line => line.Code).Distinct().ToList();
            var wordings = (await db.Set<ProcedureRow>().AsNoTracking().Where(row => codes.Contains(row.Code)).ToListAsync(cancellationToken)).ToLookup(row => row.Code);
            var today = VietnamTime.DateOf(time.GetUtcNow());
            var page = cursors.Page(lines, size, list, line => [line.Number.ToString(CultureInfo.InvariantCulture)]);
            return new([.. page.Items.Select(line => ReplyOf(line, ImportReview.CurrentOf(wordings[line.Code ?? ""], today)))], page.Next);
        }

        private IQueryable<ProcedureImportLine> Filtered(Query request)
        {
            var lines = db.Set<ProcedureImportLine>().AsNoTracking().Where(line => line.ImportId == request.Id);
            lines = request.State is { } state ? lines.Where(line => line.State == state) : lines;
            lines = request.Comparison is { } comparison ? lines.Where(line => line.Comparison == comparison) : lines;
            lines = request.Decision is { } decision ? lines.Where(line => line.Decision == decision) : lines;
            var pattern = $"|{request.Finding}|";
            return request.Finding is null ? lines : lines.Where(line => line.FindingCodes.Contains(pattern));
        }

        private static Reply ReplyOf(ProcedureImportLine line, ProcedureRow? current) => new(
            line.Number,
            line.Code,
            line.Name,
            line.State,
            line.Comparison,
            JsonSerializer.Deserialize<List<EntryFinding>>(line.Findings)!,
            EntryReview.Of(ImportReview.EntryOf(line), current).Differences,
            ImportReview.EntryOf(line),
            JsonNode.Parse(line.Raw)!,
            line.Decision,
            line.Verified,
            line.ValidFrom,
            line.DecidedAt,
            line.DecidedByName,
            line.Reason,
            line.EditedAt,
            line.EditedByName,
            line.EditReason,
            line.AppliedAt,
            line.Refusal);
    }
}
