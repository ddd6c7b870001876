using static PublicService.Dossiers.FinancialStatus;

namespace PublicService.Dossiers;

/// <summary>Status of the money: fee, charge or tax of the dossier.</summary>
public enum FinancialStatus
{
    NothingDue = 0,
    Due = 1,
    Paid = 2,
    Waived = 3,
    Refunded = 4,
    Cancelled = 5,
}

/// <summary>All legal moves of the financial status. A second charge after the first is settled is legal.</summary>
public static class FinancialMoves
{
    public static bool Allows(FinancialStatus from, FinancialStatus to) => from switch
    {
        NothingDue => to is Due or Waived,
        Due => to is Paid or Waived or Cancelled,
        Paid => to is Due or Refunded,
        Waived => to is Due,
        Refunded => to is Due,
        Cancelled => to is Due,
    };

    public static string Word(this FinancialStatus status) => status switch
    {
        NothingDue => "Không phải nộp",
        Due => "Chờ thu",
        Paid => "Đã thu",
        Waived => "Được miễn",
        Refunded => "Đã hoàn",
        Cancelled => "Đã hủy khoản thu",
    };
}
