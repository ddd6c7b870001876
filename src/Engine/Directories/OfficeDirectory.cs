using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Directories;

/// <summary>All offices, in memory.</summary>
public sealed class OfficeDirectory(IDbContextFactory<EngineDb> contexts)
{
    private FrozenDictionary<string, Office> byId = FrozenDictionary<string, Office>.Empty;
    private FrozenDictionary<string, string> oneStops = FrozenDictionary<string, string>.Empty;

    private (string Code, string OfficeId)[] areas = [];
    private FrozenDictionary<string, OfficeNameRow[]> names = FrozenDictionary<string, OfficeNameRow[]>.Empty;

    public IReadOnlyCollection<Office> All => byId.Values;

    /// <summary>The office that has no parent: the province itself.</summary>
    public Office Root => byId.Values.First(office => office.ParentId is null);

    public Office? TryFind(string id) => byId.GetValueOrDefault(id);

    /// <exception cref="RefusedException">OFFICE_NOT_FOUND.</exception>
    public Office Find(string id) => TryFind(id) ?? throw new RefusedException("OFFICE_NOT_FOUND", $"Không có đơn vị mã “{id}”.");

    /// <summary>The office, which must also exist on that day.</summary>
    /// <exception cref="RefusedException">OFFICE_NOT_FOUND, OFFICE_NOT_IN_FORCE.</exception>
    public Office Find(string id, DateOnly on)
    {
        var office = Find(id);
        office.MustBeValidOn(on);
        return office;
    }

    public IEnumerable<Office> ValidOn(DateOnly date) => byId.Values.Where(office => office.IsValidOn(date));

    public string AgencyCode(string id) => Find(id).AgencyCode;

    public Office? Parent(string id) => Find(id).ParentId is { } parent ? Find(parent) : null;

    /// <summary>Name of the one-stop desk of an office; its own name when it keeps none.</summary>
    public string OneStop(string id) => oneStops.GetValueOrDefault(id) ?? Find(id).Name;

    /// <summary>The name an office had on a day, for what is shown of that day; its id when it is unknown.</summary>
    public string NameOn(string id, DateOnly date) =>
        Array.FindLast(names.GetValueOrDefault(id) ?? [], row => row.ValidFrom <= date)?.Name ?? TryFind(id)?.Name ?? id;

    /// <summary>Offices that are administrative units on a day, by the code of the unit.</summary>
    public Dictionary<string, string> Areas(DateOnly on) => areas.Where(area => byId[area.OfficeId].IsValidOn(on))
        .DistinctBy(area => area.Code).ToDictionary(area => area.Code, area => area.OfficeId, StringComparer.Ordinal);

    /// <summary>All names an office has had, oldest first; empty when it was never renamed.</summary>
    public IReadOnlyList<OfficeNameRow> Names(string id) => names.GetValueOrDefault(id) ?? [];

    /// <summary>The offices that took over the work of one that has ended.</summary>
    public IReadOnlyList<OfficeSuccessor> Successors(string id) => TryFind(id)?.Successors ?? [];

    /// <summary>The office itself or anything beneath <paramref name="aboveId"/>.</summary>
    public bool IsWithin(string id, string aboveId)
    {
        for (var (office, depth) = (TryFind(id), 0); office is not null && depth < 16; depth++)
        {
            if (office.Id == aboveId)
            {
                return true;
            }

            office = office.ParentId is { } parent ? TryFind(parent) : null;
        }

        return false;
    }

    internal async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<OfficeRow>().AsNoTracking().ToListAsync(cancellationToken);
        oneStops = rows.Where(row => row.OneStop is not null).ToFrozenDictionary(row => row.Id, row => row.OneStop!, StringComparer.Ordinal);
        names = (await db.Set<OfficeNameRow>().AsNoTracking().ToListAsync(cancellationToken)).GroupBy(row => row.OfficeId)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(row => row.ValidFrom).ToArray(), StringComparer.Ordinal);
        var next = (await db.Set<OfficeSuccessorRow>().AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.OfficeId, row => row.SuccessorId);
        var nameOf = rows.ToDictionary(row => row.Id, row => row.Name);
        byId = rows.ToFrozenDictionary(
            row => row.Id,
            row => row.ToOffice(next[row.Id] is var after && after.Any() ? [.. after.Order(StringComparer.Ordinal).Select(id => new OfficeSuccessor(id, nameOf.GetValueOrDefault(id, id)))] : null),
            StringComparer.Ordinal);
        areas = [.. rows.Where(row => row.AreaCode is not null).Select(row => (row.AreaCode!, row.Id))];
    }
}
