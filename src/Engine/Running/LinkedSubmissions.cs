using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>Makes the submission of a part out of its parent and of what the workflow said about it.</summary>
public sealed class LinkedSubmissions(ProcedureDirectory procedures, OfficeDirectory offices, FormValidator forms, TimeProvider time)
{
    /// <summary>Agency that numbers it, workflow that carries it, and the submission. The citizen's secret opens the parts too.</summary>
    /// <exception cref="RefusedException">PROCEDURE_NOT_FOUND, OFFICE_NOT_FOUND, OFFICE_NOT_IN_FORCE, LINKED_FORM_INVALID.</exception>
    public (string Agency, WorkflowChoice Workflow, Func<DossierCode, WorkflowDefinition, Submission> Submission) Of(Guid id, Dossier parent, JsonObject part)
    {
        var today = VietnamTime.DateOf(time.GetUtcNow());
        var procedure = procedures.Find(part["procedure"]!.ToString(), today);
        var competent = offices.Find(part["office"]!.ToString(), today);
        var receiving = offices.Find(part["receiving"]!.ToString(), today);
        MustFit(procedure, part["form"]!);
        return (receiving.AgencyCode, new WorkflowChoice(procedure.DefinitionId, procedure.DefinitionVersionId), (code, definition) => new Submission
        {
            Id = id,
            Code = code,
            ParentId = parent.Id,
            ProcedureCode = procedure.Code,
            ProcedureValidFrom = procedure.ValidFrom,
            DefinitionId = definition.DefinitionId,
            DefinitionVersionId = definition.Id,
            Title = part["title"]?.ToString() is { Length: > 0 } title ? title : procedure.Name,
            Channel = parent.Channel,
            Applicant = new Applicant(parent.ApplicantName, parent.ApplicantIdNumber, parent.ApplicantPhone, parent.ApplicantEmail, parent.ApplicantAddress),
            ReceivingOfficeId = receiving.Id,
            CompetentOfficeId = competent.Id,
            SupportOfficeId = parent.ReceivingOfficeId,
            FormData = part["form"]!.ToJsonString(JsonText.Readable),
            TrackingSecretHash = parent.TrackingSecretHash,
        });
    }

    private void MustFit(Procedure procedure, JsonNode form)
    {
        var errors = forms.Validate(procedure, form);
        if (errors.Count > 0)
        {
            throw new RefusedException(
                "LINKED_FORM_INVALID",
                $"Dữ liệu gửi sang thủ tục {procedure.Code} chưa hợp lệ: {string.Join("; ", errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}"))}");
        }
    }
}
