using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Workflows.Drawings;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Versions;

namespace PublicService.Engine.Procedures;

/// <summary>A workflow against the one published here.</summary>
/// <param name="IsNew">A new version is stored.</param>
/// <param name="IsPublished">False: it waits for the first day of its wording.</param>
/// <param name="Steps">How many it has.</param>
/// <param name="Difference">Null when none is published here.</param>
public sealed record WorkflowDifference(string VersionId, bool IsNew, bool IsPublished, int Steps, DefinitionDifference? Difference);

/// <summary>Checks a bundle as a whole before anything is changed.</summary>
public sealed class BundleReading(DefinitionStore store, DefinitionGate gate, DefinitionCache definitions, TimeProvider time)
{
    internal sealed record Checked(ProcedureRow Row, WorkflowDefinition? Definition, IReadOnlyList<Finding> Findings, IReadOnlyList<EntryFinding> Warnings);

    /// <exception cref="ProblemException">400 BUNDLE_MALFORMED or INVALID_INPUT by field; 409 with the first finding of the definition.</exception>
    /// <exception cref="RefusedException">BUNDLE_FORMAT_NEWER, BUNDLE_MISMATCH.</exception>
    internal Checked Read(string json)
    {
        var bundle = ProcedureBundle.Read(json);
        var errors = new InputErrors().When(bundle.ValidTo < bundle.ValidFrom, "validTo", "Ngày hết hiệu lực phải sau ngày có hiệu lực.");
        if (bundle.FormSchema is { } schema && FormSchemaCheck.FlawOf(schema) is { } flaw)
        {
            errors.Add("formSchema", flaw);
        }

        errors.ThrowIfAny();
        var input = new WordingInput(bundle.Entry, "", bundle.FormSchema, bundle.DefinitionId);
        var (clean, warnings) = WordingInputs.Row(input, bundle.Code, bundle.ValidFrom, before: null);
        // As it was written when there is nothing to mend, so that the next export gives the same bytes.
        var row = warnings.Count > 0 ? clean : ProcedureRow.From(bundle.Entry, bundle.ValidFrom, clean.FormSchema, clean.DefinitionId);
        row.ValidTo = bundle.ValidTo;
        var definition = bundle.Definition is null ? null : DefinitionReader.Read(bundle.Definition.ToJsonString(JsonText.Readable), definitions.Catalog);
        if (definition is not null && (ProcedureCheck.CodeOf(definition) != row.Code || definition.DefinitionId != row.DefinitionId))
        {
            throw new RefusedException("BUNDLE_MISMATCH", $"Quy trình trong tệp thuộc thủ tục “{ProcedureCheck.CodeOf(definition)}”, không phải “{row.Code}”.");
        }

        return new(row, definition, definition is null ? [] : gate.Check(definition, ProcedureReader.Read(row)), warnings);
    }

    /// <summary>Adds the workflow to the change; published at once when its wording is in force.</summary>
    internal async Task<WorkflowDifference?> AddWorkflowAsync(CatalogueWork work, Checked read, Authorship by, CancellationToken cancellationToken)
    {
        if (read.Definition is not { } definition)
        {
            return null;
        }

        var isPublished = read.Row.ValidFrom <= VietnamTime.DateOf(time.GetUtcNow());
        var before = definitions.Published(definition.DefinitionId);
        var stored = await store.AddAsync(work.Changes, definition, by, isPublished, read.Findings, cancellationToken);
        read.Row.DefinitionVersionId = isPublished || before?.Id == stored.VersionId ? null : stored.VersionId;
        var steps = Drawing.Of(definition).Charts.Sum(chart => chart.Steps.Count);
        return new(stored.VersionId, stored.IsNew, isPublished, steps, before is null ? null : DefinitionDifference.Between(before, definition));
    }
}
