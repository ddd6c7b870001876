using System.Net;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Procedure 2.000815 over HTTP: a batch of papers, four clicks and a payment.</summary>
public abstract class CertifiedCopyTests(OneStop engine)
{
    [Fact]
    public async Task A_batch_is_signed_while_its_fee_is_paid_and_handed_over_after_both()
    {
        var walk = await Walk.StartAsync(engine, request =>
        {
            request["procedureCode"] = "2.000815";
            request["form"] = Batch(pages: 3, copies: 4);
        });

        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Ký lời chứng", "Đã ký");
        await walk.DoAsync("Cấp số", "Đã phát hành", new JsonObject { ["resultNumber"] = "815/2026" });
        Assert.Equal(9, walk.Standing.Number("statusCode"));
        await walk.DoAsync("Thu phí", "Đã nộp", new JsonObject { ["receipt"] = "BL-1" });
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });

        Assert.Equal(10, walk.Standing.Number("statusCode"));
        var ledger = (await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray();
        Assert.Single(ledger, line => line.Text("act") == "PaymentConfirmed" && line.GetRawText().Contains("20000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_without_pages_is_no_document()
    {
        var request = OneStop.BirthRegistration(body =>
        {
            body["procedureCode"] = "2.000815";
            body["form"] = Batch(pages: 0, copies: 1);
        });

        var problem = await (await engine.OfficerAsync("tiep-nhan")).SendAsync("/dossiers", request);

        await problem.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    private static JsonObject Batch(int pages, int copies) =>
        new() { ["documents"] = new JsonArray(new JsonObject { ["name"] = "Bằng tốt nghiệp", ["pages"] = pages, ["copies"] = copies }) };
}

public sealed class CertifiedCopySqliteTests(OneStop engine) : CertifiedCopyTests(engine), IClassFixture<OneStop>;

public sealed class CertifiedCopyPostgresTests(PostgresOneStop engine) : CertifiedCopyTests(engine), IClassFixture<PostgresOneStop>;
