using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Setup;

/// <summary>Looks at what is stored.</summary>
internal static class Stored
{
    private static readonly Func<EngineDb, string, Task<string?>> Bookmark = EF.CompileAsyncQuery(
        (EngineDb db, string instance) => db.Bookmarks.Where(row => row.InstanceId == instance).Select(row => row.Id).FirstOrDefault());

    /// <summary>The bookmark an instance waits at.</summary>
    public static async Task<string> BookmarkOfAsync(IServiceProvider services, string instanceId)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContextAsync();
        return await Bookmark(db, instanceId) ?? throw new InvalidOperationException($"{instanceId} waits nowhere.");
    }
}
