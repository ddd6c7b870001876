using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Procedures;

/// <summary>What a manager of the catalogue writes for a wording.</summary>
/// <param name="Entry">In the catalogue's JSON (see seed/README.md); what it does not speak of stays as it is in force.</param>
/// <param name="FormSchema">JSON Schema of the electronic form; without it the form stays.</param>
/// <param name="DefinitionId">The workflow definition that carries it; without it the definition stays.</param>
/// <param name="Reason">Why: the decision that publishes it.</param>
/// <param name="Overrule">Take it even though the published workflow has steps that do not fit its limit, which the law may demand.</param>
public sealed record WordingInput(JsonObject Entry, string Reason, JsonObject? FormSchema = null, string? DefinitionId = null, bool Overrule = false);

internal static class WordingInputs
{
    public static void Check(WordingInput input, InputErrors errors)
    {
        errors.Text(input.Reason, "reason", 1000).OptionalText(input.DefinitionId, "definitionId", 200);
        if (input.FormSchema is { } schema && FormSchemaCheck.FlawOf(schema) is { } flaw)
        {
            errors.Add("formSchema", flaw);
        }
    }

    /// <summary>The row of a wording.</summary>
    /// <param name="before">The wording it grows out of.</param>
    /// <exception cref="ProblemException">400 INVALID_INPUT by field, with the codes of the findings.</exception>
    public static (ProcedureRow Row, IReadOnlyList<EntryFinding> Warnings) Row(WordingInput input, string code, DateOnly validFrom, ProcedureRow? before)
    {
        var entry = (JsonObject)input.Entry.DeepClone();
        entry["code"] ??= code;
        var review = EntryReview.Of(entry, before);
        var errors = new InputErrors().When(entry["code"].Text() != code, "entry.code", "Mã thủ tục không được đổi.");
        foreach (var finding in review.Findings.Where(finding => finding.Level is EntryLevel.Refusal))
        {
            errors.Add(finding.Field.Length > 0 ? $"entry.{finding.Field}" : "entry", $"{finding.Code}: {finding.Sentence}");
        }

        errors.ThrowIfAny();
        var row = ProcedureRow.From(review.Clean, validFrom, input.FormSchema?.ToJsonString(JsonText.Readable) ?? before?.FormSchema, input.DefinitionId ?? before?.DefinitionId);
        row.DefinitionVersionId = input.DefinitionId is null ? before?.DefinitionVersionId : null;
        return (row, [.. review.Findings.Where(finding => finding.Level is EntryLevel.Warning)]);
    }

    /// <exception cref="RefusedException">With the code of the first step that does not fit, unless that is overruled.</exception>
    public static IReadOnlyList<EntryFinding> MustFit(this CatalogueWork work, ProcedureRow row, bool overrule)
    {
        var exceeding = work.ExceedingSteps(row);
        return exceeding.Count > 0 && !overrule
            ? throw new RefusedException(exceeding[0].Code, exceeding[0].Message)
            : [.. exceeding.Select(finding => new EntryFinding(finding.Code, EntryLevel.Warning, "time", finding.ActivityId, finding.Message))];
    }

    /// <summary>The catalogue is the province's: whoever looks after it does so at its top, for all fields or for one.</summary>
    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public static void MustLookAfterCatalogue(this CurrentPerson person, OfficeDirectory offices, string? field) =>
        person.MustHold(Role.BusinessAdmin, offices.Root.Id, field);
}
