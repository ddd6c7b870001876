using System.Text.Json.Nodes;
using PublicService.Activities;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>
/// The offices a waiting instance knows of: those of its open tasks, and those its scripts read of their dossier. They follow when work moves
/// to another office. What is done (journal, outputs, opinions given) keeps the offices of its time.
/// </summary>
internal static class InstanceOffices
{
    private static readonly string[] OfDossier = ["receivingOfficeId", "competentOfficeId"];

    /// <summary>Replaces offices in a state that nobody else holds.</summary>
    /// <param name="map">The office that takes the place of another; null leaves it.</param>
    /// <returns>Whether anything was replaced.</returns>
    public static bool Move(InstanceState state, Func<string, string?> map)
    {
        var moved = false;
        foreach (var bookmark in state.Bookmarks.Where(bookmark => bookmark.Name == TaskRequest.BookmarkName))
        {
            moved |= Replace(bookmark.Payload as JsonObject, "officeId", map);
        }

        foreach (var name in OfDossier)
        {
            moved |= Replace(state.Input.GetValueOrDefault("Dossier") as JsonObject, name, map);
        }

        return moved;
    }

    /// <summary>Moves one open task.</summary>
    public static void MoveTask(InstanceState state, string bookmarkId, string officeId) =>
        Replace(state.Bookmarks.Find(bookmark => bookmark.Id == bookmarkId)?.Payload as JsonObject, "officeId", _ => officeId);

    private static bool Replace(JsonObject? owner, string name, Func<string, string?> map)
    {
        if (owner?[name]?.GetValue<string>() is not { } known || map(known) is not { } next || next == known)
        {
            return false;
        }

        owner[name] = next;
        return true;
    }
}
