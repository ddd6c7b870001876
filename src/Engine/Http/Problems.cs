namespace PublicService.Engine.Http;

/// <summary>Every way the door itself says no, in one place: codes are a contract, sentences may be improved.</summary>
public static class Problems
{
    public static ProblemException NotFound(string what = "Nội dung yêu cầu") =>
        new(StatusCodes.Status404NotFound, "NOT_FOUND", $"{what} không tồn tại.");

    public static ProblemException InvalidInput(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, "INVALID_INPUT", "Dữ liệu gửi lên chưa hợp lệ.") { Errors = errors };

    public static ProblemException InvalidInput(string field, string sentence) =>
        InvalidInput(new Dictionary<string, string[]> { [field] = [sentence] });

    /// <summary>A rule says no, with everything it objects to by place.</summary>
    public static ProblemException Refused(string code, string sentence, IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status409Conflict, code, sentence) { Errors = errors };

    public static ProblemException CursorInvalid() =>
        new(StatusCodes.Status400BadRequest, "CURSOR_INVALID", "Con trỏ trang không hợp lệ, hãy tải lại từ trang đầu.");

    public static ProblemException SignInFailed() =>
        new(StatusCodes.Status401Unauthorized, "SIGN_IN_FAILED", "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa.");

    public static ProblemException RefreshFailed() =>
        new(StatusCodes.Status401Unauthorized, "REFRESH_FAILED", "Phiên đăng nhập đã hết hạn, hãy đăng nhập lại.");

    public static ProblemException SignInRequired() =>
        new(StatusCodes.Status401Unauthorized, "SIGN_IN_REQUIRED", "Cần đăng nhập để thực hiện.");

    public static ProblemException RoleRequired(string role, string? officeName = null) =>
        new(StatusCodes.Status403Forbidden, "ROLE_REQUIRED", officeName is null
            ? $"Cần quyền “{role}” để thực hiện."
            : $"Cần quyền “{role}” tại “{officeName}” để thực hiện.");

    public static ProblemException OfficeRequired(string officeName) =>
        new(StatusCodes.Status403Forbidden, "OFFICE_REQUIRED", $"Tài khoản không có quyền nào tại “{officeName}”.");

    public static ProblemException PreconditionFailed() =>
        new(StatusCodes.Status412PreconditionFailed, "PRECONDITION_FAILED", "Dữ liệu đã được người khác thay đổi, hãy tải lại.");

    public static ProblemException PreconditionRequired() =>
        new(StatusCodes.Status428PreconditionRequired, "PRECONDITION_REQUIRED", "Thiếu tiêu đề If-Match ghi phiên bản đang sửa.");

    public static ProblemException OutcomeUnknown(string outcome, IReadOnlyList<string> known) =>
        new(StatusCodes.Status400BadRequest, "OUTCOME_UNKNOWN", $"Bước này không có kết quả “{outcome}”.")
        {
            Errors = new Dictionary<string, string[]> { ["outcome"] = [$"Chọn một trong: {string.Join("; ", known)}."] },
        };

    public static ProblemException SystemUnknown() =>
        new(StatusCodes.Status401Unauthorized, "SYSTEM_UNKNOWN", "Chữ ký không thuộc hệ thống nào đã đăng ký, hoặc thời điểm gửi lệch quá 5 phút.");

    public static ProblemException SystemNotAsked(string name) =>
        new(StatusCodes.Status403Forbidden, "SYSTEM_NOT_ASKED", $"Yêu cầu này không được gửi cho hệ thống “{name}”.");

    public static ProblemException GatewayRequired(string name) =>
        new(StatusCodes.Status403Forbidden, "GATEWAY_REQUIRED", $"Hệ thống “{name}” không được đăng ký là cổng thanh toán.");

    public static ProblemException Duplicate(string what) =>
        new(StatusCodes.Status409Conflict, "DUPLICATE", $"{what} đã tồn tại.");
}
