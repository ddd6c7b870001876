using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Procedure 2.002622 over HTTP: the parts of the ward are dossiers with forms of their own, and their failure does not hold up the end.</summary>
public abstract class LinkedDeathTests(OneStop engine)
{
    [Fact]
    public async Task Parts_are_opened_with_the_data_of_the_one_form_and_may_fail()
    {
        var walk = await Walk.StartAsync(engine, request =>
        {
            request["procedureCode"] = "2.002622";
            request["form"] = Form();
        });
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi Sổ", "Đã ghi sổ");
        await walk.DoAsync("Ký", "Đã ký");
        await engine.SettleAsync();

        var parts = (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/parts")).EnumerateArray().ToList();
        Assert.Equal(["1.001731", "1.001776"], parts.Select(part => part.Text("procedureCode")).Order(StringComparer.Ordinal));
        await using (var db = engine.Open())
        {
            Assert.False(await db.Incidents.AnyAsync());
        }

        foreach (var part in parts)
        {
            await Walk.Of(engine, part, walk.Secret).DoAsync("Tiếp nhận", "Từ chối", new JsonObject { ["reason"] = "Đã hưởng ở nơi khác" });
        }

        await walk.DoAsync("Phần mai táng phí", "Kết thúc phần này");
        engine.Clock.Jump(TimeSpan.FromDays(5));
        await walk.DoAsync("Phần xóa đăng ký thường trú", "Kết thúc phần này");
        await walk.DoAsync("Cấp số", "Đã phát hành", new JsonObject { ["resultNumber"] = "9/TLKT" });
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });

        Assert.Equal(10, walk.Standing.Number("statusCode"));
    }

    private static JsonObject Form() => new()
    {
        ["requester"] = new JsonObject { ["fullName"] = "Nguyễn Văn Mẫu", ["personalId"] = "022086000001", ["relation"] = "con" },
        ["deceased"] = new JsonObject
        {
            ["fullName"] = "Nguyễn Văn Cũ",
            ["personalId"] = "022040000001",
            ["birthDate"] = "1940-02-01",
            ["deathDate"] = "2026-11-19",
            ["deathPlace"] = "Tại nhà",
            ["monthlyAllowance"] = true,
        },
        ["deathNotice"] = new JsonObject { ["electronicNumber"] = "GBT-0001" },
        ["benefit"] = "mai-tang",
    };
}

public sealed class LinkedDeathSqliteTests(OneStop engine) : LinkedDeathTests(engine), IClassFixture<OneStop>;

public sealed class LinkedDeathPostgresTests(PostgresOneStop engine) : LinkedDeathTests(engine), IClassFixture<PostgresOneStop>;
