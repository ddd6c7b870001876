using System.Text;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Tests.Dossiers;

namespace PublicService.Engine.Tests.Wallet;

internal static class StoredText
{
    /// <summary>Every value of these tables as text.</summary>
    public static async Task<string> EverythingAsync(this OneStop engine, params string[] tables)
    {
        var text = new StringBuilder();
        await using var db = engine.Open();
        await db.Database.OpenConnectionAsync();
        foreach (var table in tables)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"select * from {table}";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    text.Append(reader.GetValue(column)).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
