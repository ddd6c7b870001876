using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Procedure 1.001193 over HTTP, as the officers of a ward live it.</summary>
public abstract class BirthRegistrationTests(OneStop engine)
{
    [Fact]
    public async Task Handed_in_at_the_counter_it_goes_to_the_hand_over()
    {
        var walk = await Walk.StartAsync(engine);
        Assert.Equal("H49", walk.Code[..3]);
        Assert.Equal(1, walk.Standing.Number("statusCode"));
        Assert.True(walk.Secret.Length >= 16);

        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        Assert.Equal(4, walk.Standing.Number("statusCode"));
        Assert.StartsWith("Thẩm tra", Assert.Single(walk.Standing.List("tasks")).Text("title"), StringComparison.Ordinal);
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();

        Assert.Equal(10, walk.Standing.Number("statusCode"));
        Assert.Equal("Đã trả kết quả", walk.Standing.Text("statusWord"));
        Assert.Empty(walk.Standing.List("tasks"));
        var officer = await engine.OfficerAsync("tiep-nhan");
        var result = Assert.Single((await officer.ReadAsync($"/dossiers/{walk.Id}/results")).EnumerateArray());
        Assert.Equal("12/2026", result.Text("number"));
        var shown = await officer.ReadAsync($"/dossiers/{walk.Id}/results/{result.Text("id")}");
        Assert.StartsWith("999", shown.GetProperty("data").Text("personalNumber"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_ledger_says_of_every_line_who_when_and_what()
    {
        var walk = await WalkedAsync();

        var ledger = (await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray().ToList();

        Assert.Equal(Enumerable.Range(1, ledger.Count), ledger.Select(line => line.Number("sequence")));
        Assert.All(ledger, line =>
        {
            Assert.NotEmpty(line.Text("actorName"));
            Assert.NotEmpty(line.Text("officeId"));
            Assert.NotEqual(default, line.GetProperty("at").GetDateTimeOffset());
        });
        Assert.Equal(
            ["Submitted", "Received", "Begun", "Signed", "Finished", "DocumentIssued", "ResultReturned"],
            ledger.Select(line => line.Text("act")).Where(act => act is not ("TaskCreated" or "TaskCompleted" or "DataLookedUp" or "Notified")));
        Assert.Equal(6, ledger.Count(line => line.Text("act") == "TaskCompleted"));
    }

    [Fact]
    public async Task Its_clocks_say_that_it_was_in_time()
    {
        var walk = await WalkedAsync(TimeSpan.FromMinutes(90));

        var clocks = await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}/clocks");

        foreach (var clock in new[] { clocks.GetProperty("legal"), clocks.GetProperty("index") })
        {
            Assert.Equal("Đúng hạn", clock.Text("bandWord"));
            Assert.Equal(90, clock.Number("usedMinutes"));
            Assert.False(clock.GetProperty("isLate").GetBoolean());
            Assert.NotEmpty(clock.List("segments"));
        }
    }

    [Fact]
    public async Task Handed_in_online_the_citizen_confirms_the_draft_with_the_receipt()
    {
        var walk = await Walk.StartAsync(engine, request => request["channel"] = "Online");
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        Assert.Equal("CONG_DAN", Assert.Single(walk.Standing.List("tasks")).Text("role"));

        using var citizen = engine.CreateClient();
        citizen.DefaultRequestHeaders.Add("X-Tracking-Secret", walk.Secret);
        var question = (await citizen.ReadAsync($"/tracking/{walk.Code}")).GetProperty("question");
        await citizen.SendAsync($"/tracking/{walk.Code}/answers", new JsonObject { ["taskId"] = question.Text("taskId"), ["outcome"] = "Đồng ý" }).JsonAsync();
        await walk.FinishAsync();

        Assert.Equal(10, walk.Standing.Number("statusCode"));
        var ledger = await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}/ledger");
        Assert.Contains(ledger.EnumerateArray(), line => line.Text("act") == "TaskCompleted" && line.Text("officeId") == "citizen");
    }

    [Fact]
    public async Task Received_at_the_provincial_centre_the_commune_decides_and_the_centre_hands_over()
    {
        var walk = await Walk.StartAsync(engine, request => request["receivingOfficeId"] = OneStop.Centre);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        Assert.Equal(OneStop.Ward, Assert.Single(walk.Standing.List("tasks")).Text("officeId"));

        await walk.DoAsync("Nhận hồ sơ", "Đã nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi sổ", "Đã ghi sổ");
        await walk.DoAsync("Ký", "Đã ký");
        await walk.DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "13/2026" });

        Assert.Equal(OneStop.Centre, Assert.Single(walk.Standing.List("tasks")).Text("officeId"));
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });
        Assert.Equal(10, walk.Standing.Number("statusCode"));
    }

    [Fact]
    public async Task Refused_at_the_counter_it_ends_with_status_three()
    {
        var walk = await Walk.StartAsync(engine);

        await walk.DoAsync("Tiếp nhận", "Từ chối", new JsonObject { ["reason"] = "Không thuộc thẩm quyền" });

        Assert.Equal(3, walk.Standing.Number("statusCode"));
        Assert.Empty(walk.Standing.List("tasks"));
    }

    [Fact]
    public async Task Withdrawn_it_ends_with_status_seven_and_nothing_waits_any_more()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var receptionist = await engine.OfficerAsync("tiep-nhan");

        var standing = await receptionist.SendAsync($"/dossiers/{walk.Id}/withdrawals", new JsonObject { ["reason"] = "Công dân đổi ý" }).JsonAsync();

        Assert.Equal(7, standing.Number("statusCode"));
        Assert.Empty(standing.List("tasks"));
        Assert.Empty((await receptionist.ReadAsync($"/dossiers/{walk.Id}")).List("tasks"));
        var again = await receptionist.SendAsync($"/dossiers/{walk.Id}/withdrawals", new JsonObject { ["reason"] = "Lần nữa" });
        await again.ShouldBeRefusedAsync("BUSINESS_MOVE_NOT_ALLOWED");
    }

    private async Task<Walk> WalkedAsync(TimeSpan? work = null)
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        engine.Clock.Advance(work ?? TimeSpan.Zero);
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();
        return walk;
    }
}

public sealed class BirthRegistrationSqliteTests(OneStop engine) : BirthRegistrationTests(engine), IClassFixture<OneStop>;

public sealed class BirthRegistrationPostgresTests(PostgresOneStop engine) : BirthRegistrationTests(engine), IClassFixture<PostgresOneStop>;
