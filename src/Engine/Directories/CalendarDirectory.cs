using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Directories;

/// <summary>All versions of all calendars, in memory. An open dossier keeps the version it was promised with.</summary>
public sealed class CalendarDirectory(IDbContextFactory<EngineDb> contexts, OfficeDirectory offices)
{
    private FrozenDictionary<string, WorkCalendar[]> byId = FrozenDictionary<string, WorkCalendar[]>.Empty;

    /// <summary>Every version, by calendar and number.</summary>
    public IEnumerable<WorkCalendar> All => byId.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value);

    /// <summary>Versions of one calendar, oldest first.</summary>
    public IReadOnlyList<WorkCalendar> Versions(string calendarId) => byId.GetValueOrDefault(calendarId) ?? [];

    /// <summary>The version in force for an office: its own, else the one it was told to keep, else the province's.</summary>
    /// <exception cref="RefusedException">OFFICE_NOT_FOUND; CALENDAR_NOT_FOUND when none is in force that day.</exception>
    public WorkCalendar For(string officeId, DateOnly date)
    {
        var office = offices.Find(officeId);
        return WorkCalendar.InForce(Versions(office.Id), date)
            ?? WorkCalendar.InForce(Versions(office.CalendarId), date)
            ?? WorkCalendar.InForce(Versions(offices.Root.CalendarId), date)
            ?? throw new RefusedException("CALENDAR_NOT_FOUND", $"Chưa có lịch làm việc áp dụng cho “{office.Name}” vào ngày này.");
    }

    /// <summary>A given version, for recomputing a promise as it was made; null when there is none.</summary>
    public WorkCalendar? Version(string calendarId, int version) => Array.Find(byId.GetValueOrDefault(calendarId) ?? [], one => one.Version == version);

    internal async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<CalendarRow>().AsNoTracking().ToListAsync(cancellationToken);
        byId = rows.GroupBy(row => row.CalendarId).ToFrozenDictionary(
            group => group.Key,
            group => group.OrderBy(row => row.Version).Select(row => new WorkCalendar(CalendarData.FromJson(row.Json))).ToArray(),
            StringComparer.Ordinal);
    }
}
