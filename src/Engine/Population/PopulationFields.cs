using System.Globalization;
using System.Text.Json.Nodes;

namespace PublicService.Engine.Population;

/// <summary>
/// What the population registry knows of a person, by the names of its answer, and how a form may use it (<c>x-population</c> in a schema).
/// Names found in implementations; the official message and the spelling of values inside were not seen [not verified].
/// </summary>
public static class PopulationFields
{
    /// <summary>Source when a schema names none.</summary>
    public const string Source = "CSDLQG về dân cư";

    /// <summary>Dates are written in forms as JSON Schema wants them.</summary>
    private static readonly string[] DateShapes = ["yyyyMMdd", "dd/MM/yyyy", "yyyy-MM-dd"];

    private static readonly Dictionary<string, Func<JsonObject, string?>> Readers = new(StringComparer.Ordinal)
    {
        ["SoDinhDanh"] = person => Text(person["SoDinhDanh"]),
        ["SoCMND"] = person => Text(person["SoCMND"]),
        ["HoVaTen"] = FullName,
        ["HoVaTen.Ho"] = person => Text(person["HoVaTen"] is JsonObject name ? name["Ho"] : null),
        ["HoVaTen.ChuDem"] = person => Text(person["HoVaTen"] is JsonObject name ? name["ChuDem"] : null),
        ["HoVaTen.Ten"] = person => Text(person["HoVaTen"] is JsonObject name ? name["Ten"] : null),
        ["GioiTinh"] = person => Text(person["GioiTinh"]),
        ["DanToc"] = person => Text(person["DanToc"]),
        ["TonGiao"] = person => Text(person["TonGiao"]),
        ["TinhTrangHonNhan"] = person => Text(person["TinhTrangHonNhan"]),
        ["NhomMau"] = person => Text(person["NhomMau"]),
        ["NgayThangNamSinh"] = BirthDate,
        ["NgayThangNamSinh.Nam"] = person => Text(person["NgayThangNamSinh"] is JsonObject birth ? birth["Nam"] : null),
        ["NoiDangKyKhaiSinh"] = person => Text(person["NoiDangKyKhaiSinh"]),
        ["QuocTich"] = person => Text(person["QuocTich"]),
        ["QueQuan"] = person => Text(person["QueQuan"]),
        ["ThuongTru"] = person => Text(person["ThuongTru"]),
        ["NoiOHienTai"] = person => Text(person["NoiOHienTai"]),
        ["Cha"] = person => Related(person["Cha"]),
        ["Me"] = person => Related(person["Me"]),
        ["VoChong"] = person => Related(person["VoChong"]),
        ["NguoiDaiDien"] = person => Related(person["NguoiDaiDien"]),
        ["ChuHo"] = person => Related(person["ChuHo"]),
        ["SoSoHoKhau"] = person => Text(person["SoSoHoKhau"]),
    };

    /// <summary>Every name a schema may use.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    /// <summary>The value in words; null when the answer has none.</summary>
    public static string? Read(JsonObject person, string name) => Readers.TryGetValue(name, out var read) ? read(person) : null;

    // Addresses and the like come as words, or as an object with the whole in words.
    private static string? Text(JsonNode? node) => node switch
    {
        JsonObject address => Text(address["DiaChiDayDu"] ?? address["ChiTiet"]),
        JsonValue value when value.ToString() is { Length: > 0 } text => text.Trim(),
        _ => null,
    };

    private static string? FullName(JsonObject person) => person["HoVaTen"] switch
    {
        JsonObject name => string.Join(' ', new[] { Text(name["Ho"]), Text(name["ChuDem"]), Text(name["Ten"]) }.OfType<string>()) is { Length: > 0 } whole ? whole : null,
        var text => Text(text),
    };

    private static string? Related(JsonNode? node) => node is JsonObject person ? FullName(person) : Text(node);

    /// <summary>Only a whole date: of some elderly people the register knows the year alone.</summary>
    private static string? BirthDate(JsonObject person)
    {
        var text = person["NgayThangNamSinh"] is JsonObject birth ? Text(birth["NgayThangNam"]) : Text(person["NgayThangNamSinh"]);
        return DateOnly.TryParseExact(text, DateShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }
}
