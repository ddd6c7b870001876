using System.Globalization;

namespace PublicService.Dossiers;

/// <summary>Every sentence this room can refuse with, in one place: codes are a contract, sentences may be improved.</summary>
internal static class Refusals
{
    public static RefusedException BusinessMove(BusinessStatus from, BusinessStatus to) =>
        Move("BUSINESS_MOVE_NOT_ALLOWED", "Hồ sơ", from.Word(), to.Word());

    public static RefusedException FinancialMove(FinancialStatus from, FinancialStatus to) =>
        Move("FINANCIAL_MOVE_NOT_ALLOWED", "Nghĩa vụ tài chính của hồ sơ", from.Word(), to.Word());

    public static RefusedException DeliveryMove(DeliveryStatus from, DeliveryStatus to) =>
        Move("DELIVERY_MOVE_NOT_ALLOWED", "Kết quả của hồ sơ", from.Word(), to.Word());

    public static RefusedException SyncMove(SyncStatus from, SyncStatus to) =>
        Move("SYNC_MOVE_NOT_ALLOWED", "Việc đồng bộ hồ sơ", from.Word(), to.Word());

    public static RefusedException DossierClosed(BusinessStatus status) =>
        new("DOSSIER_CLOSED", $"Hồ sơ đã kết thúc ở trạng thái “{status.Word()}”, không thể thay đổi.");

    public static RefusedException ActOutOfOrder(DateTimeOffset last) =>
        new("ACT_OUT_OF_ORDER", $"Thời điểm thao tác sớm hơn thao tác gần nhất của hồ sơ ({Local(last)}). Vui lòng thử lại.");

    public static RefusedException Missing(string code, string what) =>
        new(code, $"Phải ghi rõ {what}.");

    public static RefusedException SupplementAlreadyOpen() =>
        new("SUPPLEMENT_ALREADY_OPEN", "Hồ sơ đang chờ công dân bổ sung giấy tờ theo yêu cầu trước, không thể yêu cầu thêm.");

    public static RefusedException NoSupplementOpen() =>
        new("NO_SUPPLEMENT_OPEN", "Hồ sơ không có yêu cầu bổ sung nào đang chờ.");

    public static RefusedException AlreadyReceived() =>
        new("ALREADY_RECEIVED", "Hồ sơ đã được tiếp nhận, không thể từ chối tiếp nhận; hãy dùng thông báo dừng giải quyết.");

    public static RefusedException PaymentNotRequested() =>
        new("PAYMENT_NOT_REQUESTED", "Hồ sơ không có khoản phải nộp nào đang chờ.");

    public static RefusedException ClockAlreadyPaused() =>
        new("CLOCK_ALREADY_PAUSED", "Thời hạn giải quyết đang tạm dừng vì bước được loại trừ, không thể tạm dừng lần nữa.");

    public static RefusedException ClockNotPaused() =>
        new("CLOCK_NOT_PAUSED", "Thời hạn giải quyết không tạm dừng ở bước được loại trừ nào.");

    public static RefusedException ClockPaused() =>
        new("CLOCK_PAUSED", "Thời hạn giải quyết đang tạm dừng; phải tính tiếp thời hạn trước khi kết thúc hồ sơ.");

    public static RefusedException ClockNotStarted() =>
        new("CLOCK_NOT_STARTED", "Hồ sơ chưa được tiếp nhận nên chưa có thời hạn giải quyết.");

    public static RefusedException NoPromise() =>
        new("NO_PROMISE", "Hồ sơ không có ngày hẹn trả kết quả nên không thể thay đổi ngày hẹn.");

    public static RefusedException AlreadyExtended() =>
        new("ALREADY_EXTENDED", "Hồ sơ đã được gia hạn một lần, không thể hẹn lại thêm.");

    public static RefusedException NewPromiseTooEarly(DateTimeOffset due) =>
        new("NEW_PROMISE_TOO_EARLY", $"Ngày hẹn mới phải sau ngày hẹn hiện tại ({Local(due)}).");

    public static RefusedException TooLateToExtend(DateTimeOffset last) =>
        new("TOO_LATE_TO_EXTEND", $"Văn bản xin lỗi và gia hạn phải được gửi chậm nhất {Local(last)}.");

    public static RefusedException NothingToMove() =>
        new("NOTHING_TO_MOVE", "Không có đơn vị nào của hồ sơ thuộc phương án sắp xếp.");

    public static RefusedException HandOverNotNeeded() =>
        new("HAND_OVER_NOT_NEEDED", "Nơi tiếp nhận cũng là cơ quan giải quyết nên không phải bàn giao hồ sơ.");

    public static RefusedException SameOffice() =>
        new("ALREADY_AT_OFFICE", "Hồ sơ đang ở chính cơ quan này, không thể chuyển đến.");

    public static RefusedException OfficeNotInForce(string name, DateOnly date, IReadOnlyList<string> successors)
    {
        var now = successors.Count == 0 ? "" : $" Công việc của đơn vị này nay do {string.Join(" hoặc ", successors.Select(one => $"“{one}”"))} thực hiện.";
        return new("OFFICE_NOT_IN_FORCE", $"Đơn vị “{name}” không hoạt động vào ngày {date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}.{now}");
    }

    public static RefusedException DossierNumbersUsedUp() =>
        new("DOSSIER_NUMBERS_USED_UP", "Đơn vị đã dùng hết 9.999 số hồ sơ trong ngày.");

    private static RefusedException Move(string code, string what, string from, string to) =>
        new(code, $"{what} đang ở trạng thái “{from}”, không thể chuyển sang “{to}”.");

    private static string Local(DateTimeOffset instant) =>
        VietnamTime.Local(instant).ToString("HH:mm 'ngày' dd/MM/yyyy", CultureInfo.InvariantCulture);
}
