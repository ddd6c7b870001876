using System.Globalization;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Studio;

/// <summary>Which versions a list means: a word of Elsa's or a number; nothing means all (Elsa contract 1.2).</summary>
internal static class VersionOptions
{
    public static IQueryable<DefinitionRow> Of(this IQueryable<DefinitionRow> rows, string? options) => options switch
    {
        null or "" or "AllVersions" => rows,
        "Latest" => rows.Where(row => row.IsLatest),
        "Published" => rows.Where(row => row.IsPublished),
        "LatestOrPublished" or "LatestAndPublished" => rows.Where(row => row.IsLatest || row.IsPublished),
        "Draft" => rows.Where(row => row.IsLatest && !row.IsPublished),
        _ => int.TryParse(options, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? rows.Where(row => row.Version == version)
            : rows.Where(row => false),
    };
}
