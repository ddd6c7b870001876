using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Procedures;

/// <summary>What people write for units, amounts and levels, understood or not; nothing is guessed here.</summary>
internal static partial class EntryWords
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["ngay lam viec"] = "working_day",
        ["working day"] = "working_day",
        ["ngay"] = "day",
        ["day"] = "day",
        ["gio lam viec"] = "working_hour",
        ["gio"] = "working_hour",
        ["working hour"] = "working_hour",
        ["thang"] = "month",
        ["month"] = "month",
        ["trong ngay"] = "same_day",
        ["trong ngay lam viec"] = "same_day",
        ["same day"] = "same_day",
        ["khong hen ngay tra"] = "none",
        ["none"] = "none",
    };

    /// <summary>The portal's way of leaving a field empty.</summary>
    public static bool SaysNothing(string? text) => text is not null && SearchText.Fold(text) is "khong co thong tin" or "chua co thong tin";

    /// <summary>The catalogue's word for a unit; null when nobody knows it.</summary>
    public static string? UnitOf(string text) => Units.GetValueOrDefault(SearchText.Fold(text.Replace('_', ' ')));

    /// <summary><c>700.000 đồng</c>, <c>700,000</c>, <c>Miễn phí</c>; null when it is no amount of đồng.</summary>
    public static long? AmountOf(string text)
    {
        if (SearchText.Fold(text) is "mien phi" or "khong" or "khong thu phi")
        {
            return 0;
        }

        return Amount().Match(text) is { Success: true } match
            && long.TryParse(match.Groups["digits"].Value.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;
    }

    /// <summary><c>15 ngày làm việc</c> as 15 and what follows; null when it does not begin with a number.</summary>
    public static (int Value, string? Unit)? LimitOf(string text) => Limit().Match(text) is { Success: true } match
        && int.TryParse(match.Groups["digits"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (value, match.Groups["unit"].Value is { Length: > 0 } unit ? unit : null)
            : null;

    /// <summary>Two-level government since 1/7/2025: commune, province, or a ministry. Districts are gone.</summary>
    public static bool IsLevel(string text)
    {
        var words = SearchText.Fold(text).Split(' ');
        return words.Any(word => word is "xa" or "tinh" or "bo") && !words.Contains("huyen");
    }

    /// <summary>Level of an authority that names it, such as <c>UBND cấp xã</c> or <c>Sở Xây dựng</c>.</summary>
    public static string? LevelOf(string? authority)
    {
        var words = SearchText.Fold(authority ?? "").Split(' ');
        string[] levels =
        [
            .. words[0] == "bo" && words is not [_, "phan", ..] ? new[] { "bộ" } : [],
            .. words[0] == "so" || words.Contains("tinh") ? new[] { "tỉnh" } : [],
            .. words.Contains("xa") || words.Contains("phuong") ? new[] { "xã" } : [],
        ];
        return levels.Length > 0 && !words.Contains("huyen") ? string.Join(", ", levels) : null;
    }

    /// <summary>Text of a string or number; null of everything else.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>().Trim() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.ToJsonString(),
            _ => null,
        }
        : null;

    [GeneratedRegex(@"^\s*(?<digits>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\s*(?:đồng|đ|vnđ|vnd)?\s*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^\s*(?<digits>[0-9]{1,6})\s*(?<unit>.*?)\s*\z", RegexOptions.Singleline)]
    private static partial Regex Limit();
}
