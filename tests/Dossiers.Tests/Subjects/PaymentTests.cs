namespace PublicService.Dossiers.Tests.Subjects;

public sealed class PaymentTests
{
    private static readonly WorkCalendar Calendar = A.Calendar();

    [Fact]
    public void A_fee_leaves_the_business_status_alone()
    {
        var dossier = A.InProgress();

        dossier.RequestFee(20_000, A.Act("2026-03-03 09:00"));
        Assert.Equal((FinancialStatus.Due, 20_000L, BusinessStatus.InProgress), (dossier.FinancialStatus, dossier.AmountDue, dossier.BusinessStatus));
        dossier.ConfirmPayment("BL-1", Calendar, A.Act("2026-03-03 10:00"));

        Assert.Equal((FinancialStatus.Paid, 0L, 20_000L), (dossier.FinancialStatus, dossier.AmountDue, dossier.AmountPaid));
        Assert.Equal(dossier.OriginalDueAt, dossier.DueAt);
    }

    [Fact]
    public void A_tax_duty_waits_and_moves_the_promise()
    {
        var dossier = A.AwaitingPayment(at: "2026-03-03 09:00");
        Assert.Equal(BusinessStatus.AwaitingPayment, dossier.BusinessStatus);

        dossier.ConfirmPayment("BL-1", Calendar, A.Act("2026-03-04 09:00"));

        Assert.Equal((BusinessStatus.InProgress, "2026-03-17 09:00"), (dossier.BusinessStatus, A.Wall(dossier.DueAt)));
    }

    [Fact]
    public void An_exemption_ends_the_wait_too()
    {
        var dossier = A.AwaitingPayment();

        dossier.WaivePayment(A.Law, "Hộ nghèo", Calendar, A.Act("2026-03-04 09:00"));

        Assert.Equal((BusinessStatus.InProgress, FinancialStatus.Waived, 0L), (dossier.BusinessStatus, dossier.FinancialStatus, dossier.AmountPaid));
    }

    [Fact]
    public void A_wrong_request_is_taken_back_and_asked_again()
    {
        var dossier = A.AwaitingPayment();

        dossier.CancelPayment("Tính nhầm", Calendar, A.Act("2026-03-04 09:00"));
        dossier.RequestPayment(400_000, A.Law, "Nộp thuế", A.Act("2026-03-04 10:00"));

        Assert.Equal((FinancialStatus.Due, 400_000L), (dossier.FinancialStatus, dossier.AmountDue));
    }

    [Fact]
    public void What_was_paid_can_be_given_back_after_withdrawal()
    {
        var dossier = A.InProgress();
        dossier.RequestFee(20_000, A.Act("2026-03-03 09:00"));
        dossier.ConfirmPayment("BL-1", Calendar, A.Act("2026-03-03 10:00"));
        dossier.Withdraw("Đổi ý", A.Act("2026-03-03 11:00"));

        dossier.RefundPayment("Rút hồ sơ", A.Act("2026-03-04 09:00"));

        Assert.Equal((FinancialStatus.Refunded, 0L), (dossier.FinancialStatus, dossier.AmountPaid));
    }

    [Fact]
    public void Refuses_money_nobody_asked_for_and_requests_without_law()
    {
        var dossier = A.InProgress();
        var act = A.Act("2026-03-03 09:00");

        A.ShouldBeRefused("PAYMENT_NOT_REQUESTED", () => dossier.ConfirmPayment("BL-1", Calendar, act));
        A.ShouldBeRefused("RECEIPT_REQUIRED", () => dossier.ConfirmPayment("", Calendar, act));
        A.ShouldBeRefused("ARTICLE_REQUIRED", () => dossier.RequestPayment(1, " ", "Nộp thuế", act));
        A.ShouldBeRefused("FINANCIAL_MOVE_NOT_ALLOWED", () => dossier.RefundPayment("x", act));
        dossier.RequestFee(1, act);
        A.ShouldBeRefused("FINANCIAL_MOVE_NOT_ALLOWED", () => dossier.RequestFee(1, act));
        Assert.Throws<ArgumentOutOfRangeException>(() => A.InProgress().RequestFee(0, act));
    }
}
