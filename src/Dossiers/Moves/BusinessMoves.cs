using static PublicService.Dossiers.BusinessStatus;

namespace PublicService.Dossiers;

/// <summary>Status of the dossier itself. The numbers are the national portal's wire codes 1 to 10.</summary>
public enum BusinessStatus
{
    Registered = 1,
    Received = 2,
    NotAccepted = 3,
    InProgress = 4,
    AwaitingSupplement = 5,
    AwaitingPayment = 6,
    Withdrawn = 7,
    Stopped = 8,
    Finished = 9,
    Returned = 10,
}

/// <summary>All legal moves of the business status. Leaving a waiting status goes back to the status the wait began in.</summary>
public static class BusinessMoves
{
    public static bool Allows(BusinessStatus from, BusinessStatus to) => from switch
    {
        Registered => to is Received or NotAccepted or AwaitingSupplement or Withdrawn,
        Received => to is InProgress or AwaitingSupplement or AwaitingPayment or Withdrawn or Stopped,
        InProgress => to is AwaitingSupplement or AwaitingPayment or Withdrawn or Stopped or Finished,
        AwaitingSupplement => to is Registered or Received or InProgress or NotAccepted or Withdrawn or Stopped,
        AwaitingPayment => to is Received or InProgress or Withdrawn or Stopped,
        Finished => to is Returned or InProgress,
        NotAccepted => false,
        Withdrawn => false,
        Stopped => false,
        Returned => false,
    };

    /// <summary>True until the dossier is refused, withdrawn, stopped, finished or returned.</summary>
    public static bool IsOpen(BusinessStatus status) =>
        status is Registered or Received or InProgress or AwaitingSupplement or AwaitingPayment;

    /// <summary>The national name of the status.</summary>
    public static string Word(this BusinessStatus status) => status switch
    {
        Registered => "Mới đăng ký",
        Received => "Được tiếp nhận",
        NotAccepted => "Không được tiếp nhận",
        InProgress => "Đang xử lý",
        AwaitingSupplement => "Yêu cầu bổ sung giấy tờ",
        AwaitingPayment => "Yêu cầu thực hiện nghĩa vụ tài chính",
        Withdrawn => "Công dân yêu cầu rút hồ sơ",
        Stopped => "Dừng xử lý",
        Finished => "Đã xử lý xong",
        Returned => "Đã trả kết quả",
    };
}
