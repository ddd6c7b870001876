using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Procedures;

/// <summary>A table of procedures from a spreadsheet: comma, semicolon or tab; Vietnamese or English column names.</summary>
internal static class CsvEntries
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["ma"] = "code", ["ma tthc"] = "code", ["ma thu tuc"] = "code", ["code"] = "code",
        ["ten"] = "name_vi", ["ten tthc"] = "name_vi", ["ten thu tuc"] = "name_vi", ["ten thu tuc hanh chinh"] = "name_vi", ["name"] = "name_vi",
        ["linh vuc"] = "field", ["field"] = "field",
        ["cap"] = "level", ["cap thuc hien"] = "level", ["level"] = "level",
        ["co quan"] = "authority", ["co quan thuc hien"] = "authority", ["authority"] = "authority",
        ["quyet dinh"] = "decision", ["quyet dinh cong bo"] = "decision", ["decision"] = "decision",
        ["thoi han"] = "limit", ["thoi han giai quyet"] = "limit", ["limit"] = "limit",
        ["don vi"] = "unit", ["don vi tinh"] = "unit", ["unit"] = "unit",
        ["phi"] = "fee", ["le phi"] = "fee", ["phi le phi"] = "fee", ["fee"] = "fee",
        ["thanh phan ho so"] = "papers", ["giay to"] = "papers", ["papers"] = "papers",
        ["ket qua"] = "result", ["result"] = "result",
        ["cach thuc"] = "channels", ["cach thuc thuc hien"] = "channels", ["channels"] = "channels",
        ["muc do truc tuyen"] = "online_level", ["online level"] = "online_level",
    };

    private static readonly string[] Demanded = ["code", "name_vi"];

    /// <exception cref="Http.ProblemException">400 FILE_MALFORMED or FILE_COLUMNS_MISSING.</exception>
    public static IEnumerable<(JsonObject Entry, string Raw)> Read(string text)
    {
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            MissingFieldFound = null,
            BadDataFound = bad => throw ImportFile.Malformed($"dòng {bad.Context.Parser?.RawRow}: dấu nháy không khớp"),
            MaxFieldSize = 100_000,
        });
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw ImportFile.Malformed("không có dòng tiêu đề");
        }

        var columns = csv.HeaderRecord!.Select((header, index) => (Name: Columns.GetValueOrDefault(SearchText.Fold(header)), Index: index))
            .Where(column => column.Name is not null).DistinctBy(column => column.Name).ToDictionary(column => column.Name!, column => column.Index);
        if (Demanded.FirstOrDefault(name => !columns.ContainsKey(name)) is { } missing)
        {
            throw new Http.ProblemException(StatusCodes.Status400BadRequest, "FILE_COLUMNS_MISSING", $"Bảng thiếu cột “{(missing == "code" ? "Mã TTHC" : "Tên thủ tục")}”.");
        }

        while (csv.Read())
        {
            var cells = columns.ToDictionary(column => column.Key, column => csv.GetField(column.Value)?.Trim());
            if (cells.Values.Any(cell => !string.IsNullOrEmpty(cell)))
            {
                yield return (EntryOf(cells), RawOf(csv));
            }
        }
    }

    private static JsonObject EntryOf(Dictionary<string, string?> cells)
    {
        var entry = new JsonObject();
        foreach (var (name, cell) in cells)
        {
            switch (name)
            {
                case "limit":
                    entry["time"] = new JsonObject { ["value"] = cell, ["unit"] = cells.GetValueOrDefault("unit") is { Length: > 0 } unit ? unit : null };
                    break;
                case "fee":
                    entry["fee"] = string.IsNullOrEmpty(cell) ? new JsonArray() : new JsonArray(new JsonObject { ["amount"] = cell });
                    break;
                case "papers" or "result":
                    entry[name] = new JsonArray([.. PartsOf(cell).Select(part => new JsonObject { ["name"] = part })]);
                    break;
                case "channels":
                    var folded = SearchText.Fold(cell ?? "");
                    entry[name] = new JsonObject
                    {
                        ["direct"] = folded.Contains("truc tiep", StringComparison.Ordinal),
                        ["post"] = folded.Contains("buu chinh", StringComparison.Ordinal),
                        ["online"] = folded.Contains("truc tuyen", StringComparison.Ordinal),
                    };
                    break;
                case "unit":
                    break;
                default:
                    entry[name] = string.IsNullOrEmpty(cell) ? null : cell;
                    break;
            }
        }

        return entry;
    }

    private static string RawOf(CsvReader csv)
    {
        var raw = new JsonObject();
        for (var i = 0; i < csv.HeaderRecord!.Length; i++)
        {
            raw[$"{i + 1}. {csv.HeaderRecord[i]}"] = csv.GetField(i);
        }

        return raw.ToJsonString(JsonText.Readable);
    }

    private static string[] PartsOf(string? cell) =>
        (cell ?? "").Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The header decides: cells hold commas and semicolons of their own.</summary>
    private static string DelimiterOf(string text)
    {
        var header = text.AsSpan(0, Math.Max(0, text.IndexOfAny(['\n', '\r']) is var end and >= 0 ? end : text.Length)).ToString();
        return new[] { ",", ";", "\t" }.MaxBy(mark => header.Split(mark).Length)!;
    }
}
