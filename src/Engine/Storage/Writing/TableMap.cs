using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace PublicService.Engine.Storage;

/// <summary>How one entity is written, taken from the EF model once: there is no second mapping to keep in step.</summary>
internal sealed class TableMap
{
    private readonly string entity;
    private readonly string table;
    private readonly Column[] columns;
    private readonly Column[] keys;
    private readonly Column? version;
    private readonly Func<RelationalTypeMapping, int?> typeOf;
    private readonly Column[] inserted;
    private readonly Statement insert;
    private readonly Statement delete;
    private readonly Statement deleteByKey;
    private readonly ConcurrentDictionary<string, (Statement Statement, Column[] Columns)> updates = new(StringComparer.Ordinal);

    public TableMap(IEntityType type, ISqlGenerationHelper names, Func<RelationalTypeMapping, int?> typeOf)
    {
        this.typeOf = typeOf;
        entity = type.ClrType.Name;
        var name = type.GetTableName() ?? throw new InvalidOperationException($"{type.Name} has no table.");
        table = names.DelimitIdentifier(name, type.GetSchema());
        var store = StoreObjectIdentifier.Table(name, type.GetSchema());
        columns = [.. type.GetFlattenedProperties()
            .Where(property => property.GetColumnName(store) is not null)
            .Select(property => new Column(property, names.DelimitIdentifier(property.GetColumnName(store)!)))];
        var key = type.FindPrimaryKey() ?? throw new InvalidOperationException($"{type.Name} has no key.");
        keys = [.. key.Properties.Select(part => columns.First(column => column.Property == part))];
        version = Array.Find(columns, column => column.Property.IsConcurrencyToken);
        inserted = [.. columns.Where(column => !IsMadeByDatabase(column.Property))];

        var places = string.Join(", ", Enumerable.Range(1, inserted.Length).Select(i => $"${i}"));
        insert = Make($"insert into {table} ({string.Join(", ", inserted.Select(column => column.Name))}) values ({places})", inserted);
        deleteByKey = Make($"delete from {table} where {Where(keys, 1)}", keys);
        delete = version is null ? deleteByKey : Make($"delete from {table} where {Where([.. keys, version], 1)}", [.. keys, version]);
    }

    public Step Insert(object row) => new(insert, Values(row, inserted), null);

    public Step Delete(object row) => new(delete, Values(row, version is null ? keys : [.. keys, version]), 1);

    public Step DeleteByKey(object?[] key)
    {
        if (key.Length != keys.Length)
        {
            throw new ArgumentException($"The key of {entity} has {keys.Length} parts.", nameof(key));
        }

        return new Step(deleteByKey, [.. key.Select((value, i) => keys[i].ToStore(value))], 1);
    }

    public Step Update(object row, string[] properties)
    {
        var (statement, values) = updates.GetOrAdd(string.Join(',', properties), _ => MakeUpdate(properties));
        return new Step(statement, Values(row, values), 1);
    }

    /// <summary>After the commit the object in memory follows the row, so that it can be written again.</summary>
    public void RaiseVersion(object row) => version?.Raise(row);

    private (Statement Statement, Column[] Columns) MakeUpdate(string[] properties)
    {
        var written = properties.Length == 0
            ? columns.Where(column => !keys.Contains(column) && column != version && !IsMadeByDatabase(column.Property) && !IsFixed(column.Property))
            : properties.Select(name => Array.Find(columns, column => column.Property.Name == name)
                ?? throw new ArgumentException($"{entity} has no stored property '{name}'.", nameof(properties)));
        Column[] set = [.. written];
        Column[] where = version is null ? keys : [.. keys, version];
        var assignments = set.Select((column, i) => $"{column.Name} = ${i + 1}");
        if (version is not null)
        {
            assignments = assignments.Append($"{version.Name} = {version.Name} + 1");
        }

        Column[] all = [.. set, .. where];
        return (Make($"update {table} set {string.Join(", ", assignments)} where {Where(where, set.Length + 1)}", all), all);
    }

    private static string Where(Column[] where, int first) =>
        string.Join(" and ", where.Select((column, i) => $"{column.Name} = ${first + i}"));

    private static object?[] Values(object row, Column[] from)
    {
        var values = new object?[from.Length];
        for (var i = 0; i < from.Length; i++)
        {
            values[i] = from[i].Read(row);
        }

        return values;
    }

    private static bool IsMadeByDatabase(IProperty property) =>
        property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);

    // What is init-only never changes; leaving it out spares SQLite the indexes over it, which it rewrites whenever a column is named.
    private static bool IsFixed(IProperty property) =>
        property.PropertyInfo?.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)) == true;

    private Statement Make(string sql, Column[] parameters) =>
        new(sql, [.. parameters.Select(column => typeOf(column.Property.GetRelationalTypeMapping()))]);

    private sealed class Column(IProperty property, string name)
    {
        private readonly Func<object?, object?>? convert = property.GetRelationalTypeMapping().Converter?.ConvertToProvider;
        private readonly IClrPropertyGetter getter = property.GetGetter();

        public IProperty Property { get; } = property;

        public string Name { get; } = name;

        public object? Read(object row) => ToStore(getter.GetClrValueUsingContainingEntity(row));

        public object? ToStore(object? value) => value is null || convert is null ? value : convert(value);

        public void Raise(object row)
        {
            var next = Convert.ToInt64(getter.GetClrValueUsingContainingEntity(row), System.Globalization.CultureInfo.InvariantCulture) + 1;
            if (Property.PropertyInfo is { CanWrite: true } info)
            {
                info.SetValue(row, next);
            }
            else
            {
                (Property.FieldInfo ?? throw new InvalidOperationException($"{Property} cannot be set.")).SetValue(row, next);
            }
        }
    }
}
