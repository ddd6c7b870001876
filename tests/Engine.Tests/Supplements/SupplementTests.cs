using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Supplements;

public sealed class SupplementTests(OneStop engine) : IClassFixture<OneStop>
{
    private static JsonObject Missing => new() { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Bản chụp mờ" };

    [Fact]
    public async Task Asking_for_papers_pauses_the_clock_until_they_come()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var (officer, receptionist) = (await engine.OfficerAsync("chuyen-vien"), await engine.OfficerAsync("tiep-nhan"));

        var asked = await officer.SendAsync($"/dossiers/{walk.Id}/supplement-requests", Missing).JsonAsync();
        engine.Clock.Advance(TimeSpan.FromMinutes(30));
        var clock = (await officer.ReadAsync($"/dossiers/{walk.Id}/clocks")).GetProperty("legal");
        var back = await receptionist.SendAsync($"/dossiers/{walk.Id}/supplements", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh") }).JsonAsync();

        Assert.Equal(5, asked.Number("statusCode"));
        Assert.True(clock.GetProperty("isPaused").GetBoolean());
        Assert.Equal(30, clock.Number("pausedMinutes"));
        Assert.Equal(4, back.Number("statusCode"));
        var request = Assert.Single((await officer.ReadAsync($"/dossiers/{walk.Id}/supplement-requests")).EnumerateArray());
        Assert.Equal("Bản chụp mờ", request.Text("reason"));
        Assert.Equal("Giấy chứng sinh", request.List("provided").Single().GetString());
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();
        Assert.Equal(10, walk.Standing.Number("statusCode"));
    }

    [Fact]
    public async Task Asked_where_no_step_foresees_it_it_is_not_possible()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var officer = await engine.OfficerAsync("chuyen-vien");
        await officer.SendAsync($"/dossiers/{walk.Id}/supplement-requests", Missing).JsonAsync();
        var before = await engine.CountRowsAsync();

        await (await officer.SendAsync($"/dossiers/{walk.Id}/supplement-requests", Missing)).ShouldBeRefusedAsync("SUPPLEMENT_NOT_POSSIBLE");

        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Brought_when_nothing_was_asked_is_refused()
    {
        var walk = await Walk.StartAsync(engine);
        var before = await engine.CountRowsAsync();

        var response = await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{walk.Id}/supplements", new JsonObject { ["papers"] = new JsonArray("Tờ khai") });

        await response.ShouldBeRefusedAsync("NO_SUPPLEMENT_OPEN");
        Assert.Equal(before, await engine.CountRowsAsync());
    }
}
