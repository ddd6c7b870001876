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
/// Mends an imported row: the fields given take the place of what was delivered, the row is looked at again and waits for a decision.
/// What stood in the file is kept beside it. Refuses with IMPORT_ROW_APPLIED.
/// </summary>
public static class EditImportRow
{
    /// <param name="Entry">Fields of the catalogue's JSON, each as a whole.</param>
    public sealed record Body(JsonObject Entry, string Reason);

    public sealed record Command(Guid Id, int Number, Body Body) : IRequest<Reply>;

    public sealed record Reply(int Number, ImportRowState State, ImportComparison Comparison, IReadOnlyList<EntryFinding> Findings);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/procedure-imports/{id:guid}/rows/{number:int}", async (Guid id, int number, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, number, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Reason, "reason", 1000)
            .When(input.Body.Entry.Count == 0, "entry", "Chưa có trường nào được sửa.");
    }

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson person, OfficeDirectory offices, TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            person.MustLookAfterCatalogue(offices, null);
            var lines = db.Set<ProcedureImportLine>().AsNoTracking().Where(line => line.ImportId == request.Id);
            var line = await lines.Where(line => line.Number == request.Number).FindOrRefuseAsync("Dòng nhập", cancellationToken);
            if (line.Decision is ImportDecision.Applied)
            {
                throw new RefusedException("IMPORT_ROW_APPLIED", "Dòng này đã đưa vào danh mục; hãy sửa trong danh mục.");
            }

            var now = time.GetUtcNow();
            var entry = ImportReview.EntryOf(line);
            foreach (var (field, value) in request.Body.Entry)
            {
                entry[field] = value?.DeepClone();
            }

            var code = entry["code"].Text();
            var wordings = await db.Set<ProcedureRow>().AsNoTracking().Where(row => row.Code == code).ToListAsync(cancellationToken);
            var isTwice = await lines.AnyAsync(other => other.Code == code && other.Number != line.Number && other.Decision != ImportDecision.Rejected, cancellationToken);
            line.Take(entry, ImportReview.CurrentOf(wordings, VietnamTime.DateOf(now)), isTwice);
            (line.Decision, line.Refusal) = (ImportDecision.Pending, null);
            (line.EditedAt, line.EditedByName, line.EditReason) = (now, person.FullName, request.Body.Reason.Trim());
            await lane.CommitAsync(new Changes().Update(line), cancellationToken);
            return new(line.Number, line.State, line.Comparison, System.Text.Json.JsonSerializer.Deserialize<List<EntryFinding>>(line.Findings)!);
        }
    }
}
