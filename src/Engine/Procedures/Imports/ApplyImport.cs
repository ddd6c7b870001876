using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Procedures;

/// <summary>
/// Makes the accepted rows of an import wordings of the catalogue, in portions that each are one transaction. May be called again at
/// any time: what is applied stays applied, what was refused is tried again.
/// </summary>
public static class ApplyImport
{
    private const int Portion = 200;

    public sealed record Command(Guid Id) : IRequest<Reply>;

    /// <param name="Unchanged">Accepted, but the catalogue said the same meanwhile.</param>
    /// <param name="Refusals">Rows a rule kept out, e.g. WORDING_EXISTS or STEP_EXCEEDS_LIMIT; they stay accepted.</param>
    public sealed record Reply(int Applied, int Unchanged, IReadOnlyList<DecideImportRows.Refusal> Refusals);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/procedure-imports/{id:guid}/applications", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    internal sealed class Handler(EngineDb db, ProcedureCatalogue catalogue, CurrentPerson person, OfficeDirectory offices) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            person.MustLookAfterCatalogue(offices, null);
            var import = await db.Set<ProcedureImportRow>().AsNoTracking().Where(row => row.Id == request.Id).FindOrRefuseAsync("Lần nhập thủ tục", cancellationToken);
            var accepted = await db.Set<ProcedureImportLine>().Where(line => line.ImportId == import.Id && line.Decision == ImportDecision.Accepted)
                .OrderBy(line => line.Number).Select(line => new { line.Number, line.Code }).ToListAsync(cancellationToken);
            var (applied, unchanged, refusals) = (0, 0, new List<DecideImportRows.Refusal>());
            foreach (var portion in accepted.Chunk(Portion))
            {
                var numbers = portion.Select(line => line.Number).ToList();
                Outcome outcome = null!;
                await catalogue.ChangeAsync([.. portion.Select(line => line.Code).OfType<string>()], async work =>
                {
                    // Read within the attempt: another call may have applied some of them a moment ago.
                    var lines = await db.Set<ProcedureImportLine>().AsNoTracking()
                        .Where(line => line.ImportId == import.Id && numbers.Contains(line.Number) && line.Decision == ImportDecision.Accepted)
                        .OrderBy(line => line.Number).ToListAsync(cancellationToken);
                    outcome = new Outcome(work, import, person, offices.Root.Id);
                    lines.ForEach(outcome.Apply);
                }, cancellationToken);
                (applied, unchanged) = (applied + outcome.Applied, unchanged + outcome.Unchanged);
                refusals.AddRange(outcome.Refusals);
            }

            return new(applied, unchanged, refusals);
        }
    }

    /// <summary>What one attempt at one portion comes to.</summary>
    private sealed class Outcome(CatalogueWork work, ProcedureImportRow import, CurrentPerson person, string root)
    {
        public int Applied { get; private set; }

        public int Unchanged { get; private set; }

        public List<DecideImportRows.Refusal> Refusals { get; } = [];

        public void Apply(ProcedureImportLine line)
        {
            var before = work.Before(line.Code!, line.ValidFrom!.Value);
            var review = EntryReview.Of(ImportReview.EntryOf(line), before);
            if (review.Level is EntryLevel.Refusal)
            {
                Refuse(line, "IMPORT_ROW_REFUSED", "Dòng còn lỗi phải sửa trước khi nhận.");
                return;
            }

            if (before is not null && review.Differences.Count == 0)
            {
                Unchanged++;
                Done(line);
                return;
            }

            Mark(review, line.Verified);
            var row = ProcedureRow.From(review.Clean, line.ValidFrom.Value, before?.FormSchema, before?.DefinitionId);
            row.DefinitionVersionId = before?.DefinitionVersionId;
            if (!person.Holds(Role.BusinessAdmin, root, row.Field))
            {
                Refuse(line, "ROLE_REQUIRED", $"Cần quyền “{Role.Word(Role.BusinessAdmin)}” với lĩnh vực “{row.Field}”.");
            }
            else if (work.RefusalOf(row) is { } refusal)
            {
                Refuse(line, refusal.Code, refusal.Message);
            }
            else if (work.ExceedingSteps(row) is [var step, ..])
            {
                Refuse(line, step.Code, step.Message);
            }
            else
            {
                work.Add(row, person, $"Nhập từ {import.FileName}, dòng {line.Number}{(line.Reason is null ? "" : $": {line.Reason}")}");
                Applied++;
                Done(line);
            }
        }

        /// <summary>What the row changes was seen in a source by the reviewer, or by nobody.</summary>
        private static void Mark(EntryReview review, bool verified)
        {
            var flags = review.Clean["verified"] as JsonObject ?? [];
            foreach (var difference in review.Differences)
            {
                flags[difference.Field == "name_vi" ? "name" : difference.Field] = verified;
            }

            review.Clean["verified"] = flags.DeepClone();
        }

        private void Done(ProcedureImportLine line)
        {
            (line.Decision, line.AppliedAt, line.Refusal) = (ImportDecision.Applied, work.Now, null);
            work.Changes.Update(line);
        }

        private void Refuse(ProcedureImportLine line, string code, string sentence)
        {
            Refusals.Add(new(line.Number, code, sentence));
            line.Refusal = $"{code}: {sentence}";
            work.Changes.Update(line, nameof(ProcedureImportLine.Refusal));
        }
    }
}
