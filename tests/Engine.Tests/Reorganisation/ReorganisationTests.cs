using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Reorganisation;
using PublicService.Engine.Tests.Access;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Reorganisation;

/// <summary>
/// Two old communes end on Monday 23 November 2026: one goes over to a ward, one is split between two by hamlet. The clock stands at Friday the
/// 20th, 8:00. One test tells the whole story over HTTP, others what is refused.
/// </summary>
public abstract class ReorganisationTests(OneStop engine)
{
    private const string Merged = "xa-cu-nhap";
    private const string Split = "xa-cu-chia";
    private static readonly string[] Words = ["tiep-nhan", "chuyen-vien", "lanh-dao", "van-thu", "tra-ket-qua"];

    [Fact]
    public async Task Open_work_people_and_rights_go_over_no_date_moves_and_a_moved_dossier_comes_to_its_end()
    {
        var admin = await engine.SomebodyAsync("quantri");
        await OldOfficesAsync(admin);
        var atCounter = await StartAsync(Merged, "Thôn Một, xã cũ");
        var examined = await StartAsync(Merged, "Thôn Một, xã cũ", "Tiếp nhận");
        var supplement = await StartAsync(Split, "Số 3, Khu 1, xã cũ", "Tiếp nhận");
        await (await engine.OfficerAsync("chuyen-vien", Split)).SendAsync(
            $"/dossiers/{supplement.Id}/supplement-requests", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Thiếu" }).JsonAsync();
        var ready = await StartAsync(Merged, "Thôn Một, xã cũ", "Tiếp nhận", "Thẩm tra", "Ghi sổ", "Ký", "Đóng dấu");
        var over = await StartAsync(Merged, "Thôn Một, xã cũ", "Tiếp nhận", "Thẩm tra", "Ghi sổ", "Ký", "Đóng dấu", "Trả");
        var first = await StartAsync(Split, "Số 3, Khu 1, xã cũ", "Tiếp nhận");
        var second = await StartAsync(Split, "Khu 12 xã cũ", "Tiếp nhận");
        var nowhere = await StartAsync(Split, "Khu 7, xã cũ", "Tiếp nhận");
        var plan = await admin.SendAsync("/reorganisations", Plan()).JsonAsync();
        var address = $"/reorganisations/{plan.Text("id")}";

        Assert.Equal("Ordered", (await admin.SendAsync($"{address}/run").JsonAsync()).Text("state"));
        await RunAsync();
        Assert.Equal("Ordered", (await admin.ReadAsync(address)).Text("state"));
        var early = await StartAsync(Merged, "Thôn Một, xã cũ");
        engine.Clock.Jump(TimeSpan.FromDays(3));
        await RefusesNewWorkAsync();
        var dates = await DatesAsync();
        var dry = await admin.SendAsync($"{address}/dry-run").JsonAsync();
        await RunAsync();

        var done = await admin.ReadAsync(address);
        Assert.Equal(("Done", 2), (done.Text("state"), done.Number("openReviews")));
        Assert.Equal(dry.GetProperty("counts").ToString(), done.GetProperty("counts").ToString());
        Assert.Equal((7, 1, 1), (done.GetProperty("counts").Number("dossiers"), done.GetProperty("counts").Number("dossiersToReview"), done.GetProperty("counts").Number("peopleToReview")));
        Assert.Equal(dates, await DatesAsync());
        Assert.Equal(OneStop.Ward, await CompetentAsync(examined));
        Assert.Equal((OneStop.Ward, OneStop.OtherWard, Split, Merged), (await CompetentAsync(first), await CompetentAsync(second), await CompetentAsync(nowhere), await CompetentAsync(over)));
        var line = (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{examined.Id}/ledger")).EnumerateArray().Single(one => one.Text("act") == "Reorganised");
        Assert.Equal(("Nghị quyết sắp xếp", "Xã cũ nhập"), (line.Text("reason"), line.GetProperty("data").GetProperty("competent").Text("fromName")));
        await RightsWentOverAsync();

        await FinishAsync(atCounter, "Tiếp nhận", "Thẩm tra", "Ghi sổ", "Ký", "Đóng dấu", "Trả");
        await FinishAsync(early, "Tiếp nhận", "Thẩm tra", "Ghi sổ", "Ký", "Đóng dấu", "Trả");
        await FinishAsync(examined, "Thẩm tra", "Ghi sổ", "Ký", "Đóng dấu", "Trả");
        await FinishAsync(ready, "Trả");
        await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{supplement.Id}/supplements", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh") }).JsonAsync();
        await FinishAsync(supplement, "Thẩm tra", "Ghi sổ", "Ký", "Đóng dấu", "Trả");
        await PlaceAsync(admin, address, nowhere);
        await FinishAsync(nowhere, "Thẩm tra", "Ghi sổ", "Ký", "Đóng dấu", "Trả");
        Assert.Equal("Returned", (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{nowhere.Id}")).Text("status"));
    }

    [Fact]
    public async Task Every_problem_of_a_plan_is_told_and_one_that_blocks_keeps_it_from_running()
    {
        var admin = await engine.SomebodyAsync("quantri");
        JsonObject Changes(params JsonNode[] changes) => new() { ["name"] = "Thử", ["effectiveOn"] = "2026-12-01", ["changes"] = new JsonArray(changes) };
        var plan = await admin.SendAsync("/reorganisations", Changes(
            Change("khong-co", "phuong-ha-long"),
            Change("phuong-cam-pha", "phuong-cua-ong"),
            Change("phuong-cua-ong", "phuong-ha-long"),
            Change("phuong-uong-bi", "phuong-ha-long", "phuong-hong-gai"),
            Change("phuong-uong-bi"),
            JsonNode.Parse("""{"from":"phuong-vang-danh","to":[{"officeId":"phuong-ha-long","hamlets":["Khu 1"]},{"officeId":"phuong-hong-gai","hamlets":["khu  1"],"dossiers":["H49.1-260101-0001"]}]}""")!)).JsonAsync();

        var codes = plan.List("problems").Select(problem => (problem.Text("code"), problem.GetProperty("blocking").GetBoolean())).ToHashSet();
        Assert.Equal(
            [
                ("DOSSIER_NOT_FOUND", false), ("HAMLET_TWICE", true), ("NO_SUCCESSOR", false), ("OFFICE_NOT_FOUND", true),
                ("OFFICE_TWICE", true), ("SPLIT_WITHOUT_RULE", false), ("TARGET_ENDS_TOO", true),
            ],
            codes.Order());
        await (await admin.SendAsync($"/reorganisations/{plan.Text("id")}/run")).ShouldBeRefusedAsync("REORGANISATION_HAS_PROBLEMS");
        await (await (await engine.OfficerAsync("lanh-dao")).SendAsync($"/reorganisations/{plan.Text("id")}/run")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await admin.SendAsync("/reorganisations", Changes())).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.Null((await admin.ReadAsync("/offices/phuong-cam-pha")).GetProperty("validTo").GetString());
    }

    [Fact]
    public async Task The_table_of_the_statistics_office_is_read_and_names_codes_it_does_not_know()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var table = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "seed", "qn-old-to-new-units.csv"));

        var problem = await (await admin.SendAsync("/reorganisations", new JsonObject { ["name"] = "NQ 1679", ["effectiveOn"] = "2025-07-01", ["table"] = table }))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.Contains("171 mã", problem.GetProperty("errors").GetProperty("table")[0].GetString(), StringComparison.Ordinal);
        await (await admin.SendAsync("/reorganisations", new JsonObject { ["name"] = "NQ", ["effectiveOn"] = "2025-07-01", ["table"] = "a,b\n1,2\n" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        // On a later day today's communes are the old ones; a unit that was left as it was is no change.
        var lines = $"{table.Split('\n')[0]}\n06688,Phường Hạ Long,06685,Phường Hồng Gai,193,Hạ Long,\"Nhập một phần diện tích, toàn bộ dân số\",part,true\n06688,Phường Hạ Long,06688,Phường Hạ Long,193,Hạ Long,Giữ nguyên,unchanged,true\n";
        var plan = await admin.SendAsync("/reorganisations", new JsonObject { ["name"] = "Thử", ["effectiveOn"] = "2026-12-01", ["table"] = lines }).JsonAsync();
        Assert.Equal((1, 0, 0), (plan.Number("changes"), plan.Number("splits"), plan.List("problems").Count()));
        var change = Assert.Single((await admin.ReadAsync($"/reorganisations/{plan.Text("id")}")).GetProperty("plan").List("changes"));
        Assert.Equal(("phuong-hong-gai", "phuong-ha-long", "Nhập một phần diện tích, toàn bộ dân số"), (change.Text("from"), change.List("to").Single().Text("officeId"), change.List("to").Single().Text("note")));
    }

    private async Task RefusesNewWorkAsync()
    {
        var request = OneStop.BirthRegistration(body => (body["receivingOfficeId"], body["competentOfficeId"]) = (Merged, Merged));
        var refused = await (await (await engine.OfficerAsync("tiep-nhan", Merged)).SendAsync("/dossiers", request)).ShouldBeRefusedAsync("OFFICE_NOT_IN_FORCE");
        Assert.Contains("Ủy ban nhân dân phường Hồng Gai", refused.Text("detail"), StringComparison.Ordinal);
        var elsewhere = await Walk.StartAsync(engine);
        await (await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{elsewhere.Id}/forwardings", new JsonObject { ["officeId"] = Split, ["reason"] = "Thử" }))
            .ShouldBeRefusedAsync("OFFICE_NOT_IN_FORCE");
    }

    private async Task RightsWentOverAsync()
    {
        var officer = (await (await engine.SomebodyAsync($"chuyen-vien.{Merged}")).ReadAsync("/me")).List("rights").ToList();
        Assert.Equal((Role.CaseOfficer, OneStop.Ward), (officer.Single().Text("role"), officer.Single().Text("officeId")));
        var placed = (await (await engine.SomebodyAsync($"chuyen-vien.{Split}")).ReadAsync("/me")).List("rights").ToList();
        Assert.Equal(OneStop.OtherWard, placed.Single().Text("officeId"));
        var waiting = (await (await engine.SomebodyAsync($"tiep-nhan.{Split}")).ReadAsync("/me")).List("rights").ToList();
        Assert.Equal(Split, waiting.Single().Text("officeId"));
        var rule = Assert.Single((await (await engine.SomebodyAsync("quantri")).ReadAsync($"/offices/{OneStop.Ward}/assignment-rules")).EnumerateArray());
        Assert.Equal(("LD_PHONG", "RoundRobin"), (rule.Text("role"), rule.Text("mode")));
    }

    private async Task PlaceAsync(HttpClient admin, string address, Walk nowhere)
    {
        var reviews = (await admin.ReadAsync($"{address}/reviews?placed=false")).List("items").ToDictionary(review => review.Text("kind"));
        Assert.Equal((nowhere.Code, "Khu 7, xã cũ"), (reviews["Dossier"].Text("code"), reviews["Dossier"].Text("address")));
        Assert.Equal([OneStop.OtherWard, OneStop.Ward], reviews["Dossier"].List("questions").Single().List("choices").Select(choice => choice.Text("id")).Order());
        string To(string kind) => $"{address}/reviews/{kind}/{reviews[kind].Text("subjectId")}/placements";
        JsonObject Decision(string office) => new() { ["offices"] = new JsonObject { [Split] = office } };

        await (await admin.SendAsync(To("Dossier"), Decision("phuong-cam-pha"))).ShouldBeRefusedAsync("REVIEW_WRONG_OFFICE");
        await (await admin.SendAsync(To("Dossier"), new JsonObject { ["offices"] = new JsonObject() })).ShouldBeRefusedAsync("REVIEW_INCOMPLETE");
        await admin.SendAsync(To("Dossier"), Decision(OneStop.OtherWard)).JsonAsync();
        await (await admin.SendAsync(To("Dossier"), Decision(OneStop.Ward))).ShouldBeRefusedAsync("REVIEW_PLACED");
        await admin.SendAsync(To("Person"), Decision(OneStop.Ward)).JsonAsync();
        Assert.Equal(OneStop.OtherWard, await CompetentAsync(nowhere));
        Assert.Equal(OneStop.Ward, (await (await engine.SomebodyAsync($"tiep-nhan.{Split}")).ReadAsync("/me")).List("rights").Single().Text("officeId"));
        Assert.Equal(0, (await admin.ReadAsync(address)).Number("openReviews"));
    }

    private async Task<Walk> StartAsync(string office, string address, params string[] steps)
    {
        var walk = await Walk.StartAsync(engine, body =>
        {
            (body["receivingOfficeId"], body["competentOfficeId"]) = (office, office);
            body["applicant"]!["address"] = address;
        });
        await DoAsync(walk, steps);
        return walk;
    }

    /// <summary>To its end by the people of the new office.</summary>
    private async Task FinishAsync(Walk walk, params string[] steps)
    {
        await DoAsync(walk, steps);
        var dossier = await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}");
        Assert.Equal("Returned", dossier.Text("status"));
        Assert.Contains(dossier.GetProperty("receivingOffice").Text("id"), new[] { OneStop.Ward, OneStop.OtherWard });
    }

    private static async Task DoAsync(Walk walk, string[] steps)
    {
        foreach (var title in steps)
        {
            var (outcome, form) = title switch
            {
                "Tiếp nhận" => ("Tiếp nhận", null),
                "Thẩm tra" => ("Đủ điều kiện", null),
                "Ghi sổ" => ("Đã ghi sổ", null),
                "Ký" => ("Đã ký", null),
                "Đóng dấu" => ("Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" }),
                _ => ("Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" }),
            };
            await walk.DoAsync(title, outcome, form);
        }
    }

    private async Task OldOfficesAsync(HttpClient admin)
    {
        foreach (var (id, name, agency) in new[] { (Merged, "Xã cũ nhập", "H49.901"), (Split, "Xã cũ chia", "H49.902") })
        {
            await (await admin.PostAsJsonAsync("/api/v1/offices", new { id, agencyCode = agency, name, kind = "PeoplesCommittee", level = "Commune", parentId = "quang-ninh", validFrom = "2025-07-01" })).JsonAsync();
            foreach (var word in Words)
            {
                var role = word switch { "tiep-nhan" => Role.Receptionist, "chuyen-vien" => Role.CaseOfficer, "lanh-dao" => Role.OfficeLeader, "van-thu" => Role.Clerk, _ => Role.ResultOfficer };
                await engine.NewPersonAsync(role, id, userName: $"{word}.{id}");
            }
        }

        await (await admin.PutAsJsonAsync($"/api/v1/offices/{Merged}/assignment-rules/LD_PHONG", new { mode = "RoundRobin" })).JsonAsync();
    }

    private static JsonObject Plan() => (JsonObject)JsonNode.Parse($$"""
        {"name":"Nghị quyết sắp xếp","effectiveOn":"2026-11-23","changes":[
          {"from":"{{Merged}}","to":[{"officeId":"{{OneStop.Ward}}"}]},
          {"from":"{{Split}}","to":[
            {"officeId":"{{OneStop.Ward}}","hamlets":["Khu 1","Khu 2"]},
            {"officeId":"{{OneStop.OtherWard}}","hamlets":["Khu 12"],"people":["chuyen-vien.{{Split}}","lanh-dao.{{Split}}","van-thu.{{Split}}","tra-ket-qua.{{Split}}"]}]}]}
        """)!;

    private static JsonNode Change(string from, params string[] to) => new JsonObject
    {
        ["from"] = from,
        ["to"] = new JsonArray([.. to.Select(office => new JsonObject { ["officeId"] = office })]),
    };

    /// <summary>Every date of every dossier, task and timer.</summary>
    private async Task<List<string>> DatesAsync()
    {
        await using var db = engine.Open();
        var dossiers = await db.Dossiers.AsNoTracking().ToListAsync();
        var tasks = await db.Tasks.AsNoTracking().ToListAsync();
        var timers = await db.Bookmarks.AsNoTracking().ToListAsync();
        return
        [
            .. dossiers.Select(one => $"{one.Id} {one.SubmittedAt:O} {one.ReceivedAt:O} {one.DueAt:O} {one.OriginalDueAt:O} {one.PausedFrom:O} {one.FinishedAt:O} {one.CalendarId} {one.CalendarVersion}")
                .Concat(tasks.Select(one => $"{one.Id} {one.CreatedAt:O} {one.DueAt:O} {one.SortAt:O}")).Concat(timers.Select(one => $"{one.Id} {one.DueAt:O}")).Order(StringComparer.Ordinal),
        ];
    }

    private async Task<string> CompetentAsync(Walk walk) => (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}")).GetProperty("competentOffice").Text("id");

    private Task RunAsync() => engine.Services.GetRequiredService<ReorganisationRunner>().RunAsync();
}

public sealed class ReorganisationSqliteTests(OneStop engine) : ReorganisationTests(engine), IClassFixture<OneStop>;

public sealed class ReorganisationPostgresTests(PostgresOneStop engine) : ReorganisationTests(engine), IClassFixture<PostgresOneStop>;
