using System.Text.Json.Nodes;
using PublicService.Activities.Coordination;
using PublicService.Dossiers;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Work;

/// <summary>An open task that is asked anew.</summary>
/// <param name="BookmarkId">Id of the task.</param>
/// <param name="Before">As it was asked.</param>
/// <param name="After">As the new version asks it; office, limit and working time are those of before.</param>
public sealed record RenewedTask(string BookmarkId, TaskRequest Before, TaskRequest After)
{
    /// <summary>Whether somebody else may have to do it now.</summary>
    public bool IsForOthers => Before.Role != After.Role || Before.Act != After.Act;
}

/// <summary>Whether a dossier's workflow can go over to another version, and what becomes of the work that waits.</summary>
/// <param name="Obstacles">Why it cannot; empty when it can.</param>
/// <param name="Changes">What is different for the work that waits, in sentences.</param>
/// <param name="Tasks">Open tasks that are asked anew.</param>
public sealed record RenewalPlan(IReadOnlyList<string> Obstacles, IReadOnlyList<string> Changes, IReadOnlyList<RenewedTask> Tasks);

/// <summary>
/// Chuyển hồ sơ sang phiên bản quy trình mới. Title, role, outcomes and form of open work follow the new version; its office and its dates
/// do not, nor does an act of legal effect that was asked already, nor a question to the citizen or another system, nor a timer.
/// </summary>
public static class Renewal
{
    /// <summary>Inputs by which open work is asked; all others were used up when the step began.</summary>
    private static readonly string[] Asked = ["Title", "Role", "Outcomes", "Form"];

    /// <summary>What would happen; the state stays as it is.</summary>
    public static RenewalPlan Plan(WorkflowDefinition from, WorkflowDefinition to, InstanceState state, RunEnvironment environment)
    {
        var obstacles = VersionMove.Obstacles(from, to, state);
        if (obstacles.Count > 0)
        {
            return new([.. obstacles.Select(obstacle => obstacle.Message)], [], []);
        }

        var moved = InstanceJson.Read(InstanceJson.Write(state));
        VersionMove.Apply(from, to, moved);
        var (stops, changes, tasks) = (new List<string>(), new List<string>(), new List<RenewedTask>());
        foreach (var waiting in VersionMove.Waiting(from, to, state))
        {
            Look(waiting, to, moved, environment, stops, changes, tasks);
        }

        return new(stops, changes, stops.Count > 0 ? [] : tasks);
    }

    /// <summary>Carries a plan without obstacles out on a state that nobody else holds.</summary>
    public static void Carry(RenewalPlan plan, WorkflowDefinition from, WorkflowDefinition to, InstanceState state)
    {
        VersionMove.Apply(from, to, state);
        foreach (var task in plan.Tasks)
        {
            var bookmark = state.Bookmarks.Find(open => open.Id == task.BookmarkId)!;
            var payload = bookmark.Payload!.AsObject();
            payload.Clear();
            foreach (var (name, value) in task.After.ToJson())
            {
                payload[name] = value?.DeepClone();
            }

            var inputs = state.Steps.Find(step => step.Id == bookmark.StepId)!.Inputs ??= [];
            inputs["Title"] = task.After.Title;
            inputs["Role"] = task.After.Role;
            inputs["Outcomes"] = new JsonArray([.. task.After.Outcomes.Select(outcome => (JsonNode)outcome)]);
            inputs["Form"] = task.After.Form?.DeepClone();
        }
    }

    private static void Look(
        WaitingInBoth waiting, WorkflowDefinition to, InstanceState moved, RunEnvironment environment, List<string> stops, List<string> changes, List<RenewedTask> tasks)
    {
        var title = Returning.TitleOf(waiting.Before);
        var open = moved.Bookmarks.Where(bookmark => bookmark.StepId == waiting.Step.Id).ToList();
        var asked = open.Where(bookmark => bookmark.Name == TaskRequest.BookmarkName).ToList();
        if (!waiting.IsChanged || asked.Count == 0 || !IsRenewed(waiting.After))
        {
            // As it was asked, so it will be answered.
            stops.AddRange(waiting.Lost.Select(outcome => LeadsNowhere(title, outcome)));
            if (waiting.IsChanged)
            {
                changes.Add($"Bước “{title}”: việc đang chờ giữ nguyên như đã giao; cấu hình mới áp dụng từ lần sau.");
            }

            return;
        }

        try
        {
            var inputs = WorkflowRunner.InputsOf(to, moved, waiting.Step.Id, environment);
            var renewed = asked.ConvertAll(bookmark => new RenewedTask(bookmark.Id, TaskRequest.Read(bookmark.Payload!), Renew(TaskRequest.Read(bookmark.Payload!), waiting.After, inputs)));
            var changed = renewed.FindAll(task => !JsonNode.DeepEquals(task.Before.ToJson(), task.After.ToJson()));
            // A timer leaves by the outcome that was set when it began.
            stops.AddRange(waiting.Lost.Where(outcome => open.Count > asked.Count && IsOfTimer(waiting.Step, outcome)).Select(outcome => LeadsNowhere(title, outcome)));
            tasks.AddRange(changed);
            changes.Add(changed.Count > 0
                ? $"Bước “{title}”: {string.Join(", ", changed.SelectMany(Differences).Distinct())}."
                : $"Bước “{title}”: cấu hình mới áp dụng từ lần sau.");
        }
        catch (ExpressionException failure)
        {
            stops.Add($"Bước “{title}” của phiên bản mới không tính được: {failure.Message}{(failure.InnerException is { } cause ? $" – {cause.Message}" : string.Empty)}");
        }
    }

    /// <summary>Ordinary work of people. An act of legal effect stays as it was asked, and so does a letter of apology.</summary>
    private static bool IsRenewed(ActivityNode node) => node.Activity is OfficerTask or Transfer or Consult && !Returning.IsLegalAct(node);

    private static TaskRequest Renew(TaskRequest open, ActivityNode node, IReadOnlyDictionary<string, JsonNode?> inputs)
    {
        bool Has(string name) => Asked.Contains(name) && node.Inputs.Any(input => input.Descriptor.Name == name);
        var role = Has("Role") && inputs.GetValueOrDefault("Role")?.ToString() is { Length: > 0 } named ? named : open.Role;
        return open with
        {
            Title = Has("Title") && inputs.GetValueOrDefault("Title")?.ToString() is { Length: > 0 } title ? title : open.Title,
            Role = role,
            Outcomes = Has("Outcomes") && inputs.GetValueOrDefault("Outcomes") is JsonArray outcomes ? [.. outcomes.Select(outcome => outcome!.ToString())] : open.Outcomes,
            Form = Has("Form") ? inputs.GetValueOrDefault("Form")?.DeepClone() as JsonObject : open.Form,
            Act = node.Activity is OfficerTask ? OfficerTask.ActOf(role) : open.Act,
        };
    }

    private static bool IsOfTimer(StepState step, string outcome) =>
        step.Inputs?.GetValueOrDefault("SilenceOutcome")?.ToString() is { Length: > 0 } silence ? outcome == silence : outcome == Transfer.Overdue;

    private static IEnumerable<string> Differences(RenewedTask task)
    {
        var (before, after) = (task.Before, task.After);
        if (before.Title != after.Title)
        {
            yield return $"tên công việc “{after.Title}”";
        }

        if (before.Role != after.Role)
        {
            yield return $"vai trò {WordOf(before.Role)} → {WordOf(after.Role)}";
        }

        if (!before.Outcomes.SequenceEqual(after.Outcomes))
        {
            yield return $"các kết quả: {string.Join("; ", after.Outcomes)}";
        }

        if (!JsonNode.DeepEquals(before.Form, after.Form))
        {
            yield return "biểu mẫu";
        }
    }

    private static string LeadsNowhere(string title, string outcome) => $"Kết quả “{outcome}” của bước “{title}” không còn đi tiếp đến đâu trong phiên bản mới.";

    private static string WordOf(string role) => Role.All.Contains(role) ? Role.Word(role) : role;
}
