using static PublicService.Dossiers.DeliveryStatus;

namespace PublicService.Dossiers;

/// <summary>Where the result is on its way to the citizen.</summary>
public enum DeliveryStatus
{
    NotReady = 0,

    /// <summary>Released by the competent office, the receiving place has not confirmed it yet.</summary>
    AwaitingArrival = 1,
    Ready = 2,
    InPost = 3,
    Delivered = 4,
}

/// <summary>All legal moves of the delivery status. Back to <see cref="NotReady"/> only when a finished dossier is re-opened.</summary>
public static class DeliveryMoves
{
    public static bool Allows(DeliveryStatus from, DeliveryStatus to) => from switch
    {
        NotReady => to is AwaitingArrival or Ready,
        AwaitingArrival => to is Ready or Delivered or NotReady,
        Ready => to is InPost or Delivered or NotReady,
        InPost => to is Ready or Delivered,
        Delivered => false,
    };

    public static string Word(this DeliveryStatus status) => status switch
    {
        NotReady => "Chưa có kết quả",
        AwaitingArrival => "Chờ xác nhận",
        Ready => "Chờ trả kết quả",
        InPost => "Đang gửi bưu chính",
        Delivered => "Đã chuyển trả kết quả",
    };
}
