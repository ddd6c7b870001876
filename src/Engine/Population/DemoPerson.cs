using System.Globalization;
using System.Text.Json.Nodes;

namespace PublicService.Engine.Population;

/// <summary>An invented person for a personal number, the same each time, in the shape of the registry's answer; nobody has a number that ends in 404.</summary>
internal static class DemoPerson
{
    public static JsonObject? Of(string personalNumber)
    {
        if (personalNumber.EndsWith("404", StringComparison.Ordinal))
        {
            return null;
        }

        var seed = long.Parse(personalNumber, CultureInfo.InvariantCulture);
        var isWoman = seed % 2 == 0;
        var year = 1950 + (int)(seed % 55);
        return new JsonObject
        {
            ["SoDinhDanh"] = personalNumber,
            ["HoVaTen"] = new JsonObject
            {
                ["Ho"] = Pick(["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng"], seed),
                ["ChuDem"] = isWoman ? "Thị Thí" : "Văn Thí",
                ["Ten"] = Pick(["An", "Bình", "Dụ", "Mẫu", "Yến"], seed / 5),
            },
            ["GioiTinh"] = isWoman ? "Nữ" : "Nam",
            ["DanToc"] = Pick(["Kinh", "Tày", "Dao"], seed / 3),
            ["TinhTrangHonNhan"] = "Đã kết hôn",
            ["NgayThangNamSinh"] = new JsonObject
            {
                ["Nam"] = year.ToString(CultureInfo.InvariantCulture),
                ["NgayThangNam"] = string.Create(CultureInfo.InvariantCulture, $"{year}{1 + (seed % 12):00}{1 + (seed % 28):00}"),
            },
            ["QuocTich"] = "Việt Nam",
            ["QueQuan"] = "Xã Thí Dụ, tỉnh Quảng Ninh",
            ["ThuongTru"] = $"Số {1 + (seed % 99)}, phố Thí Dụ, phường Hồng Gai, tỉnh Quảng Ninh",
            ["NoiOHienTai"] = $"Số {1 + (seed % 99)}, phố Thí Dụ, phường Hồng Gai, tỉnh Quảng Ninh",
        };
    }

    private static string Pick(string[] words, long seed) => words[seed % words.Length];
}
