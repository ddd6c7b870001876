namespace PublicService.Dossiers;

/// <summary>
/// Who does a step. Codes up to <see cref="PublicNotice"/> are those of the procedure catalogue; the others have none there and are named by us.
/// Approve, sign, number-and-release and hand-over are four separate rights and are granted in the Engine.
/// </summary>
public static class Role
{
    public const string Receptionist = "TIEP_NHAN";
    public const string CaseOfficer = "CHUYEN_VIEN";
    public const string DepartmentHead = "LD_PHONG";
    public const string OfficeLeader = "LD_DON_VI";
    public const string ProvinceLeader = "LD_TINH";
    public const string Clerk = "VAN_THU";
    public const string ResultOfficer = "TRA_KQ";
    public const string Coordinator = "PHOI_HOP";
    public const string External = "NGOAI";
    public const string Citizen = "CONG_DAN";
    public const string Council = "HOI_DONG";
    public const string PublicNotice = "NIEM_YET";
    public const string FeeCollector = "THU_PHI";
    public const string Supervisor = "GIAM_SAT";
    public const string BusinessAdmin = "QT_NGHIEP_VU";
    public const string TechnicalAdmin = "QT_KY_THUAT";

    private static readonly Dictionary<string, string> Words = new()
    {
        [Receptionist] = "Cán bộ tiếp nhận",
        [CaseOfficer] = "Chuyên viên thụ lý",
        [DepartmentHead] = "Lãnh đạo phòng",
        [OfficeLeader] = "Lãnh đạo đơn vị",
        [ProvinceLeader] = "Lãnh đạo UBND tỉnh",
        [Clerk] = "Văn thư",
        [ResultOfficer] = "Cán bộ trả kết quả",
        [Coordinator] = "Cơ quan phối hợp",
        [External] = "Cơ quan/hệ thống ngoài",
        [Citizen] = "Công dân",
        [Council] = "Hội đồng/đoàn",
        [PublicNotice] = "Niêm yết",
        [FeeCollector] = "Cán bộ thu phí, lệ phí",
        [Supervisor] = "Giám sát",
        [BusinessAdmin] = "Quản trị nghiệp vụ",
        [TechnicalAdmin] = "Quản trị kỹ thuật",
    };

    /// <summary>Every role code.</summary>
    public static IReadOnlyCollection<string> All => Words.Keys;

    /// <summary>The Vietnamese name of a role; an unknown code is an <see cref="ArgumentException"/>.</summary>
    public static string Word(string role) =>
        Words.TryGetValue(role, out var word) ? word : throw new ArgumentException($"Unknown role '{role}'.", nameof(role));
}
