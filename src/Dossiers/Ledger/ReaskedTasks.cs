using System.Text.Json;

namespace PublicService.Dossiers;

/// <summary>Reads from a <see cref="LedgerAct.VersionMoved"/> line which open work was asked anew.</summary>
internal static class ReaskedTasks
{
    public static IReadOnlyList<ReaskedTask> Of(LedgerEntry entry)
    {
        using var data = JsonDocument.Parse(entry.Data ?? "{}");
        return !data.RootElement.TryGetProperty("tasks", out var tasks) ? [] :
        [
            .. tasks.EnumerateArray().Select(task => new ReaskedTask(
                Text(task, "office"), Text(task, "title"), Text(task, "newTitle"), Text(task, "role"), Text(task, "newRole"))),
        ];
    }

    private static string Text(JsonElement task, string name) => task.GetProperty(name).GetString()!;
}
