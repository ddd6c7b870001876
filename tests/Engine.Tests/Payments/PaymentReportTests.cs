using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Callbacks;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Payments;

/// <summary>A payment gateway reports money; none of it is lost and none counts twice.</summary>
public abstract class PaymentReportTests
{
    private const long Amount = 75_000;
    private readonly OneStop engine;

    protected PaymentReportTests(OneStop engine)
    {
        this.engine = engine;
        engine.Register();
    }

    [Fact]
    public async Task A_report_settles_its_order_and_the_same_report_again_changes_nothing()
    {
        var (walk, order) = await OrderedAsync("T.PAY-1");

        var first = await ReportAsync(order, "GD-1").JsonAsync();
        var rows = await engine.CountRowsAsync();
        var again = await ReportAsync(order, "GD-1").JsonAsync();

        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal(rows, await engine.CountRowsAsync());
        var payment = Assert.Single((await PaymentsAsync(walk)).EnumerateArray());
        Assert.Equal((order, "Paid", "BL-7"), (payment.Text("order"), payment.Text("state"), payment.Text("receipt")));
        Assert.Equal("Accepted", Assert.Single(payment.List("reports")).Text("state"));
        Assert.Equal((Amount, 0), await MoneyAsync(walk));
    }

    [Fact]
    public async Task A_wrong_sum_changes_nothing()
    {
        var (walk, order) = await OrderedAsync("T.PAY-2");
        var rows = await engine.CountRowsAsync();

        await (await ReportAsync(order, "GD-2", Amount - 1)).ShouldBeRefusedAsync("PAYMENT_WRONG_AMOUNT");

        Assert.Equal(rows, await engine.CountRowsAsync());
        Assert.Equal("Open", Assert.Single((await PaymentsAsync(walk)).EnumerateArray()).Text("state"));
        Assert.Equal((0, Amount), await MoneyAsync(walk));
    }

    [Fact]
    public async Task A_second_payment_is_kept_for_refund_and_told_so_every_time()
    {
        var (walk, order) = await OrderedAsync("T.PAY-3");
        await ReportAsync(order, "GD-3").JsonAsync();

        await (await ReportAsync(order, "GD-4")).ShouldBeRefusedAsync("PAYMENT_ALREADY_PAID");
        await (await ReportAsync(order, "GD-4")).ShouldBeRefusedAsync("PAYMENT_ALREADY_PAID");

        Assert.Equal((Amount, 0), await MoneyAsync(walk));
        var collector = await engine.OfficerAsync("thu-phi");
        var refund = Assert.Single((await collector.ReadAsync("/payments/refunds")).List("items"), one => one.Text("order") == order);
        Assert.Equal((walk.Code, "GD-4"), (refund.Text("dossier"), refund.Text("reference")));
        Assert.DoesNotContain((await (await engine.OfficerAsync("thu-phi", OneStop.OtherWard)).ReadAsync("/payments/refunds")).List("items"), one => one.Text("order") == order);
    }

    [Fact]
    public async Task Money_for_a_withdrawn_dossier_is_kept_for_refund()
    {
        var (walk, order) = await OrderedAsync("T.PAY-4");
        await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{walk.Id}/withdrawals", new JsonObject { ["reason"] = "Đổi ý" }).JsonAsync();

        await (await ReportAsync(order, "GD-5")).ShouldBeRefusedAsync("PAYMENT_ORDER_CLOSED");

        var payment = Assert.Single((await PaymentsAsync(walk)).EnumerateArray());
        Assert.Equal("Cancelled", payment.Text("state"));
        Assert.Equal("ToRefund", Assert.Single(payment.List("reports")).Text("state"));
    }

    [Fact]
    public async Task Only_a_gateway_may_report_money_and_only_for_an_order()
    {
        var (_, order) = await OrderedAsync("T.PAY-5");

        await (await engine.PostAsAsync(Systems.Insurance, "/payments/reports", Report(order, "GD-6"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "GATEWAY_REQUIRED");
        await (await engine.PostAsAsync("stranger", "/payments/reports", Report(order, "GD-6"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SYSTEM_UNKNOWN");
        await (await ReportAsync("no-order", "GD-6")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await ReportAsync(order, "GD-6", 0)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    [Fact]
    public async Task A_number_of_a_transaction_counts_once()
    {
        var (_, first) = await OrderedAsync("T.PAY-6");
        var (walk, second) = await OrderedAsync("T.PAY-6B");
        await ReportAsync(first, "GD-7").JsonAsync();

        await (await ReportAsync(second, "GD-7")).ShouldBeRefusedAsync("PAYMENT_REFERENCE_REUSED");

        Assert.Equal((0, Amount), await MoneyAsync(walk));
    }

    [Fact]
    public async Task Of_the_collector_and_the_gateway_one_wins_and_the_money_of_the_other_is_listed()
    {
        for (var round = 0; round < 5; round++)
        {
            var (walk, order) = await OrderedAsync($"T.PAY-7{round}");
            var task = await walk.TaskAsync("Thu");
            var collector = await engine.OfficerAsync("thu-phi");

            var byHand = collector.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã nộp", new JsonObject { ["receipt"] = "BL-TAY" }));
            var byGateway = ReportAsync(order, $"GD-R{round}");
            var (hand, gateway) = (await byHand, await byGateway);

            Assert.Equal((Amount, 0), await MoneyAsync(walk));
            Assert.True(hand.IsSuccessStatusCode ^ gateway.IsSuccessStatusCode, $"{hand.StatusCode} {gateway.StatusCode}");
            var reports = Assert.Single((await PaymentsAsync(walk)).EnumerateArray()).List("reports").Select(report => report.Text("state"));
            Assert.Equal([gateway.IsSuccessStatusCode ? nameof(PaymentReportState.Accepted) : nameof(PaymentReportState.ToRefund)], reports);
        }
    }

    private Task<HttpResponseMessage> ReportAsync(string order, string reference, long amount = Amount) =>
        engine.PostAsAsync(Systems.Gateway, "/payments/reports", Report(order, reference, amount));

    private JsonObject Report(string order, string reference, long amount = Amount) => new()
    {
        ["order"] = order,
        ["amount"] = amount,
        ["receipt"] = "BL-7",
        ["paidAt"] = engine.Clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["reference"] = reference,
    };

    private async Task<System.Text.Json.JsonElement> PaymentsAsync(Walk walk) => await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/payments");

    /// <summary>Paid and due.</summary>
    private async Task<(long Paid, long Due)> MoneyAsync(Walk walk)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        var dossier = await db.Dossiers.AsNoTracking().FirstAsync(dossier => dossier.Id == id);
        return (dossier.AmountPaid, dossier.AmountDue);
    }

    /// <summary>A dossier that waits for a fee, and its order.</summary>
    private async Task<(Walk Walk, string Order)> OrderedAsync(string code)
    {
        await engine.PublishAsync(
            code,
            """
            {"id":"TiepNhan","type":"PublicService.Intake"},
            {"id":"ThuPhi","type":"PublicService.CollectFee","amount":{"typeName":"Decimal","expression":{"type":"Literal","value":75000}}},
            {"id":"Tiep","type":"PublicService.OfficerTask"}
            """,
            """
            TiepNhan/Tiếp nhận > ThuPhi
            TiepNhan/Yêu cầu bổ sung > KetThuc
            TiepNhan/Từ chối > KetThuc
            ThuPhi/Đã nộp > Tiep
            ThuPhi/Không phải nộp > Tiep
            Tiep/Done > KetThuc
            """);
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = code);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        return (walk, Assert.Single((await PaymentsAsync(walk)).EnumerateArray()).Text("order"));
    }
}

public sealed class PaymentReportSqliteTests(OneStop engine) : PaymentReportTests(engine), IClassFixture<OneStop>;

public sealed class PaymentReportPostgresTests(PostgresOneStop engine) : PaymentReportTests(engine), IClassFixture<PostgresOneStop>;
