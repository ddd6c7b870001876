using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PublicService.Engine.Storage;

/// <summary>SQLite reports the columns of a broken unique rule, PostgreSQL its name; callers always get the name.</summary>
internal sealed class UniqueNames
{
    private readonly Dictionary<string, string> byColumns = new(StringComparer.Ordinal);

    public UniqueNames(IModel model)
    {
        foreach (var entity in model.GetEntityTypes())
        {
            if (entity.GetTableName() is not { } table)
            {
                continue;
            }

            foreach (var key in entity.GetKeys())
            {
                Add(table, key.Properties, key.GetName());
            }

            foreach (var index in entity.GetIndexes().Where(index => index.IsUnique))
            {
                Add(table, index.Properties, index.GetDatabaseName());
            }
        }
    }

    /// <summary>Finds the name in a message like <c>UNIQUE constraint failed: tasks.id, tasks.version</c>.</summary>
    public string Find(string message)
    {
        const string Marker = "constraint failed: ";
        var start = message.IndexOf(Marker, StringComparison.Ordinal);
        if (start < 0)
        {
            return message;
        }

        var columns = message[(start + Marker.Length)..].TrimEnd('\'', '.');
        return byColumns.GetValueOrDefault(columns, columns);
    }

    private void Add(string table, IEnumerable<IProperty> properties, string? name)
    {
        if (name is not null)
        {
            byColumns[string.Join(", ", properties.Select(property => $"{table}.{property.GetColumnName()}"))] = name;
        }
    }
}
