using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Procedure 1.013225 over HTTP: a ward, a department that is silent, two signatures and a fee.</summary>
public abstract class BuildingPermitTests(OneStop engine)
{
    [Fact]
    public async Task A_department_that_is_silent_for_twelve_days_has_agreed()
    {
        var walk = await Walk.StartAsync(engine, request =>
        {
            request["procedureCode"] = "1.013225";
            request["form"] = TestForms.BuildingPermit();
        });
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm định", "Lấy ý kiến cơ quan liên quan");
        Assert.Equal("sxd", (await walk.TaskAsync("Cho ý kiến")).Text("officeId"));

        engine.Clock.Jump(TimeSpan.FromDays(12));
        await walk.DoAsync("Tổng hợp", "Trình cấp phép");
        await walk.DoAsync("Soát xét", "Đã ký");
        await walk.DoAsync("Ký giấy phép", "Đã ký");
        await walk.DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "34/GPXD" });
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });

        Assert.Equal(10, walk.Standing.Number("statusCode"));
        var ledger = (await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray();
        Assert.Single(ledger, line => line.Text("act") == "ConsentBySilence");
    }

    [Fact]
    public async Task A_department_that_answers_in_time_is_not_waited_for()
    {
        var walk = await Walk.StartAsync(engine, request =>
        {
            request["procedureCode"] = "1.013225";
            request["form"] = TestForms.BuildingPermit();
        });
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm định", "Lấy ý kiến cơ quan liên quan");

        await walk.DoAsync("Cho ý kiến", "Ý kiến khác", note: "Cần lùi ranh giới");

        Assert.StartsWith("Tổng hợp", (await walk.TaskAsync("Tổng hợp")).Text("title"), StringComparison.Ordinal);
    }
}

public sealed class BuildingPermitSqliteTests(OneStop engine) : BuildingPermitTests(engine), IClassFixture<OneStop>;

public sealed class BuildingPermitPostgresTests(PostgresOneStop engine) : BuildingPermitTests(engine), IClassFixture<PostgresOneStop>;
