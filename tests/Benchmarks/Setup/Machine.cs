using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Setup;

/// <summary>What a figure must be read with: the machine, its load, and how safely the database wrote.</summary>
internal static class Machine
{
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";

    public static void Print() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB, .NET {Environment.Version}, {(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} GC, load {Load}"));

    /// <summary>The sync mode of the connection that writes; it lives in that connection alone, so it is asked there.</summary>
    public static string SyncMode(IServiceProvider services)
    {
        if (services.GetRequiredService<Database>().Kind == DatabaseKind.Postgres)
        {
            using var command = services.GetRequiredService<Database>().Source!.CreateCommand("show synchronous_commit");
            using var fsync = services.GetRequiredService<Database>().Source!.CreateCommand("show fsync");
            return $"PostgreSQL, synchronous_commit {command.ExecuteScalar()}, fsync {fsync.ExecuteScalar()}";
        }

        var writer = Field(services.GetRequiredService<CommitLane>(), "<writer>P", "writer");
        var connection = (SqliteConnection)Field(Field(writer, "batch"), "connection");
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "select (select * from pragma_synchronous) || '/' || (select * from pragma_journal_mode)";
        var mode = (string)pragma.ExecuteScalar()!;
        return $"SQLite, synchronous {(mode.StartsWith('2') ? "FULL" : mode.Split('/')[0])}, journal {mode.Split('/')[1]}";
    }

    private static object Field(object owner, params string[] names) => names
        .Select(name => owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(owner))
        .First(value => value is not null)!;
}
