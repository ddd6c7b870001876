using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>Gives a new dossier its number and stores it with the first run of its workflow, whoever hands it in.</summary>
public sealed class DossierStarts(ClickRoom room, DossierNumbers numbers, DefinitionCache definitions)
{
    /// <summary>Submits a dossier and starts its workflow.</summary>
    /// <param name="agency">Agency code the dossier is numbered under.</param>
    /// <param name="submission">Makes the submission once the code is known; called again when another node took the number.</param>
    /// <param name="before">What the dossier brings with it, done before its workflow starts.</param>
    /// <param name="finish">Called with everything to be stored, before it is.</param>
    /// <exception cref="RefusedException">WORKFLOW_NOT_PUBLISHED, or a rule of the law.</exception>
    /// <exception cref="DuplicateException">A dossier with this id is stored already.</exception>
    public async Task StartAsync(
        string agency,
        WorkflowChoice workflow,
        Func<DossierCode, WorkflowDefinition, Submission> submission,
        Act act,
        Action<Click>? before,
        Action<Click, Changes> finish,
        CancellationToken cancellationToken)
    {
        var definition = (workflow.VersionId is null ? definitions.Published(workflow.DefinitionId) : await definitions.FindAsync(workflow.VersionId, cancellationToken))
            ?? throw new RefusedException("WORKFLOW_NOT_PUBLISHED", $"Thủ tục chưa có quy trình được ban hành (“{workflow.DefinitionId}”).");
        while (true)
        {
            var stamped = room.Stamp(act);
            using var lease = await numbers.TakeAsync(agency, VietnamTime.DateOf(stamped.At), cancellationToken);
            var dossier = Dossier.Submit(submission(DossierCode.For(agency, stamped.At, lease.Number), definition), stamped);
            try
            {
                await room.CreateAsync(
                    dossier,
                    stamped,
                    click =>
                    {
                        before?.Invoke(click);
                        click.Start(definition, RequestOf(dossier));
                        return Task.CompletedTask;
                    },
                    finish,
                    cancellationToken);
                lease.Commit();
                return;
            }
            catch (DuplicateException taken) when (taken.Constraint == "ux_dossiers_code")
            {
                // Another node has given this number out: ask the database again.
            }
        }
    }

    /// <summary>How the workflow of a new dossier is started.</summary>
    internal static StartRequest RequestOf(Dossier dossier) => new() { CorrelationId = dossier.Code, Name = dossier.Title, Input = InputOf(dossier) };

    /// <summary>What a workflow knows of its dossier from the start: <c>getDossier()</c> and <c>getForm()</c> in scripts.</summary>
    private static Dictionary<string, JsonNode?> InputOf(Dossier dossier) => new()
    {
        ["Dossier"] = new JsonObject
        {
            ["id"] = dossier.Id.ToString(),
            ["code"] = dossier.Code,
            ["procedureCode"] = dossier.ProcedureCode,
            ["channel"] = dossier.Channel.ToString(),
            ["receivingOfficeId"] = dossier.ReceivingOfficeId,
            ["competentOfficeId"] = dossier.CompetentOfficeId,
            ["applicant"] = new JsonObject { ["name"] = dossier.ApplicantName, ["idNumber"] = dossier.ApplicantIdNumber },
        },
        ["Form"] = JsonNode.Parse(dossier.FormData),
    };
}

/// <summary>Which definition carries a dossier.</summary>
/// <param name="VersionId">The version the wording of the procedure names; null takes the published one.</param>
public sealed record WorkflowChoice(string DefinitionId, string? VersionId = null);
