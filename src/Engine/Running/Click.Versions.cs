using System.Text.Json;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>Putting a running workflow on another version of its definition.</summary>
public sealed partial class Click
{
    /// <summary>Moves an instance with its open tasks; a plan with obstacles has moved nothing.</summary>
    /// <param name="from">Ids of the versions it may come from.</param>
    /// <param name="move">Id of the order, for the ledger.</param>
    /// <exception cref="RunRefusedException">It has ended, or runs on another version by now.</exception>
    /// <exception cref="RefusedException">REASON_REQUIRED.</exception>
    public async Task<RenewalPlan> MoveToVersionAsync(string instanceId, IReadOnlyCollection<string> from, WorkflowDefinition to, string move)
    {
        if (await FindAsync(instanceId) is not { State.Status: InstanceStatus.Running } instance || !from.Contains(instance.Definition.Id))
        {
            throw new RunRefusedException("INSTANCE_FINISHED", $"Instance {instanceId} does not run on {string.Join(", ", from)}.");
        }

        var before = instance.Definition;
        var plan = Renewal.Plan(before, to, instance.State, Environment(instance));
        if (plan.Obstacles.Count > 0)
        {
            return plan;
        }

        Renewal.Carry(plan, before, to, instance.State);
        instance.MoveTo(to);
        var tasks = plan.Tasks.Select(task => new ReaskedTask(task.Before.OfficeId, task.Before.Title, task.After.Title, task.Before.Role, task.After.Role));
        Dossier?.MoveToVersion(before.Version, (to.Id, to.Version), [.. tasks], move, Act);
        foreach (var task in plan.Tasks)
        {
            Ask(task);
        }

        return plan;
    }

    /// <summary>Only what is asked is written: office, limit and working time of the task stay.</summary>
    private void Ask(RenewedTask task)
    {
        var (id, asked) = (task.BookmarkId, task.After);
        FormalActs? act = asked.Act is FormalActs.None ? null : asked.Act;
        changes.Execute(
            $"""
            update tasks set title = {asked.Title}, role = {asked.Role}, outcomes = {JsonSerializer.Serialize(asked.Outcomes, JsonText.Readable)},
                form = {asked.Form?.ToJsonString(JsonText.Readable)}, formal_act = {act}, version = version + 1
            where id = {id} and state = {TaskState.Open}
            """,
            rows: 1);
        if (task.IsForOthers)
        {
            // Whoever has taken it may not hold the new role.
            changes.Execute($"update tasks set assignee_id = null, claimed_at = null, assignment = null where id = {id}");
        }
    }
}
