using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Procedures;

/// <summary>
/// A change of the catalogue in the making. Wordings of one procedure never overlap; a dossier keeps the wording it was handed in
/// under, so a wording that has dossiers is never rewritten.
/// </summary>
internal sealed class CatalogueWork(EngineDb db, IEnumerable<ProcedureRow> stored, DefinitionCache definitions, DateTimeOffset now)
{
    private readonly Dictionary<string, List<ProcedureRow>> wordings = stored.GroupBy(row => row.Code)
        .ToDictionary(group => group.Key, group => group.OrderBy(row => row.ValidFrom).ToList(), StringComparer.Ordinal);

    public Changes Changes { get; } = new();

    public bool TouchesCatalogue { get; private set; }

    public DateTimeOffset Now => now;

    /// <summary>Wordings of a procedure, oldest first, this change included.</summary>
    public IReadOnlyList<ProcedureRow> Wordings(string code) => wordings.GetValueOrDefault(code) ?? [];

    public ProcedureRow? On(string code, DateOnly date) => wordings.GetValueOrDefault(code)?.FindLast(row => row.IsValidOn(date));

    /// <summary>The wording a new one of this day grows out of: the one in force, else the last before, else the first after.</summary>
    public ProcedureRow? Before(string code, DateOnly date) =>
        On(code, date) ?? wordings.GetValueOrDefault(code)?.FindLast(row => row.ValidFrom <= date) ?? (Wordings(code) is [var first, ..] ? first : null);

    /// <summary>Why a wording cannot be added: WORDING_EXISTS or WORDING_OVERLAPS; null when it can.</summary>
    public RefusedException? RefusalOf(ProcedureRow row)
    {
        var own = Wordings(row.Code);
        if (own.Any(one => one.ValidFrom == row.ValidFrom))
        {
            return new("WORDING_EXISTS", $"Thủ tục “{row.Code}” đã có nội dung hiệu lực từ {row.ValidFrom:dd/MM/yyyy}; hãy sửa nội dung đó hoặc chọn ngày khác.");
        }

        return own.FirstOrDefault(one => one.ValidFrom > row.ValidFrom && (row.ValidTo is null || one.ValidFrom <= row.ValidTo)) is { } later
            ? new("WORDING_OVERLAPS", $"Thủ tục “{row.Code}” đã có nội dung hiệu lực từ {later.ValidFrom:dd/MM/yyyy}; nội dung mới phải hết hiệu lực trước ngày đó.")
            : null;
    }

    /// <summary>A new wording; the one in force on its first day ends the day before.</summary>
    /// <exception cref="RefusedException">What <see cref="RefusalOf"/> says.</exception>
    public void Add(ProcedureRow row, CurrentPerson person, string reason)
    {
        if (RefusalOf(row) is { } refusal)
        {
            throw refusal;
        }

        var own = wordings.TryGetValue(row.Code, out var known) ? known : wordings[row.Code] = [];
        var before = Before(row.Code, row.ValidFrom);
        if (On(row.Code, row.ValidFrom) is { } previous)
        {
            previous.ValidTo = row.ValidFrom.AddDays(-1);
            Changes.Update(previous, nameof(ProcedureRow.ValidTo));
        }

        own.Add(row);
        own.Sort((left, right) => left.ValidFrom.CompareTo(right.ValidFrom));
        Changes.Insert(row);
        Note(row, ProcedureChangeKind.Added, person, reason, Compare(before, row));
    }

    /// <summary>Rewrites a wording nobody has used yet.</summary>
    /// <exception cref="RefusedException">WORDING_IN_USE.</exception>
    public async Task CorrectAsync(ProcedureRow before, ProcedureRow after, CurrentPerson person, string reason, CancellationToken cancellationToken)
    {
        if (await db.Dossiers.AnyAsync(dossier => dossier.ProcedureCode == before.Code && dossier.ProcedureValidFrom == before.ValidFrom, cancellationToken))
        {
            throw new RefusedException("WORDING_IN_USE", $"Đã có hồ sơ tiếp nhận theo nội dung hiệu lực từ {before.ValidFrom:dd/MM/yyyy}; hãy ban hành nội dung mới thay vì sửa.");
        }

        (after.ValidTo, after.ReplacedBy) = (before.ValidTo, before.ReplacedBy);
        // A dossier may be handed in between the question above and this statement; then the change is made again and refused.
        Changes.Execute(
            $"update procedures set replaced_by = replaced_by where code = {before.Code} and valid_from = {before.ValidFrom} and not exists (select 1 from dossiers where procedure_code = {before.Code} and procedure_valid_from = {before.ValidFrom})",
            rows: 1);
        Changes.Update(after);
        Note(after, ProcedureChangeKind.Corrected, person, reason, Compare(before, after));
    }

    /// <summary>Ends a procedure; dossiers handed in before keep their wording.</summary>
    /// <exception cref="RefusedException">ENDS_BEFORE_START, PROCEDURE_ENDED, REPLACEMENT_UNKNOWN.</exception>
    public void End(string code, DateOnly lastDay, string? replacedBy, CurrentPerson person, string reason)
    {
        var last = Wordings(code)[^1];
        if (last.ValidFrom > lastDay)
        {
            throw new RefusedException("ENDS_BEFORE_START", $"Nội dung mới nhất của thủ tục có hiệu lực từ {last.ValidFrom:dd/MM/yyyy}, sau ngày hết hiệu lực.");
        }

        if (last.ValidTo < lastDay)
        {
            throw new RefusedException("PROCEDURE_ENDED", $"Thủ tục đã hết hiệu lực từ {last.ValidTo.Value.AddDays(1):dd/MM/yyyy}.");
        }

        if (replacedBy is not null && (replacedBy == code || Wordings(replacedBy).Count == 0))
        {
            throw new RefusedException("REPLACEMENT_UNKNOWN", $"Danh mục không có thủ tục thay thế mã “{replacedBy}”.");
        }

        var before = last.ValidTo;
        (last.ValidTo, last.ReplacedBy) = (lastDay, replacedBy);
        Changes.Update(last, nameof(ProcedureRow.ValidTo), nameof(ProcedureRow.ReplacedBy));
        Note(last, ProcedureChangeKind.Ended, person, reason, [new("valid_to", before?.ToString("O", CultureInfo.InvariantCulture), lastDay.ToString("O", CultureInfo.InvariantCulture))]);
    }

    /// <summary>Steps of the workflow that would not fit into the limit of a wording.</summary>
    public IReadOnlyList<Finding> ExceedingSteps(ProcedureRow row) => row.DefinitionVersionId is null && definitions.Published(row.DefinitionId) is { } definition
        ? [.. DefinitionGate.ExceedingSteps(definition, ProcedureReader.Read(row))]
        : [];

    /// <summary>What differs between two wordings, form and definition included.</summary>
    public static IReadOnlyList<EntryDifference> Compare(ProcedureRow? before, ProcedureRow after) => EntryReview.Compare(before is null ? null : JsonOf(before), JsonOf(after));

    private static JsonObject JsonOf(ProcedureRow row)
    {
        var json = (JsonObject)JsonNode.Parse(row.Json)!;
        json["form_schema"] = row.FormSchema is null ? null : JsonNode.Parse(row.FormSchema);
        json["definition_id"] = row.DefinitionId;
        return json;
    }

    private void Note(ProcedureRow row, ProcedureChangeKind kind, CurrentPerson person, string reason, IReadOnlyList<EntryDifference> differences)
    {
        TouchesCatalogue = true;
        Changes.Insert(new ProcedureChangeRow
        {
            Id = Guid.CreateVersion7(now),
            Code = row.Code,
            ValidFrom = row.ValidFrom,
            Kind = kind,
            At = now,
            PersonId = person.Id,
            PersonName = person.FullName,
            Reason = reason,
            Differences = JsonSerializer.Serialize(differences, JsonText.Readable),
        });
    }
}
