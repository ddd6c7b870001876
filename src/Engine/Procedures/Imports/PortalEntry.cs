using System.Text.Json.Nodes;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Procedures;

/// <summary>
/// A procedure as the national portal's <c>LayThuTuc</c> gives it, put into the shape of our catalogue. Only places change, never
/// values: what is dirty stays dirty for the review.
/// </summary>
internal static class PortalEntry
{
    public static bool Is(JsonObject row) => row.ContainsKey("MATTHC");

    public static JsonObject Read(JsonObject row)
    {
        var authority = string.Join("; ", Items(row["COQUANTHUCHIEN"]).Select(one => one["TENDONVI"].Text()).OfType<string>());
        var ways = Items(row["CACHTHUCTHUCHIEN"]).ToList();
        var entry = new JsonObject
        {
            ["code"] = row["MATTHC"].Text(),
            ["name_vi"] = row["TENTTHC"].Text(),
            ["field"] = Items(row["LINHVUCTHUCHIEN"]).Select(one => one["TENLINHVUC"].Text()).FirstOrDefault(),
            ["level"] = EntryWords.LevelOf(authority),
            ["authority"] = authority,
            ["decision"] = Items(row["CANCUPHAPLY"]).Select(one => one["SOVANBAN"].Text()).FirstOrDefault(),
            ["channels"] = Channels(ways),
            ["time"] = Time(ways),
            ["fee"] = new JsonArray([.. Fees(ways)]),
            ["papers"] = new JsonArray([.. Items(row["THANHPHANHOSO"]).SelectMany(group => Items(group["GIAYTO"]).Select(paper => Paper(group, paper)))]),
            ["result"] = new JsonArray([.. Items(row["KETQUATHUCHIEN"]).Select(one => new JsonObject { ["code"] = one["MAKETQUA"].Text(), ["name"] = one["TENKETQUA"].Text() })]),
        };
        if (row["TRANGTHAI"].Text() is { } status)
        {
            entry["portal_status"] = status;
        }

        return entry;
    }

    private static JsonObject? Channels(List<JsonObject> ways)
    {
        var words = ways.Select(way => SearchText.Fold(way["KENH"].Text() ?? "")).Where(word => word.Length > 0).ToList();
        return words.Count == 0 ? null : new JsonObject
        {
            ["direct"] = words.Exists(word => word.Contains("truc tiep", StringComparison.Ordinal)),
            ["post"] = words.Exists(word => word.Contains("buu chinh", StringComparison.Ordinal)),
            ["online"] = words.Exists(word => word.Contains("truc tuyen", StringComparison.Ordinal)),
        };
    }

    private static JsonObject? Time(List<JsonObject> ways)
    {
        var limits = ways.SelectMany(way => Items(way["THOIGIAN"]))
            .Select(time => (Value: time["THOIGIANGIAIQUYET"].Text(), Unit: time["DONVITINH"].Text()))
            .Where(limit => limit.Value is not null || limit.Unit is not null).Distinct().ToList();
        if (limits.Count == 0)
        {
            return null;
        }

        var time = new JsonObject { ["value"] = limits[0].Value, ["unit"] = limits[0].Unit };
        if (limits.Count > 1)
        {
            time["alternatives"] = new JsonArray([.. limits.Skip(1).Select(limit => (JsonNode)$"{limit.Value} {limit.Unit}".Trim())]);
        }

        return time;
    }

    private static IEnumerable<JsonNode> Fees(List<JsonObject> ways) => ways
        .SelectMany(way => Items(way["THOIGIAN"])).SelectMany(time => Items(time["PHILEPHI"]))
        .Select(fee => (Amount: fee["SOTIEN"].Text(), Currency: fee["DONVI"].Text(), Note: fee["MOTA"].Text()))
        .Where(fee => fee.Amount is not null).Distinct()
        .Select(fee =>
        {
            var json = new JsonObject { ["amount"] = fee.Amount, ["currency"] = CurrencyOf(fee.Currency) };
            if (fee.Note is not null)
            {
                json["note"] = fee.Note;
            }

            return json;
        });

    private static string CurrencyOf(string? word) => word is null || SearchText.Fold(word) is "dong" or "vnd" or "d" ? "VND" : word;

    private static JsonObject Paper(JsonObject group, JsonObject paper)
    {
        var json = new JsonObject { ["name"] = paper["TENGIAYTO"].Text() };
        if (group["TRUONGHOP"].Text() is { } condition && !EntryWords.SaysNothing(condition))
        {
            json["condition"] = condition;
        }

        return json;
    }

    /// <summary>The portal writes a list of one as the thing itself.</summary>
    private static IEnumerable<JsonObject> Items(JsonNode? node) => node switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    };
}
