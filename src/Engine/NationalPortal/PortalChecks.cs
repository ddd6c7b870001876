using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Dossiers;

namespace PublicService.Engine.NationalPortal;

/// <summary>
/// What a DongBoHoSoMC message must hold before it is sent. Which fields the portal demands is our reading [no official specification found].
/// A message that lacks one is held back and the reason is shown; a made-up value would be a lie to the citizen.
/// </summary>
internal static partial class PortalChecks
{
    private static readonly (string Field, string Word, int Longest)[] Texts =
    [
        ("MaHoSo", "mã hồ sơ", 50), ("MaTTHC", "mã thủ tục", 50), ("TenTTHC", "tên thủ tục", 2000), ("TenLinhVuc", "lĩnh vực", 500),
        ("KenhThucHien", "kênh thực hiện", 1), ("ChuHoSo", "chủ hồ sơ", 500), ("LoaiDoiTuong", "loại đối tượng", 1), ("TrichYeuHoSo", "trích yếu", 1000),
        ("TrangThaiHoSo", "trạng thái", 2), ("DonViXuLy", "đơn vị xử lý", 500), ("NgayNopHoSo", "ngày nộp", 14),
    ];

    /// <summary>Vietnamese sentences, each with the field it is about; none when the message may go.</summary>
    public static IReadOnlyList<string> FindingsOf(JsonObject message)
    {
        var findings = new List<string>();
        foreach (var (field, word, longest) in Texts)
        {
            var value = message[field]?.ToString() ?? string.Empty;
            Add(value.Length == 0, $"thiếu {word} ({field})");
            Add(value.Length > longest, $"{word} dài quá {longest} ký tự ({field})");
        }

        Add(!DossierCode.TryParse(message["MaHoSo"]?.ToString(), out _), "mã hồ sơ không đúng cấu trúc (MaHoSo)");
        Add(IsEmptyList("DinhDanhCHS") && IsEmpty("ThongTinKhac"), "thiếu số định danh của chủ hồ sơ (DinhDanhCHS)");
        foreach (var field in Demanded(message["TrangThaiHoSo"]?.ToString()).Where(IsEmpty))
        {
            findings.Add($"thiếu {field} ở trạng thái {message["TrangThaiHoSo"]}");
        }

        foreach (var result in message["DanhSachGiayToKetQua"]!.AsArray())
        {
            Add(!ResultCode().IsMatch(result!["MaGiayToKetQua"]!.ToString()), $"mã giấy tờ kết quả không đúng cấu trúc: {result["MaGiayToKetQua"]} (MaGiayToKetQua)");
        }

        return findings;

        bool IsEmpty(string field) => string.IsNullOrWhiteSpace(message[field]?.ToString());
        bool IsEmptyList(string field) => message[field] is not JsonArray { Count: > 0 };
        void Add(bool isSo, string finding)
        {
            if (isSo)
            {
                findings.Add(finding);
            }
        }
    }

    private static string[] Demanded(string? status) => status switch
    {
        "2" or "4" or "6" => ["NgayTiepNhan"],
        "3" => ["NgayTuChoi", "GhiChu"],
        "5" => ["GhiChu"],
        "7" => ["NgayKetThucXuLy", "GhiChu"],
        "8" => ["NgayTiepNhan", "NgayKetThucXuLy", "GhiChu"],
        "9" => ["NgayTiepNhan", "NgayKetThucXuLy"],
        "10" => ["NgayTiepNhan", "NgayKetThucXuLy", "NgayTra"],
        _ => [],
    };

    [GeneratedRegex(@"^KQ\.G[0-9]{2}\.[0-9]{6}\z")]
    private static partial Regex ResultCode();
}
