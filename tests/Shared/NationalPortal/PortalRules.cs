using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PublicService.Tests.NationalPortal;

/// <summary>What the simulated portal demands of a message: all fields and no other, lengths, times, codes, the order of statuses, and no known lie.</summary>
internal static partial class PortalRules
{
    private static readonly string[] Fields =
    [
        "MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "KenhThucHien", "ChuHoSo", "LoaiDoiTuong", "MaDoiTuong", "ThongTinKhac", "Email", "Fax",
        "SoDienThoai", "TrichYeuHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "NgayTra", "ThongTinTra", "HinhThuc", "NgayKetThucXuLy", "DonViXuLy",
        "GhiChu", "TaiLieuNop", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachHoSoBoSung", "DanhSachGiayToKetQua", "NoiNopHoSo", "HoSoCoThanhPhanSoHoa",
        "TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen", "NgayTuChoi", "DinhDanhCHS", "NgayNopHoSo", "DSKetNoiCSDL",
    ];

    private static readonly Dictionary<string, string[]> Nested = new()
    {
        ["TaiLieuNop"] = ["TepDinhKemId", "TenTepDinhKem", "IsDeleted", "MaThanhPhanHoSo", "DuongDanTaiTepTin", "DuocSoHoa", "DuocTaiSuDung", "DuocLayTuKhoDMQG", "MaKetQuaThayThe"],
        ["DanhSachLePhi"] = ["TenPhiLePhi", "MaPhiLePhi", "HinhThucThu", "Gia", "LoaiPhiLePhi"],
        ["DanhSachGiayToKetQua"] = ["TenGiayTo", "MaThanhPhanHoSo", "GiayToId", "DuongDanTepTinKetQua", "MaGiayToKetQua"],
        ["DanhSachHoSoBoSung"] =
        [
            "HoSoBoSungId", "NguoiYeuCauBoSung", "NoiDungBoSung", "NgayBoSung", "NguoiTiepNhanBoSung", "ThongTinTiepNhan", "NgayTiepNhanBoSung",
            "TrangThaiBoSung", "DanhSachGiayToBoSung", "DanhSachLePhiBoSung", "NgayHenTraTruoc", "NgayHenTraMoi",
        ],
        ["DinhDanhCHS"] = ["LoaiDinhDanh", "SoDinhDanh"],
        ["DSKetNoiCSDL"] = ["MaCSDL"],
        ["DanhSachTepDinhKemKhac"] = [],
    };

    private static readonly string[] ProgressFields =
        ["MaHoSo", "NguoiXuLy", "ChucDanh", "ThoiDiemXuLy", "PhongBanXuLy", "NoiDungXuLy", "TrangThai", "NgayBatDau", "NgayKetThucTheoQuyDinh"];

    private static readonly string[] Times = ["NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "NgayTuChoi", "NgayNopHoSo"];

    /// <summary>The statuses that may follow each; the empty one stands for a dossier the portal does not know.</summary>
    private static readonly Dictionary<string, string[]> Order = new()
    {
        [""] = ["1", "2"],
        ["1"] = ["2", "3", "5", "7"],
        ["2"] = ["4", "5", "6", "7", "8"],
        ["3"] = [],
        ["4"] = ["5", "6", "7", "8", "9"],
        ["5"] = ["1", "2", "3", "4", "7", "8"],
        ["6"] = ["2", "4", "7", "8"],
        ["7"] = [],
        ["8"] = [],
        ["9"] = ["4", "10"],
        ["10"] = [],
    };

    public static string? ErrorOf(JsonObject state, string? before) =>
        Shape(state) ?? Lengths(state) ?? Mandatory(state) ?? Lies(state) ?? OrderError(before ?? string.Empty, Text(state, "TrangThaiHoSo"));

    public static string? ProgressErrorOf(JsonObject step) =>
        !step.Select(pair => pair.Key).SequenceEqual(ProgressFields) ? "Sai trường tiến độ"
        : Text(step, "NguoiXuLy").Length is 0 or > 50 ? "NguoiXuLy sai độ dài"
        : !IsTime(Text(step, "ThoiDiemXuLy")) ? "ThoiDiemXuLy sai định dạng"
        : Text(step, "NoiDungXuLy").Length == 0 ? "Thiếu NoiDungXuLy"
        : !Order.ContainsKey(Text(step, "TrangThai")) || Text(step, "TrangThai").Length == 0 ? "TrangThai không hợp lệ"
        : null;

    private static string? Shape(JsonObject state)
    {
        if (!state.Select(pair => pair.Key).SequenceEqual(Fields))
        {
            return "Sai danh sách trường";
        }

        foreach (var field in Fields)
        {
            var isList = Nested.ContainsKey(field);
            if (isList != state[field] is JsonArray || (!isList && state[field]?.GetValueKind() is not System.Text.Json.JsonValueKind.String))
            {
                return $"{field} sai kiểu";
            }
        }

        return Nested.Keys.FirstOrDefault(list => state[list]!.AsArray().Any(one => !((JsonObject)one!).Select(pair => pair.Key).SequenceEqual(Nested[list]))) is { } wrong
            ? $"{wrong} sai danh sách trường"
            : Array.Find(Times, field => Text(state, field) is { Length: > 0 } time && !IsTime(time)) is { } bad ? $"{bad} sai định dạng thời gian" : null;
    }

    private static string? Lengths(JsonObject state) =>
        Text(state, "TrichYeuHoSo").Length > 1000 ? "TrichYeuHoSo quá dài"
        : state["TaiLieuNop"]!.AsArray().Any(paper => Text(paper, "TenTepDinhKem").Length is 0 or > 4000) ? "TenTepDinhKem sai độ dài"
        : state["DanhSachGiayToKetQua"]!.AsArray().Any(paper => Text(paper, "TenGiayTo").Length is 0 or > 2000) ? "TenGiayTo sai độ dài"
        : null;

    private static string? Mandatory(JsonObject state)
    {
        var status = Text(state, "TrangThaiHoSo");
        string[] needed = ["MaHoSo", "MaTTHC", "TenTTHC", "TenLinhVuc", "KenhThucHien", "ChuHoSo", "LoaiDoiTuong", "TrichYeuHoSo", "DonViXuLy", "NgayNopHoSo", "NoiNopHoSo"];
        string[] byStatus = status switch
        {
            "2" or "4" or "6" => ["NgayTiepNhan"],
            "3" => ["NgayTuChoi", "GhiChu"],
            "5" => ["GhiChu"],
            "7" => ["GhiChu", "NgayKetThucXuLy"],
            "8" => ["GhiChu", "NgayTiepNhan", "NgayKetThucXuLy"],
            "9" => ["NgayTiepNhan", "NgayKetThucXuLy"],
            "10" => ["NgayTiepNhan", "NgayKetThucXuLy", "NgayTra", "ThongTinTra", "HinhThuc"],
            _ => [],
        };
        return Array.Find([.. needed, .. byStatus], field => Text(state, field).Length == 0) is { } missing ? $"Thiếu {missing}"
            : Text(state, "KenhThucHien") is not ("1" or "2" or "3") ? "KenhThucHien không hợp lệ"
            : Text(state, "DuocThanhToanTrucTuyen") is not ("0" or "1" or "2" or "3") ? "DuocThanhToanTrucTuyen không hợp lệ"
            : status == "5" && !state["DanhSachHoSoBoSung"]!.AsArray().Any(one => Text(one, "NgayTiepNhanBoSung").Length == 0) ? "Trạng thái 5 không có yêu cầu bổ sung đang mở"
            : status == "6" && state["DanhSachLePhi"]!.AsArray().Count == 0 ? "Trạng thái 6 không có khoản phải nộp"
            : status is not ("9" or "10") && state["DanhSachGiayToKetQua"]!.AsArray().Count > 0 ? "Có kết quả khi hồ sơ chưa xong"
            : null;
    }

    /// <summary>What real systems were seen to make up.</summary>
    private static string? Lies(JsonObject state)
    {
        var identities = state["DinhDanhCHS"]!.AsArray();
        var papers = state["TaiLieuNop"]!.AsArray().SelectMany(paper => new[] { Text(paper, "TepDinhKemId"), Text(paper, "DuongDanTaiTepTin") }).Where(text => text.Length > 0).ToHashSet();
        return identities.Count == 0 && Text(state, "ThongTinKhac").Length == 0 ? "Thiếu định danh chủ hồ sơ"
            : identities.Any(one => !(Text(one, "LoaiDinhDanh") == "1" ? Twelve() : Nine()).IsMatch(Text(one, "SoDinhDanh")) || Text(one, "SoDinhDanh") == "000000001") ? "Định danh không hợp lệ"
            : state["DanhSachGiayToKetQua"]!.AsArray().Any(result => papers.Contains(Text(result, "GiayToId")) || papers.Contains(Text(result, "DuongDanTepTinKetQua"))) ? "Giấy tờ nộp bị gửi làm kết quả"
            : state["DanhSachGiayToKetQua"]!.AsArray().Any(result => !ResultCode().IsMatch(Text(result, "MaGiayToKetQua"))) ? "Mã kết quả không hợp lệ"
            : null;
    }

    private static string? OrderError(string before, string status) =>
        before == status || (Order.TryGetValue(before, out var next) && next.Contains(status)) ? null : $"Không thể chuyển trạng thái từ {before} sang {status}";

    private static string Text(JsonNode? node, string field) => node?[field]?.ToString() ?? string.Empty;

    private static bool IsTime(string text) => DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^[0-9]{12}\z")]
    private static partial Regex Twelve();

    [GeneratedRegex(@"^[0-9]{9}\z")]
    private static partial Regex Nine();

    [GeneratedRegex(@"^KQ\.G[0-9]{2}\.[0-9]{6}\z")]
    private static partial Regex ResultCode();
}
