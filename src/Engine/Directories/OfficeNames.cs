using PublicService.Engine.Storage;

namespace PublicService.Engine.Directories;

/// <summary>How an office gets another name and keeps the ones it had.</summary>
public static class OfficeNames
{
    /// <param name="row">The office as stored; its name is replaced.</param>
    public static Changes Rename(Changes changes, OfficeRow row, OfficeDirectory offices, OfficeNameRow name)
    {
        if (offices.Names(row.Id).Count == 0)
        {
            // The first change puts the name it has had so far on file as well.
            changes.Insert(new OfficeNameRow
            {
                OfficeId = row.Id,
                ValidFrom = row.ValidFrom,
                Name = row.Name,
                OneStop = row.OneStop,
                ChangedBy = name.ChangedBy,
                ChangedAt = name.ChangedAt,
            });
        }

        (row.Name, row.OneStop) = (name.Name, name.OneStop);
        // The old name is still what people look for.
        row.SearchText = SearchText.Of([name.Name, row.AgencyCode, row.AreaCode, .. offices.Names(row.Id).Select(old => old.Name).DefaultIfEmpty(offices.Find(row.Id).Name)]);
        return changes.Insert(name).Update(row, nameof(row.Name), nameof(row.OneStop), nameof(row.SearchText));
    }
}
