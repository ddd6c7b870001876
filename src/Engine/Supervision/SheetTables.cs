using PublicService.Dossiers;

namespace PublicService.Engine.Supervision;

/// <summary>The columns of every table that can be exported.</summary>
internal static class SheetTables
{
    public static IReadOnlyList<SheetColumn<ShowBoard.Row>> Board(BoardBy by) =>
    [
        new(by switch { BoardBy.Office => "Mã cơ quan", BoardBy.Procedure => "Mã thủ tục", _ => "Lĩnh vực" }, row => row.Id, 22),
        new("Tên", row => row.Name, 44),
        new("Đang giải quyết", row => row.Counts.Open),
        new("Chờ tiếp nhận", row => row.Counts.Waiting),
        new("Còn hạn", row => row.Counts.InTime),
        new("Sắp đến hạn", row => row.Counts.DueSoon),
        new("Quá hạn", row => row.Counts.Overdue),
        new("Không hẹn ngày trả", row => row.Counts.NoPromise),
        new("Đang tạm dừng", row => row.Counts.Paused),
        new("Đến hạn ngày làm việc tới", row => row.Counts.DueNextDay),
        new("Tiếp nhận hôm nay", row => row.Counts.ReceivedToday),
        new("Trả kết quả hôm nay", row => row.Counts.ReturnedToday),
        new("Tiếp nhận trong kỳ", row => row.Counts.Received),
        new("Giải quyết trước hạn", row => row.Counts.FinishedEarly),
        new("Giải quyết đúng hạn", row => row.Counts.FinishedOnTime),
        new("Giải quyết quá hạn", row => row.Counts.FinishedLate),
        new("Giải quyết, không hẹn ngày", row => row.Counts.FinishedNoPromise),
        new("Trả kết quả trong kỳ", row => row.Counts.Returned),
    ];

    public static IReadOnlyList<SheetColumn<CountOfficers.Row>> Officers { get; } =
    [
        new("Cơ quan", row => row.OfficeName, 44),
        new("Cán bộ", row => row.OfficerName, 26),
        new("Việc đang giữ", row => row.Open),
        new("Còn hạn", row => row.InTime),
        new("Sắp đến hạn", row => row.DueSoon),
        new("Quá hạn", row => row.Overdue),
        new("Đến hạn ngày làm việc tới", row => row.DueNextDay),
        new("Xong hôm nay", row => row.DoneToday),
        new("Xong trong hạn trong kỳ", row => row.DoneInTime),
        new("Xong quá hạn trong kỳ", row => row.DoneLate),
    ];

    public static IReadOnlyList<SheetColumn<SupervisedDossier>> Dossiers { get; } =
    [
        new("Mã hồ sơ", row => row.Code, 24),
        new("Mã thủ tục", row => row.ProcedureCode),
        new("Tên hồ sơ", row => row.Title, 44),
        new("Người nộp", row => row.ApplicantName, 26),
        new("Cơ quan giải quyết", row => row.CompetentOfficeName, 44),
        new("Trạng thái", row => row.StatusWord, 26),
        new("Ngày nộp", row => row.SubmittedAt, 17),
        new("Ngày tiếp nhận", row => row.ReceivedAt, 17),
        new("Ngày hẹn trả", row => row.DueAt, 17),
        new("Ngày có kết quả", row => row.FinishedAt, 17),
        new("Ngày trả kết quả", row => row.ReturnedAt, 17),
        new("Tình trạng hạn", row => row.BandWord, 18),
        new("Số phút làm việc còn lại", row => row.RemainingMinutes),
        new("Đã gia hạn", row => row.Extended ? "Có" : "Không"),
    ];

    public static IReadOnlyList<SheetColumn<SupervisedTask>> Tasks { get; } =
    [
        new("Công việc", row => row.Title, 40),
        new("Vai trò", row => row.RoleWord, 22),
        new("Cơ quan", row => row.OfficeName, 44),
        new("Cán bộ", row => row.OfficerName, 26),
        new("Mã hồ sơ", row => row.DossierCode, 24),
        new("Mã thủ tục", row => row.ProcedureCode),
        new("Người nộp", row => row.ApplicantName, 26),
        new("Giao lúc", row => row.CreatedAt, 17),
        new("Hạn của bước", row => row.DueAt, 17),
        new("Xong lúc", row => row.CompletedAt, 17),
        new("Tình trạng hạn", row => row.BandWord, 18),
        new("Số phút làm việc còn lại", row => row.RemainingMinutes),
    ];

    public static IReadOnlyList<SheetColumn<CountFlows.Row>> Flows { get; } =
    [
        new("Nơi tiếp nhận", row => row.ReceivingOfficeName, 44),
        new("Cơ quan giải quyết", row => row.CompetentOfficeName, 44),
        new("Tiếp nhận", row => row.Received),
        new("Giải quyết trong hạn", row => row.FinishedInTime),
        new("Giải quyết quá hạn", row => row.FinishedLate),
        new("Trả kết quả", row => row.Returned),
    ];

    public static IReadOnlyList<SheetColumn<CountDelays.Cause>> Causes { get; } =
    [
        new("Nguyên nhân", row => row.CauseName, 44),
        new("Cơ quan", row => row.OfficeName, 44),
        new("Số lần ghi nhận", row => row.Records),
        new("Số hồ sơ", row => row.Dossiers),
        new("Số phút làm việc chậm", row => row.LateMinutes),
    ];

    public static IReadOnlyList<SheetColumn<CountDelays.Overrun>> Overruns { get; } =
    [
        new("Cơ quan", row => row.OfficeName, 44),
        new("Số hồ sơ quá hạn có lỗi", row => row.Dossiers),
        new("Số phút làm việc giữ hồ sơ", row => row.HeldMinutes),
        new("Số phút làm việc gây chậm", row => row.OverrunMinutes),
    ];

    public static IReadOnlyList<SheetColumn<DeadlineEvent>> Events { get; } =
    [
        new("Thời điểm", row => row.At, 17),
        new("Loại", row => row.Kind switch { DeadlineEventKind.Warned => "Sắp đến hạn", DeadlineEventKind.Breached => "Quá hạn", _ => "Báo cáo cấp trên" }, 18),
        new("Mức", row => row.Level),
        new("Mã hồ sơ", row => row.DossierCode, 24),
        new("Bước", row => row.Step, 40),
        new("Cơ quan", row => row.OfficeId, 26),
        new("Mã thủ tục", row => row.ProcedureCode),
        new("Hạn", row => row.DueAt, 17),
        new("Vai trò được báo", row => Role.All.Contains(row.ToldRole) ? Role.Word(row.ToldRole) : row.ToldRole, 22),
    ];
}
