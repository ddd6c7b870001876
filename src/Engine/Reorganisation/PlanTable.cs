using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Reorganisation;

/// <summary>
/// Reads the statistics office's table of old and new units (<c>new_code</c>, <c>old_code</c>, <c>extent_vi</c>; other columns are ignored).
/// An old unit with several rows was split: the table says so, but not which address went where.
/// </summary>
internal sealed class PlanTable(OfficeDirectory offices)
{
    private sealed record Line(string New, string Old, string? Extent);

    /// <exception cref="ProblemException">400 INVALID_INPUT: no such columns, or codes of no office.</exception>
    public IReadOnlyList<OfficeChange> Read(string csv, DateOnly effectiveOn)
    {
        var lines = Lines(csv);
        var before = Codes(effectiveOn.AddDays(-1));
        var after = Codes(effectiveOn);
        var unknown = lines.Where(line => !before.ContainsKey(line.Old)).Select(line => line.Old)
            .Concat(lines.Where(line => !after.ContainsKey(line.New)).Select(line => line.New)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw Problems.InvalidInput("table", $"Không có đơn vị nào mang mã: {string.Join(", ", unknown.Take(20))}{(unknown.Count > 20 ? $" … ({unknown.Count} mã)" : "")}.");
        }

        return
        [
            .. lines.GroupBy(line => line.Old)
                .Select(group => new OfficeChange(before[group.Key], [.. group.Select(line => new Target(after[line.New], Note: line.Extent))]))
                // A unit that was left as it was is no change.
                .Where(change => change.Targets is not [var only] || only.OfficeId != change.From),
        ];
    }

    private static List<Line> Lines(string csv)
    {
        using var reader = new CsvReader(new StringReader(csv), new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
        try
        {
            var lines = new List<Line>();
            reader.Read();
            reader.ReadHeader();
            while (reader.Read())
            {
                reader.TryGetField<string>("extent_vi", out var extent);
                lines.Add(new(reader.GetField("new_code")!, reader.GetField("old_code")!, extent));
            }

            return lines;
        }
        catch (CsvHelperException error)
        {
            throw Problems.InvalidInput("table", $"Không đọc được bảng ở dòng {reader.Parser.Row}: {error.GetType().Name}.");
        }
    }

    private Dictionary<string, string> Codes(DateOnly on) => offices.Areas(on);
}
