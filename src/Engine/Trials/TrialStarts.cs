using System.Text.Json.Nodes;
using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Trials;

/// <summary>How the dossier of a trial is handed in.</summary>
/// <param name="SubmittedAt">Where the trial's clock begins; null: now.</param>
public sealed record TrialStart(
    Channel Channel,
    string ReceivingOfficeId,
    string? CompetentOfficeId = null,
    JsonObject? Form = null,
    DateTimeOffset? SubmittedAt = null,
    string? ApplicantName = null);

/// <summary>Makes the submission of a trial by the rules that hold for a real one: procedure of the day, channel, offices, form.</summary>
internal sealed class TrialStarts(ProcedureDirectory procedures, OfficeDirectory offices, FormValidator forms, TimeProvider time)
{
    /// <summary>The number no real dossier of a small agency gets; a trial takes none out of the row.</summary>
    private const int Number = DossierCode.LargestNumber;

    /// <summary>The procedure a definition carries, as it stands on a day.</summary>
    /// <exception cref="RefusedException">PROCEDURE_NOT_FOUND.</exception>
    public Procedure ProcedureOf(WorkflowDefinition definition, DateTimeOffset at) => procedures.Find(ProcedureCheck.CodeOf(definition), VietnamTime.DateOf(at));

    /// <summary>The clock of a trial that does not name its beginning, to the minute.</summary>
    public DateTimeOffset Now => time.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)) : now;

    /// <exception cref="RefusedException">PROCEDURE_NOT_FOUND, CHANNEL_NOT_ALLOWED, OFFICE_NOT_FOUND, OFFICE_NOT_IN_FORCE, COMPETENT_OFFICE_REQUIRED, COMPETENT_OFFICE_WRONG_LEVEL.</exception>
    /// <exception cref="ProblemException">400 INVALID_INPUT with the fields of the form.</exception>
    public (Submission Submission, Act Act) Of(WorkflowDefinition definition, TrialStart start)
    {
        var at = start.SubmittedAt ?? Now;
        var day = VietnamTime.DateOf(at);
        var procedure = ProcedureOf(definition, at);
        procedure.MustAllow(start.Channel);
        var receiving = offices.Find(start.ReceivingOfficeId, day);
        var competent = procedure.CompetentOffice(start.CompetentOfficeId, receiving, id => offices.Find(id, day));
        var errors = forms.Validate(procedure, start.Form ?? []);
        if (errors.Count > 0)
        {
            throw Problems.InvalidInput(errors.ToDictionary(error => $"form.{error.Key}", error => error.Value));
        }

        var submission = new Submission
        {
            Id = Guid.CreateVersion7(at),
            Code = DossierCode.For(receiving.AgencyCode, at, Number),
            ProcedureCode = procedure.Code,
            ProcedureValidFrom = procedure.ValidFrom,
            Title = procedure.Name,
            Channel = start.Channel,
            Applicant = new Applicant(start.ApplicantName ?? "Người nộp (chạy thử)", "022090000001", "0912345678", "chay-thu@example.vn"),
            ReceivingOfficeId = receiving.Id,
            CompetentOfficeId = competent.Id,
            FormData = start.Form?.ToJsonString(JsonText.Readable) ?? "{}",
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.Id,
        };
        return (submission, new Act("thu-" + Role.Receptionist, $"{Role.Word(Role.Receptionist)} (chạy thử)", receiving.Id, at));
    }

    /// <summary>Offices a dossier may be handed in at or decided by on a day.</summary>
    public IEnumerable<Office> Offices(DateTimeOffset at) => offices.ValidOn(VietnamTime.DateOf(at))
        .Where(office => office.Kind is not (OfficeKind.InternalUnit or OfficeKind.ExternalSystem)).OrderBy(office => office.Name, StringComparer.Ordinal);

    /// <summary>A start that fits the procedure, for the analyst to change: a channel it has, a commune, the office its authority names, a form filled in.</summary>
    public TrialStart Suggest(Procedure procedure, DateTimeOffset at)
    {
        var all = Offices(at).ToList();
        var commune = all.Find(office => office is { Level: OfficeLevel.Commune, Kind: OfficeKind.PeoplesCommittee })?.Id ?? offices.Root.Id;
        var competent = procedure.Level.StartsWith("xã", StringComparison.Ordinal) ? commune
            : (all.Find(office => procedure.Authority.Contains(office.Name, StringComparison.OrdinalIgnoreCase)) ?? all.Find(office => office.Kind is OfficeKind.Department) ?? offices.Root).Id;
        var channel = procedure.Channels.Direct ? Channel.Direct : procedure.Channels.Online ? Channel.Online : Channel.Post;
        var form = procedure.FormSchema is { } schema ? FormSample.Of((JsonObject)JsonNode.Parse(schema)!, commune, VietnamTime.DateOf(at)) : null;
        return new(channel, commune, competent, form, at);
    }
}
