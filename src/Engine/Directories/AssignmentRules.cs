using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Directories;

/// <summary>All rules, in memory: where none is set a new task costs nothing.</summary>
public sealed class AssignmentRules(IDbContextFactory<EngineDb> contexts)
{
    private readonly ConcurrentDictionary<(string OfficeId, string Role), string> turns = new();
    private FrozenDictionary<(string OfficeId, string Role), AssignmentMode> modes = FrozenDictionary<(string, string), AssignmentMode>.Empty;

    public bool IsEmpty => modes.Count == 0;

    public AssignmentMode ModeOf(string officeId, string role) => modes.GetValueOrDefault((officeId, role));

    /// <summary>Whose turn it is among people in the order of their ids; the turn passes on with the question.</summary>
    /// <remarks>Exact within one engine. Several engines count for themselves until they load again, so that no click waits for another.</remarks>
    public string Next(string officeId, string role, IReadOnlyList<string> people)
    {
        var inOrder = people.Order(StringComparer.Ordinal).ToList();
        return turns.AddOrUpdate((officeId, role), inOrder[0], (_, last) => inOrder.Find(id => string.CompareOrdinal(id, last) > 0) ?? inOrder[0]);
    }

    internal async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<AssignmentRuleRow>().AsNoTracking().Where(row => row.Mode != AssignmentMode.Manual).ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => row.LastPersonId is not null))
        {
            turns.TryAdd((row.OfficeId, row.Role), row.LastPersonId!);
        }

        modes = rows.ToFrozenDictionary(row => (row.OfficeId, row.Role), row => row.Mode);
    }
}
