using System.Net;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Received by Hồng Gai, decided by Hạ Long, the citizen helped at Cẩm Phả; Friday 20 November 2026, 8:00.</summary>
public abstract class NonBoundaryTests(OneStop engine)
{
    private const string Support = "phuong-cam-pha";

    [Fact]
    public async Task Both_sides_and_the_place_of_support_find_it_on_their_own_list()
    {
        var walk = await StartAsync();

        Assert.True(await ListsAsync("tiep-nhan", OneStop.Ward, "flow=ReceivedForOthers", walk));
        Assert.True(await ListsAsync("tiep-nhan", OneStop.OtherWard, "flow=ReceivedElsewhere", walk));
        Assert.True(await ListsAsync("tiep-nhan", Support, "flow=SupportedHere", walk));
        Assert.False(await ListsAsync("tiep-nhan", OneStop.Ward, "flow=ReceivedElsewhere", walk));
        Assert.False(await ListsAsync("tiep-nhan", OneStop.OtherWard, "flow=ReceivedForOthers", walk));
        Assert.True(await ListsAsync("tiep-nhan", OneStop.Ward, $"flow=ReceivedForOthers&other={OneStop.OtherWard}&handedOver=false&status=Registered", walk));
        Assert.False(await ListsAsync("tiep-nhan", OneStop.Ward, $"flow=ReceivedForOthers&other={Support}", walk));
        Assert.False(await ListsAsync("tiep-nhan", OneStop.Ward, "flow=ReceivedForOthers&handedOver=true", walk));
        await (await (await engine.OfficerAsync("tiep-nhan")).GetAsync(new Uri($"/api/v1/dossiers/non-boundary?flow=ReceivedForOthers&office={Support}", UriKind.Relative)))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "OFFICE_REQUIRED");
    }

    [Fact]
    public async Task The_hand_over_is_recorded_once_with_its_deadline_and_the_time_is_parted_at_it()
    {
        var walk = await StartAsync();
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        await (await receptionist.SendAsync($"/dossiers/{walk.Id}/hand-overs", new JsonObject())).ShouldBeRefusedAsync("CLOCK_NOT_STARTED");
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        engine.Clock.Jump(TimeSpan.FromMinutes(30));

        var handedOver = await receptionist.SendAsync($"/dossiers/{walk.Id}/hand-overs", new JsonObject { ["note"] = "Giao cho bưu tá" }).JsonAsync();
        engine.Clock.Jump(TimeSpan.FromMinutes(20));

        Assert.False(handedOver.GetProperty("isLate").GetBoolean());
        Assert.Equal("17:00", PublicService.Dossiers.VietnamTime.Local(handedOver.GetProperty("dueAt").GetDateTimeOffset()).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await (await receptionist.SendAsync($"/dossiers/{walk.Id}/hand-overs", new JsonObject())).ShouldBeRefusedAsync("HANDED_OVER_ALREADY");
        var shares = await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/shares");
        var used = shares.List("shares").ToDictionary(share => share.GetProperty("office").Text("id"), share => share.Number("usedMinutes"));
        Assert.Equal((30, 20, 50), (used[OneStop.Ward], used[OneStop.OtherWard], shares.Number("usedMinutes")));
        Assert.Equal((Support, OneStop.Ward, OneStop.OtherWard), (shares.GetProperty("support").Text("id"), shares.GetProperty("receiving").Text("id"), shares.GetProperty("competent").Text("id")));
        Assert.Contains(shares.List("shares"), share => share.GetProperty("office").Text("id") == OneStop.OtherWard && share.GetProperty("hasItNow").GetBoolean());
        Assert.True(await ListsAsync("tiep-nhan", OneStop.Ward, "flow=ReceivedForOthers&handedOver=true", walk));
        await (await (await engine.OfficerAsync("tiep-nhan", OneStop.OtherWard)).SendAsync($"/dossiers/{walk.Id}/hand-overs", new JsonObject())).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    [Fact]
    public async Task A_dossier_that_is_decided_where_it_was_received_needs_no_hand_over()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");

        await (await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{walk.Id}/hand-overs", new JsonObject())).ShouldBeRefusedAsync("HAND_OVER_NOT_NEEDED");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/shares")).GetProperty("handedOver").ValueKind);
    }

    [Fact]
    public async Task The_result_is_returned_at_whatever_receiving_point_the_citizen_comes_to()
    {
        var walk = await StartAsync();
        var other = await engine.OfficerAsync("tra-ket-qua", Support);
        JsonObject To(string office) => new() { ["dossierCode"] = walk.Code, ["officeId"] = office, ["reason"] = "Công dân đến nhận tại đây" };
        await (await other.SendAsync("/return-points", To(Support))).ShouldBeRefusedAsync("RETURN_NOT_WAITING");
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Nhận hồ sơ", "Đã nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi sổ", "Đã ghi sổ");
        await walk.DoAsync("Ký", "Đã ký");
        await walk.DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" });
        await (await other.SendAsync("/return-points", To(OneStop.Ward))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");

        await other.SendAsync("/return-points", To(Support)).JsonAsync();

        Assert.Equal(Support, (await walk.TaskAsync("Trả")).Text("officeId"));
        await (await other.SendAsync("/return-points", To(Support))).ShouldBeRefusedAsync("ALREADY_AT_OFFICE");
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });
        var ledger = (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray().ToList();
        Assert.Equal(Support, ledger.Single(line => line.Text("act") == "ResultReturned").Text("officeId"));
        Assert.Equal(OneStop.Ward, ledger.Single(line => line.Text("act") == "ReturnPointChanged").GetProperty("data").Text("from"));
    }

    private Task<Walk> StartAsync() => Walk.StartAsync(
        engine, body => (body["competentOfficeId"], body["supportOfficeId"]) = (OneStop.OtherWard, Support));

    private async Task<bool> ListsAsync(string word, string office, string query, Walk walk) =>
        (await (await engine.OfficerAsync(word, office)).ReadAsync($"/dossiers/non-boundary?size=200&{query}")).List("items").Any(one => one.Text("id") == walk.Id);
}

public sealed class NonBoundarySqliteTests(OneStop engine) : NonBoundaryTests(engine), IClassFixture<OneStop>;

public sealed class NonBoundaryPostgresTests(PostgresOneStop engine) : NonBoundaryTests(engine), IClassFixture<PostgresOneStop>;
