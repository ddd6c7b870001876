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
public sealed class DossierRuns(ClickRoom room, DossierStarts starts, IdempotencyContext idempotency, IDbContextFactory<EngineDb> contexts)
{
    /// <summary>Submits a dossier and starts its workflow.</summary>
    /// <param name="agency">Agency code the dossier is numbered under.</param>
    /// <param name="submission">Makes the submission once the code is known.</param>
    /// <exception cref="RefusedException">WORKFLOW_NOT_PUBLISHED, or a rule of the law.</exception>
    public async Task<TReply> StartAsync<TReply>(
        string agency, WorkflowChoice workflow, Func<DossierCode, WorkflowDefinition, Submission> submission, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken)
    {
        TReply answer = default!;
        await starts.StartAsync(
            agency,
            workflow,
            submission,
            act,
            null,
            (click, changes) => Record(changes, answer = reply(click), StatusCodes.Status201Created, $"/api/v1/dossiers/{click.Dossier!.Id}"),
            cancellationToken);
        return answer;
    }

    /// <summary>Completes a task with an outcome.</summary>
    /// <param name="check">Looks once more at the task as it is stored now: who has claimed it, which version it has.</param>
    /// <exception cref="RefusedException">TASK_CLOSED: somebody was faster, or the workflow has left the step.</exception>
    public Task<TReply> CompleteAsync<TReply>(TaskRow task, TaskAnswer answer, Action<TaskRow> check, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(task.DossierId, task.InstanceId, act, async click =>
        {
            var current = await CurrentAsync(task, cancellationToken);
            MustAskTheSame(current, task);
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

    /// <summary>Moves an open task to another office, with its line in the ledger.</summary>
    public Task<TReply> MoveTaskAsync<TReply>(TaskRow task, string officeId, LedgerAct kind, string? data, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(task.DossierId, task.InstanceId, act, async click =>
        {
            await click.MoveTaskAsync(await CurrentAsync(task, cancellationToken), officeId);
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
    /// <param name="check">Looks at the dossier as it is stored now: which version it has.</param>
    public Task<TReply> WithdrawAsync<TReply>(Guid dossierId, string reason, Action<Dossier> check, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(dossierId, null, act, async click =>
        {
            check(click.Dossier!);
            click.Dossier!.Withdraw(reason, click.Act);
            await click.CancelAsync(await RootOfAsync(dossierId, cancellationToken));
        }, reply, cancellationToken);

    /// <summary>Sends the dossier back to an earlier step of its workflow.</summary>
    /// <param name="taskId">A task that must still wait; null when any will do.</param>
    /// <param name="check">Looks at the dossier as it is stored now: which version it has.</param>
    /// <exception cref="RefusedException">The law does not let it go back there, or TASK_CLOSED.</exception>
    public Task<TReply> ReturnAsync<TReply>(
        Guid dossierId, string stepId, string? taskId, Action<Dossier> check, Act act, Func<Click, TReply> reply, CancellationToken cancellationToken) =>
        ClickAsync(dossierId, null, act, async click =>
        {
            check(click.Dossier!);
            await click.ReturnAsync(await RootOfAsync(dossierId, cancellationToken), stepId, taskId);
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

    /// <summary>The right and the answer were looked at before this turn; a move to another version may have asked something else since.</summary>
    private static void MustAskTheSame(TaskRow current, TaskRow task)
    {
        if ((current.Role, current.FormalAct, current.Outcomes, current.Form) != (task.Role, task.FormalAct, task.Outcomes, task.Form))
        {
            throw new StaleException("The task has been asked anew.");
        }
    }

    /// <summary>TASK_CLOSED.</summary>
    public static RefusedException TaskClosed() => new("TASK_CLOSED", "Việc này đã được xử lý hoặc không còn hiệu lực.");

    private async Task<string> RootOfAsync(Guid dossierId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Instances.RootOf(dossierId).FirstAsync(cancellationToken);
    }
}
