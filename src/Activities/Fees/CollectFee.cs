using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Fees;

/// <summary>What became of an order to pay.</summary>
public enum PaymentState
{
    Open,
    Paid,
    Waived,
    Expired,
    Cancelled,
}

/// <summary>An order that was open is so no more; the host keeps its list of orders by it.</summary>
public sealed record PaymentClosed(string Order, PaymentState State, string? Receipt) : Effect;

/// <summary>
/// Thu phí, lệ phí, or waiting for a duty to tax or treasury. Only the latter pauses the clock, and only with its article (D7). The
/// payment is confirmed by the fee collector or by the payment gateway, whoever is first; a second report changes nothing.
/// </summary>
[Activity(
    "PublicService.CollectFee",
    Palette.Category,
    "Thu phí, lệ phí",
    Description = "Yêu cầu nộp phí, lệ phí hoặc nghĩa vụ tài chính và chờ xác nhận. Chỉ nghĩa vụ tài chính với cơ quan thuế, kho bạc mới tạm dừng thời hạn.")]
[Outcomes(Paid, Waived, Expired)]
public sealed class CollectFee : Activity
{
    public const string Paid = "Đã nộp";
    public const string Waived = "Không phải nộp";
    public const string Expired = "Quá hạn nộp";

    /// <summary>Kind of stimulus of a gateway's report.</summary>
    public const string BookmarkName = "PublicService.Payment";

    [Field("Nội dung thu")]
    public Input<string> Title { get; } = new("Thu phí, lệ phí");

    [Field("Số tiền (đồng)")]
    public Input<decimal> Amount { get; } = new(0);

    [Field("Loại", Options = ["Fee=Phí, lệ phí", "Duty=Nghĩa vụ tài chính (thuế, kho bạc)"])]
    public Input<string> Kind { get; } = new("Fee");

    [Field("Căn cứ pháp lý", Description = "Bắt buộc với nghĩa vụ tài chính.")]
    public Input<string> Article { get; } = new();

    [OfficeField("Nơi thu")]
    public Input<string> Office { get; } = new(OfficeRule.Receiving);

    [Field("Thời hạn nộp (ngày làm việc)", Description = "0: không đặt hạn.")]
    public Input<int> Days { get; } = new(0);

    [Field("Số biên lai")]
    public Output Receipt { get; } = new("String");

    public override IReadOnlyList<string> OutcomesOf(ActivityNode node) =>
        node.Inputs.First(input => input.Descriptor.Name == nameof(Days)).Value?.Constant?.ToString() is null or "0" ? [Paid, Waived] : [Paid, Waived, Expired];

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var amount = (long)step.Get(Amount);
        if (amount <= 0)
        {
            return StepResult.With(Waived);
        }

        if (step.Get(Kind) == "Duty")
        {
            subject.Dossier.RequestPayment(amount, step.Get(Article) ?? string.Empty, step.Get(Title)!, subject.Act);
        }
        else
        {
            subject.Dossier.RequestFee(amount, subject.Act);
        }

        if (step.Get(Days) is > 0 and var days)
        {
            step.WaitFor(BookmarkName + ".Timer", null, null, subject.Calendar.AddWorkingDays(step.Now, days));
        }

        var order = step.NewId();
        step.Emit(new SendMessage("payment-request", new JsonObject { ["order"] = order, ["dossier"] = subject.Dossier.Code, ["amount"] = amount, ["title"] = step.Get(Title) }));
        step.WaitFor(BookmarkName, order, new JsonObject { ["amount"] = amount, ["title"] = step.Get(Title) }, id: order);
        return step.Ask(step.Get(Title)!, Role.FeeCollector, OfficeRule.Resolve(step, step.Get(Office)), 0, [Paid, Waived], Form());
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var subject = step.Subject();
        if (signal.Bookmark.Name == BookmarkName + ".Timer")
        {
            subject.Dossier.CancelPayment("Quá thời hạn nộp", subject.Calendar, subject.Act);
            Close(step, PaymentState.Expired);
            return StepResult.With(Expired);
        }

        var byGateway = signal.Bookmark.Name == BookmarkName;
        var answer = byGateway ? new TaskAnswer(Paid, signal.Input, null) : step.Answer(signal);
        if (answer.Outcome == Waived)
        {
            subject.Dossier.WaivePayment(step.Get(Article) ?? "Đối tượng được miễn", answer.Note ?? "Được miễn", subject.Calendar, subject.Act);
            Close(step, PaymentState.Waived);
            return StepResult.With(Waived);
        }

        if (byGateway && (!long.TryParse(signal.Input["amount"]?.ToString(), out var reported) || reported != subject.Dossier.AmountDue))
        {
            throw new RefusedException("PAYMENT_WRONG_AMOUNT", $"Số tiền cổng thanh toán báo không đúng số phải nộp ({subject.Dossier.AmountDue} đồng).");
        }

        var receipt = answer.Form["receipt"]?.ToString() ?? string.Empty;
        subject.Dossier.ConfirmPayment(receipt, subject.Calendar, subject.Act);
        Close(step, PaymentState.Paid, receipt);
        step.Set(Receipt, receipt);
        return StepResult.With(Paid);
    }

    /// <summary>The step is left without a payment: what was asked is asked no more.</summary>
    public override void Leave(StepContext step)
    {
        var subject = step.Subject();
        if (step.Bookmarks.Any() && subject.Dossier is { IsOpen: true, FinancialStatus: FinancialStatus.Due })
        {
            subject.Dossier.CancelPayment("Quy trình đã rời bước thu", subject.Calendar, subject.Act);
        }

        Close(step, PaymentState.Cancelled);
    }

    private static void Close(StepContext step, PaymentState state, string? receipt = null)
    {
        if (step.Bookmarks.FirstOrDefault(bookmark => bookmark.Name == BookmarkName) is { } order)
        {
            step.Emit(new PaymentClosed(order.Key!, state, receipt));
        }
    }

    private static JsonObject Form() => (JsonObject)JsonNode.Parse("""
        {"type":"object","additionalProperties":false,
         "properties":{"receipt":{"type":"string","title":"Số biên lai","maxLength":100}}}
        """)!;
}
