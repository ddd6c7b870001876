using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Accepts or rejects rows of an import, by number or all clean ones at once. A row with a refusal is mended first; a row that changes
/// nothing is not accepted. Saying the same twice changes nothing; nothing reaches the catalogue before the import is applied.
/// </summary>
public static class DecideImportRows
{
    /// <param name="Rows">Numbers of rows; or leave it out and set <paramref name="AllClean"/>.</param>
    /// <param name="AllClean">Every row without a finding that is still open and would change something.</param>
    /// <param name="ValidFrom">First day of the wordings; needed for accepting.</param>
    /// <param name="Verified">The reviewer has seen the values in a source; otherwise they stand as unverified.</param>
    public sealed record Body(bool Accept, IReadOnlyList<int>? Rows = null, bool AllClean = false, DateOnly? ValidFrom = null, bool Verified = false, string? Reason = null);

    public sealed record Command(Guid Id, Body Body) : IRequest<Reply>;

    public sealed record Refusal(int Number, string Code, string Sentence);

    /// <param name="Decided">Rows that are now as asked for, those that were before included.</param>
    public sealed record Reply(int Decided, IReadOnlyList<Refusal> Refusals);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/procedure-imports/{id:guid}/decisions", async (Guid id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .OptionalText(input.Body.Reason, "reason", 1000)
            .When(input.Body.AllClean == input.Body.Rows is { Count: > 0 }, "rows", "Chọn các dòng, hoặc allClean.")
            .When(input.Body is { AllClean: true, Accept: false }, "allClean", "Chỉ dùng để nhận các dòng sạch.")
            .When(input.Body is { Accept: true, ValidFrom: null }, "validFrom", "Bắt buộc nhập.")
            .When(input.Body is { Accept: false, Reason: null or "" }, "reason", "Từ chối phải có lý do.");
    }

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson person, OfficeDirectory offices, TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var body = request.Body;
            person.MustLookAfterCatalogue(offices, null);
            _ = await db.Set<ProcedureImportRow>().AsNoTracking().Where(row => row.Id == request.Id).FindOrRefuseAsync("Lần nhập thủ tục", cancellationToken);
            var all = db.Set<ProcedureImportLine>().AsNoTracking().Where(line => line.ImportId == request.Id);
            var lines = body.Rows is { } numbers
                ? await all.Where(line => numbers.Contains(line.Number)).OrderBy(line => line.Number).ToListAsync(cancellationToken)
                : await all.Where(line => line.State == ImportRowState.Clean && line.Comparison != ImportComparison.Unchanged && line.Decision == ImportDecision.Pending)
                    .OrderBy(line => line.Number).ToListAsync(cancellationToken);
            var (changes, now, decided) = (new Changes(), time.GetUtcNow(), 0);
            var refusals = (body.Rows ?? []).Except(lines.Select(line => line.Number)).Select(number => new Refusal(number, "NOT_FOUND", "Không có dòng này.")).ToList();
            foreach (var line in lines)
            {
                if (RefusalOf(line, body) is { } refusal)
                {
                    refusals.Add(refusal);
                    continue;
                }

                decided++;
                if (!IsAsAsked(line, body))
                {
                    Decide(line, body, now);
                    changes.Update(line);
                }
            }

            await lane.CommitAsync(changes, cancellationToken);
            return new(decided, refusals);
        }

        private static Refusal? RefusalOf(ProcedureImportLine line, Body body) => line switch
        {
            { Decision: ImportDecision.Applied } when !body.Accept => new(line.Number, "IMPORT_ROW_APPLIED", "Dòng này đã đưa vào danh mục."),
            { State: ImportRowState.Refused } when body.Accept => new(line.Number, "IMPORT_ROW_REFUSED", "Dòng còn lỗi phải sửa trước khi nhận."),
            { Comparison: ImportComparison.Unchanged } when body.Accept => new(line.Number, "IMPORT_ROW_UNCHANGED", "Dòng này không thay đổi gì."),
            _ => null,
        };

        private static bool IsAsAsked(ProcedureImportLine line, Body body) => body.Accept
            ? line.Decision is ImportDecision.Applied || (line.Decision is ImportDecision.Accepted && line.ValidFrom == body.ValidFrom && line.Verified == body.Verified && line.Refusal is null)
            : line.Decision is ImportDecision.Rejected;

        private void Decide(ProcedureImportLine line, Body body, DateTimeOffset now)
        {
            line.Decision = body.Accept ? ImportDecision.Accepted : ImportDecision.Rejected;
            (line.ValidFrom, line.Verified, line.Reason, line.Refusal) = (body.ValidFrom, body.Verified, body.Reason?.Trim(), null);
            (line.DecidedAt, line.DecidedBy, line.DecidedByName) = (now, person.Id, person.FullName);
        }
    }
}
