using System.Text.Json.Nodes;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>
/// Procedures as the national portal's <c>LayThuTuc</c> gives them, with the dirt that was found there, made from a seed. Knows how much
/// of each kind it put in.
/// </summary>
internal sealed class DirtyPortal
{
    private static readonly string[] Authorities = ["UBND cấp xã", "Sở Xây dựng", "Bộ Tư pháp", "UBND tỉnh"];
    private static readonly string[] Units = ["Ngày làm việc", "Ngày", "Giờ", "Tháng"];

    private readonly Random random;
    private readonly Dictionary<string, int> expected = [];

    public DirtyPortal(int seed, int count)
    {
        random = new Random(seed);
        var codes = Enumerable.Range(0, count).Select(number => $"5.{number:D6}").ToList();
        Rows = new JsonArray([.. codes.Select(code => (JsonNode)Row(code, codes))]);
    }

    public JsonArray Rows { get; }

    /// <summary>How many rows show each finding.</summary>
    public IReadOnlyDictionary<string, int> Expected => expected;

    public int Refused { get; private set; }

    public int Warned { get; private set; }

    public int Clean => Rows.Count - Refused - Warned;

    private JsonObject Row(string code, List<string> codes)
    {
        var authority = Authorities[random.Next(Authorities.Length)];
        var row = Good(code, authority);
        // One kind of dirt in a row, as often as in the crawl: every fourth limit has no unit.
        switch (random.Next(20))
        {
            case < 5:
                Time(row)["DONVITINH"] = null;
                Refuse("LIMIT_UNIT_MISSING");
                break;
            case 5:
                Time(row)["DONVITINH"] = "Tuần trăng";
                Refuse("LIMIT_UNIT_UNKNOWN");
                break;
            case 6:
                Time(row)["THOIGIANGIAIQUYET"] = "Không có thông tin";
                Refuse("NO_INFORMATION");
                break;
            case 7:
                row["COQUANTHUCHIEN"] = new JsonArray(new JsonObject { ["TENDONVI"] = "Không có thông tin" });
                // Nothing tells the level either.
                Refuse("NO_INFORMATION", "LEVEL_UNKNOWN");
                break;
            case 8:
                row["COQUANTHUCHIEN"] = new JsonArray();
                Refuse("AUTHORITY_MISSING", "LEVEL_UNKNOWN");
                break;
            case 9:
                row["COQUANTHUCHIEN"] = new JsonArray(new JsonObject { ["TENDONVI"] = "Cơ quan có thẩm quyền" });
                Refuse("LEVEL_UNKNOWN");
                break;
            case 10:
                Fee(row)["SOTIEN"] = random.Next(1, 999).ToString(System.Globalization.CultureInfo.InvariantCulture);
                Warn("FEE_SUSPICIOUS");
                break;
            case 11:
                Fee(row)["SOTIEN"] = "Theo quy định của HĐND tỉnh";
                Warn("FEE_NOT_A_NUMBER");
                break;
            case 12:
                Fee(row)["SOTIEN"] = "Không có thông tin";
                Warn("NO_INFORMATION");
                break;
            case 13 when codes.IndexOf(code) is > 0 and var index && !twice.Contains(codes[index - 1]) && clean.Contains(codes[index - 1]):
                // The clean row before comes again: both are one too many.
                row["MATTHC"] = codes[index - 1];
                twice.Add(codes[index - 1]);
                expected["DUPLICATE_CODE"] = expected.GetValueOrDefault("DUPLICATE_CODE") + 2;
                Warned += 2;
                break;
            default:
                clean.Add(code);
                break;
        }

        return row;
    }

    private readonly HashSet<string> twice = [];
    private readonly HashSet<string> clean = [];

    private JsonObject Good(string code, string authority) => new()
    {
        ["MATTHC"] = code,
        ["TENTTHC"] = $"Thủ tục số {code}, cấp “giấy”; bản sao, v.v.",
        ["LINHVUCTHUCHIEN"] = new JsonArray(new JsonObject { ["MALINHVUC"] = "L1", ["TENLINHVUC"] = $"Lĩnh vực {random.Next(12)}" }),
        ["CACHTHUCTHUCHIEN"] = new JsonArray(new JsonObject
        {
            ["KENH"] = random.Next(2) == 0 ? "Trực tiếp" : "Trực tuyến",
            ["THOIGIAN"] = new JsonArray(new JsonObject
            {
                ["THOIGIANGIAIQUYET"] = random.Next(1, 60).ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["DONVITINH"] = Units[random.Next(Units.Length)],
                ["MOTA"] = "kể từ ngày nhận đủ hồ sơ hợp lệ",
                ["PHILEPHI"] = new JsonArray(new JsonObject
                {
                    ["MAPHILEPHI"] = "P",
                    ["SOTIEN"] = random.Next(3) switch { 0 => "700.000 đồng", 1 => "15000", _ => "Miễn phí" },
                    ["DONVI"] = "Đồng",
                }),
            }),
        }),
        ["THANHPHANHOSO"] = new JsonArray(new JsonObject
        {
            ["TRUONGHOP"] = "Không có thông tin",
            ["GIAYTO"] = new JsonArray(new JsonObject { ["MAGIAYTO"] = "G1", ["TENGIAYTO"] = "Đơn đề nghị" }, new JsonObject { ["TENGIAYTO"] = "Bản vẽ" }),
        }),
        ["KETQUATHUCHIEN"] = new JsonObject { ["MAKETQUA"] = "KQ.G1", ["TENKETQUA"] = "Giấy phép" },
        ["CANCUPHAPLY"] = new JsonArray(new JsonObject { ["SOVANBAN"] = "12/QĐ-BTP", ["TENVANBAN"] = "Quyết định" }),
        ["COQUANTHUCHIEN"] = new JsonArray(new JsonObject { ["MADONVI"] = "G", ["TENDONVI"] = authority }),
        ["TRANGTHAI"] = "1",
    };

    private void Refuse(params string[] codes)
    {
        Refused++;
        Count(codes);
    }

    private void Warn(params string[] codes)
    {
        Warned++;
        Count(codes);
    }

    private void Count(string[] codes)
    {
        foreach (var code in codes)
        {
            expected[code] = expected.GetValueOrDefault(code) + 1;
        }
    }

    private static JsonObject Time(JsonObject row) => (JsonObject)row["CACHTHUCTHUCHIEN"]![0]!["THOIGIAN"]![0]!;

    private static JsonObject Fee(JsonObject row) => (JsonObject)Time(row)["PHILEPHI"]![0]!;
}
