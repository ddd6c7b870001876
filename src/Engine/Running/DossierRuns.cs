using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities;
using PublicService.Activities.Intake;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>
/// The only door through which a person changes a dossier: load, act, run the workflow until it waits, store once. The reply is made
/// before the commit and stored with it when the request carries an idempotency key.
/// </summary>
public sealed class DossierRuns(
    ClickRoom room, DossierNumbers numbers, DefinitionCache definitions, IdempotencyContext idempotency, IDbContextFactory<EngineDb> contexts)
{
    /// <summary>Submits a dossier and starts its workflow.</summary>
    /// <param name="agency">Agency code the dossier is numbered under.</param>
    /// <param name="submission">Makes the submission once the code is known.</param>
    /// <exception cref="RefusedException">WORKFLOW_NOT_PUBLISHED, or a rule of the law.</exception>
    public Task<TReply> StartAsync<TReply>(
        string agency, string definitionId, Func<DossierCode, WorkflowDefinition, Submission> submission, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        StartAsync(agency, definitionId, null, submission, act, reply, cancellationToken);

    /// <inheritdoc cref="StartAsync{TReply}(string, string, Func{DossierCode, WorkflowDefinition, Submission}, Act, Func{Click, TReply}, CancellationToken)"/>
    /// <param name="versionId">The version the wording of the procedure names; null takes the published one.</param>
    public async Task<TReply> StartAsync<TReply>(
        string agency, string definitionId, string? versionId, Func<DossierCode, WorkflowDefinition, Submission> submission, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken)
    {
        var definition = (versionId is null ? definitions.Published(definitionId) : await definitions.FindAsync(versionId, cancellationToken))
            ?? throw new RefusedException("WORKFLOW_NOT_PUBLISHED", $"Thủ tục chưa có quy trình được ban hành (“{definitionId}”).");
        while (true)
        {
            var stamped = room.Stamp(act);
            using var lease = await numbers.TakeAsync(agency, VietnamTime.DateOf(stamped.At), cancellationToken);
            var dossier = Dossier.Submit(submission(DossierCode.For(agency, stamped.At, lease.Number), definition), stamped);
            try
            {
                TReply answer = default!;
                await room.CreateAsync(
                    dossier,
                    stamped,
                    click =>
                    {
                        click.Start(definition, new StartRequest { CorrelationId = dossier.Code, Name = dossier.Title, Input = InputOf(dossier) });
                        return Task.CompletedTask;
                    },
                    (click, changes) => Record(changes, answer = reply(click), StatusCodes.Status201Created, $"/api/v1/dossiers/{dossier.Id}"),
                    cancellationToken);
                lease.Commit();
                return answer;
            }
            catch (DuplicateException taken) when (taken.Constraint == "ux_dossiers_code")
            {
                // Another node has given this number out: ask the database again.
            }
        }
    }

    /// <summary>Completes a task with an outcome.</summary>
    /// <param name="check">Looks once more at the task as it is stored now: who has claimed it, which version it has.</param>
    /// <exception cref="RefusedException">TASK_CLOSED: somebody was faster, or the workflow has left the step.</exception>
    public Task<TReply> CompleteAsync<TReply>(TaskRow task, TaskAnswer answer, Action<TaskRow> check, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(task.DossierId, task.InstanceId, act, async click =>
        {
            var current = await CurrentAsync(task, cancellationToken);
            check(current);
            await click.ResumeAsync(task.InstanceId, task.Id, answer.ToJson());
            click.Complete(current, answer.Outcome);
        }, reply, cancellationToken);

    /// <summary>Gives a task of another system (RunTask) its result.</summary>
    public Task<TReply> CompleteAsync<TReply>(TaskRow task, JsonNode? result, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(task.DossierId, task.InstanceId, act, async click =>
        {
            var current = await CurrentAsync(task, cancellationToken);
            await click.ResumeAsync(task.InstanceId, task.Id, new JsonObject { [Workflows.BuiltIn.Events.RunTask.ResultKey] = result?.DeepClone() });
            click.Complete(current, "Done");
        }, reply, cancellationToken);

    /// <summary>Changes only the row of a task (claim, release, reassign), with its line in the ledger.</summary>
    public Task<TReply> ChangeTaskAsync<TReply>(TaskRow task, LedgerAct kind, string? data, Action<TaskRow> change, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(task.DossierId, task.InstanceId, act, async click =>
        {
            var current = await CurrentAsync(task, cancellationToken);
            change(current);
            click.Changes.Update(current);
            click.Dossier?.Note(kind, data, click.Act);
        }, reply, cancellationToken);

    /// <summary>The citizen brings the papers asked for; the workflow goes on.</summary>
    /// <exception cref="RefusedException">NO_SUPPLEMENT_OPEN.</exception>
    public Task<TReply> ProvideSupplementAsync<TReply>(Guid dossierId, IReadOnlyList<string> papers, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(dossierId, null, act, async click =>
        {
            var instanceId = await RootOfAsync(dossierId, cancellationToken);
            var waiting = await click.WaitingForAsync(instanceId, RequestSupplement.BookmarkName)
                ?? throw new RefusedException("NO_SUPPLEMENT_OPEN", "Hồ sơ không có yêu cầu bổ sung nào đang chờ.");
            await click.ResumeAsync(instanceId, waiting.Id, new JsonObject { ["papers"] = new JsonArray([.. papers.Select(paper => (JsonNode)paper)]) });
        }, reply, cancellationToken);

    /// <summary>The citizen takes the dossier back: its workflow ends and its tasks go.</summary>
    public Task<TReply> WithdrawAsync<TReply>(Guid dossierId, string reason, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(dossierId, null, act, async click =>
        {
            click.Dossier!.Withdraw(reason, click.Act);
            await click.CancelAsync(await RootOfAsync(dossierId, cancellationToken));
        }, reply, cancellationToken);

    /// <summary>Any other change of a dossier that its workflow need not know of.</summary>
    public Task<TReply> ChangeAsync<TReply>(Guid dossierId, Act act, Action<Click> change, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(dossierId, null, act, click =>
        {
            change(click);
            return Task.CompletedTask;
        }, reply, cancellationToken);

    private async Task<TReply> ClickAsync<TReply>(
        Guid? dossierId, string? instanceId, Act act, Func<Click, Task> apply, Func<Click, TReply> reply, CancellationToken cancellationToken)
    {
        TReply answer = default!;
        try
        {
            await room.ClickAsync(
                dossierId,
                dossierId?.ToString() ?? instanceId!,
                act,
                apply,
                (click, changes) => Record(changes, answer = reply(click), StatusCodes.Status200OK, null),
                cancellationToken);
        }
        catch (RunRefusedException)
        {
            throw TaskClosed();
        }

        return answer;
    }

    private void Record<TReply>(Changes changes, TReply reply, int status, string? location) => idempotency.Record(changes, reply, status, location);

    /// <summary>The task as it is stored now; the caller may have looked at it some time ago.</summary>
    private async Task<TaskRow> CurrentAsync(TaskRow task, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var current = await db.Tasks.AsNoTracking().FirstOrDefaultAsync(row => row.Id == task.Id, cancellationToken);
        return current is { State: TaskState.Open }
            ? current
            : throw TaskClosed();
    }

    /// <summary>TASK_CLOSED.</summary>
    public static RefusedException TaskClosed() => new("TASK_CLOSED", "Việc này đã được xử lý hoặc không còn hiệu lực.");

    private async Task<string> RootOfAsync(Guid dossierId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Instances.Where(row => row.DossierId == dossierId && row.ParentInstanceId == null).Select(row => row.Id).FirstAsync(cancellationToken);
    }

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
