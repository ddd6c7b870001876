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
        byId = rows.ToFrozenDictionary(row => row.Id, row => row.ToOffice(), StringComparer.Ordinal);
    }
}
