using Microsoft.Data.Sqlite;

namespace PublicService.Benchmarks.Kill;

/// <summary>Another process that holds the engine's file until it is ended.</summary>
internal static class Holder
{
    public static async Task<int> RunAsync(string file)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "begin immediate";
        await command.ExecuteNonQueryAsync();
        Console.WriteLine("held");
        await Task.Delay(TimeSpan.FromMinutes(5));
        return 0;
    }
}
