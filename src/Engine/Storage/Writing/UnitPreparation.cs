using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace PublicService.Engine.Storage;

/// <summary>Turns changes into statements with values, on the caller's thread, so that the writer only has to run them.</summary>
internal sealed class UnitPreparation(IModel model, ISqlGenerationHelper names, Func<RelationalTypeMapping, int?> typeOf)
{
    private readonly ConcurrentDictionary<Type, TableMap> tables = new();
    private readonly ConcurrentDictionary<string, Statement> texts = new(StringComparer.Ordinal);

    public Step[] Prepare(Changes changes)
    {
        var steps = new Step[changes.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = Prepare(changes.List[i]);
        }

        return steps;
    }

    public void RaiseVersions(Changes changes)
    {
        foreach (var change in changes.List)
        {
            if (change is { Kind: ChangeKind.Update, Entity: { } entity })
            {
                TableOf(change.Type).RaiseVersion(entity);
            }
        }
    }

    private Step Prepare(Change change) => change.Kind switch
    {
        ChangeKind.Insert => TableOf(change.Type).Insert(change.Entity!),
        ChangeKind.Update => TableOf(change.Type).Update(change.Entity!, change.Properties),
        ChangeKind.Delete => TableOf(change.Type).Delete(change.Entity!),
        ChangeKind.DeleteByKey => TableOf(change.Type).DeleteByKey(change.Values),
        ChangeKind.Sql => new Step(TextOf(change.Sql!, change.Values.Length), [.. change.Values.Select(ToStore)], change.ExpectedRows),
    };

    private TableMap TableOf(Type type) => tables.GetOrAdd(type, clr => new TableMap(
        model.FindEntityType(clr) ?? throw new InvalidOperationException($"{clr.Name} is not part of the model."), names, typeOf));

    private Statement TextOf(string format, int parameters) => texts.GetOrAdd(format, _ => new Statement(
        string.Format(CultureInfo.InvariantCulture, format, [.. Enumerable.Range(1, parameters).Select(i => $"${i}")]),
        new int?[parameters]));

    private static object? ToStore(object? value) => value switch
    {
        DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
        Enum name => name.ToString(),
        _ => value,
    };
}
