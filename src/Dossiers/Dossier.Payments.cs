namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    /// <summary>What waits to be paid now, VND.</summary>
    public long AmountDue { get; private set; }

    /// <summary>What was paid in all and not refunded, VND.</summary>
    public long AmountPaid { get; private set; }

    /// <summary>A fee or charge of the procedure. The clock runs on: only a duty to tax or treasury pauses it (D7).</summary>
    public void RequestFee(long amount, Act act)
    {
        CheckOpenOrFinished(act);
        Charge(amount);
        Record(LedgerAct.FeeRequested, act, data: new { amount });
    }

    /// <summary>A financial duty to tax or treasury (status 6): pauses the clock until it is paid or waived (D7).</summary>
    /// <param name="article">The provision that keeps this time out of the limit.</param>
    public void RequestPayment(long amount, string article, string reason, Act act)
    {
        article = Given(article, "ARTICLE_REQUIRED", "căn cứ pháp lý");
        reason = GivenReason(reason);
        Check(BusinessStatus.AwaitingPayment, act);
        Charge(amount);
        Wait(BusinessStatus.AwaitingPayment, PauseKinds.Payment, act);
        Record(LedgerAct.PaymentRequested, act, reason, article, new { amount });
    }

    /// <summary>The money came. Ends the pause of a financial duty and moves the promise by the working time lost.</summary>
    public void ConfirmPayment(string receiptNumber, WorkCalendar calendar, Act act)
    {
        receiptNumber = Given(receiptNumber, "RECEIPT_REQUIRED", "số biên lai");
        CheckOpenOrFinished(act);
        var amount = AmountDue;
        Settle(FinancialStatus.Paid, calendar, act);
        AmountPaid += amount;
        Record(LedgerAct.PaymentConfirmed, act, data: new { amount, receiptNumber });
    }

    /// <summary>Exempt by law (miễn); also before anything was asked.</summary>
    public void WaivePayment(string article, string reason, WorkCalendar calendar, Act act)
    {
        article = Given(article, "ARTICLE_REQUIRED", "căn cứ pháp lý");
        reason = GivenReason(reason);
        CheckOpenOrFinished(act);
        Settle(FinancialStatus.Waived, calendar, act);
        Record(LedgerAct.PaymentWaived, act, reason, article);
    }

    /// <summary>The request was wrong and is taken back.</summary>
    public void CancelPayment(string reason, WorkCalendar calendar, Act act)
    {
        reason = GivenReason(reason);
        CheckOpenOrFinished(act);
        Settle(FinancialStatus.Cancelled, calendar, act);
        Record(LedgerAct.PaymentCancelled, act, reason);
    }

    /// <summary>Gives back all that was paid; legal in every status of the dossier.</summary>
    public void RefundPayment(string reason, Act act)
    {
        reason = GivenReason(reason);
        CheckTime(act);
        CheckMoney(FinancialStatus.Refunded);
        var amount = AmountPaid;
        FinancialStatus = FinancialStatus.Refunded;
        AmountPaid = 0;
        Record(LedgerAct.PaymentRefunded, act, reason, data: new { amount });
    }

    private void Charge(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        CheckMoney(FinancialStatus.Due);
        FinancialStatus = FinancialStatus.Due;
        AmountDue = amount;
    }

    private void Settle(FinancialStatus status, WorkCalendar calendar, Act act)
    {
        CheckMoney(status);
        FinancialStatus = status;
        AmountDue = 0;
        if (BusinessStatus is BusinessStatus.AwaitingPayment)
        {
            EndWait(PauseKinds.Payment, calendar, act);
        }
    }

    private void CheckMoney(FinancialStatus to)
    {
        if (FinancialMoves.Allows(FinancialStatus, to))
        {
            return;
        }

        throw to is FinancialStatus.Paid or FinancialStatus.Cancelled
            ? Refusals.PaymentNotRequested()
            : Refusals.FinancialMove(FinancialStatus, to);
    }

    // A fee may also be collected when the result is handed over.
    private void CheckOpenOrFinished(Act act)
    {
        if (BusinessStatus is BusinessStatus.Finished)
        {
            CheckTime(act);
        }
        else
        {
            CheckOpen(act);
        }
    }
}
