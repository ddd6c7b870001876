using System.Text.Json;

namespace PublicService.Engine.ServiceIndex;

/// <summary>A group of the index with its maximum, as found.</summary>
public sealed record IndexGroup(string Id, string Name, decimal Max);

/// <summary>One item of the index.</summary>
/// <param name="Formula">Numerator and denominator in words.</param>
/// <param name="MaxPointsVerified">False: how the group's points are split was not found, <paramref name="Assumption"/> says what we took.</param>
/// <param name="FullPointsAtPercent">From this value on the item has all its points; below, in proportion (our reading).</param>
/// <param name="NotMeasured">Why the item is not counted; null when it is.</param>
public sealed record IndexItem(
    string Id, string Group, string Name, string Formula, decimal MaxPoints, bool MaxPointsVerified, string? Assumption,
    decimal FullPointsAtPercent, bool FullPointsVerified, string? NotMeasured);

/// <summary>
/// The weights of the index of QĐ 766/QĐ-TTg, from <c>seed/service-index.json</c> or the file named by <c>ServiceIndex:File</c>: they are
/// data, because half of them are assumptions a province will want to correct.
/// </summary>
public sealed record IndexCatalogue(IReadOnlyList<IndexGroup> Groups, IReadOnlyList<IndexItem> Items)
{
    /// <exception cref="FormatException">The items of a group do not add up to its maximum.</exception>
    public static IndexCatalogue Read(string? file)
    {
        var path = string.IsNullOrWhiteSpace(file) ? Path.Combine(AppContext.BaseDirectory, "seed", "service-index.json") : file;
        var catalogue = JsonSerializer.Deserialize<IndexCatalogue>(File.ReadAllText(path), JsonSerializerOptions.Web)
            ?? throw new FormatException($"{path} is empty.");
        foreach (var group in catalogue.Groups)
        {
            var sum = catalogue.Items.Where(item => item.Group == group.Id).Sum(item => item.MaxPoints);
            if (sum != group.Max)
            {
                throw new FormatException($"{path}: the items of {group.Id} add up to {sum}, not {group.Max}.");
            }
        }

        return catalogue;
    }
}
