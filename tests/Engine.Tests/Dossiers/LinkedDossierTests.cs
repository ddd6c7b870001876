using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Activities.Coordination;
using PublicService.Dossiers;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Liên thông nhiều thủ tục over HTTP: one code for the citizen, a dossier for each part.</summary>
public abstract class LinkedDossierTests(OneStop engine)
{
    [Fact]
    public async Task The_parent_goes_on_when_both_parts_have_ended()
    {
        var walk = await LinkedAsync("T.LINK-1", "T.PART-1", "T.PART-1");
        var parts = await PartsAsync(walk, 2);
        Assert.Equal([OneStop.OtherWard, OneStop.Ward], parts.Select(part => part.Text("competentOfficeId")).Order(StringComparer.Ordinal));

        await FinishAsync(Walk.Of(engine, parts[0], walk.Secret), "1/2026");
        await engine.SettleAsync();
        Assert.Empty(await LinesAsync(walk));
        await StopAsync(Walk.Of(engine, parts[1], walk.Secret));
        await engine.SettleAsync();

        Assert.Equal([StartLinkedDossiers.Partly], await LinesAsync(walk));
        var ledger = await LedgerAsync(walk.Id);
        Assert.Equal(2, ledger.Count(line => line.Act is LedgerAct.LinkedDossierStarted));
        Assert.Equal(["1/2026", null], ledger.Where(line => line.Act is LedgerAct.LinkedDossierEnded).Select(line => JsonNode.Parse(line.Data!)!["resultNumber"]?.ToString()));
        var part = await LedgerAsync(parts[0].Text("id"));
        Assert.Equal(1, part.Count(line => line.Act is LedgerAct.LinkedDossierStarted));
        Assert.Equal(1, part.Count(line => line.Act is LedgerAct.LinkedDossierEnded));
    }

    [Fact]
    public async Task The_citizen_sees_the_parts_under_one_code_and_opens_them_with_one_secret()
    {
        var walk = await LinkedAsync("T.LINK-2", "T.PART-2", "T.PART-2");
        var parts = await PartsAsync(walk, 2);
        var citizen = engine.CreateClient();
        citizen.DefaultRequestHeaders.Add("X-Tracking-Secret", walk.Secret);

        var seen = (await citizen.ReadAsync($"/tracking/{walk.Code}")).List("parts").ToList();

        Assert.Equal(parts.Select(part => part.Text("code")), seen.Select(part => part.Text("code")));
        Assert.All(seen, part => Assert.Equal("Mới đăng ký", part.Text("statusWord")));
        Assert.Empty((await citizen.ReadAsync($"/tracking/{seen[0].Text("code")}")).List("parts"));
    }

    [Fact]
    public async Task Withdrawing_the_parent_withdraws_only_the_parts_that_are_open()
    {
        var walk = await LinkedAsync("T.LINK-3", "T.PART-3", "T.PART-3");
        var parts = await PartsAsync(walk, 2);
        await FinishAsync(Walk.Of(engine, parts[0], walk.Secret), "2/2026");
        await engine.SettleAsync();

        await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{walk.Id}/withdrawals", new JsonObject { ["reason"] = "Đổi ý" }).JsonAsync();
        await engine.SettleAsync();

        var statuses = (await PartsAsync(walk, 2)).ToDictionary(part => part.Text("id"), part => part.Text("businessStatus"));
        Assert.Equal(("Finished", "Withdrawn"), (statuses[parts[0].Text("id")], statuses[parts[1].Text("id")]));
        await using var db = engine.Open();
        var (done, open) = (Guid.Parse(parts[0].Text("id")), Guid.Parse(parts[1].Text("id")));
        Assert.False(await db.Tasks.AnyAsync(task => task.DossierId == open && task.State == TaskState.Open));
        Assert.False(await db.Bookmarks.AnyAsync(row => row.Name == StartLinkedDossiers.BookmarkName && (row.Key == done.ToString("n") || row.Key == open.ToString("n"))));
        Assert.Equal("Withdrawn", (await SupervisorReadAsync($"/dossiers/{walk.Id}")).Text("status"));
    }

    [Fact]
    public async Task A_parent_withdrawn_before_its_parts_were_started_never_has_any()
    {
        await PublishAsync("T.LINK-4", "T.PART-4", "T.PART-4");
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = "T.LINK-4");
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{walk.Id}/withdrawals", new JsonObject { ["reason"] = "Đổi ý" }).JsonAsync();
        await AgainAsync();

        // What was started in between was withdrawn again; nothing is left open.
        Assert.All((await SupervisorReadAsync($"/dossiers/{walk.Id}/parts")).EnumerateArray(), part => Assert.Equal("Withdrawn", part.Text("businessStatus")));
    }

    [Fact]
    public async Task A_crash_after_each_message_was_carried_out_doubles_nothing()
    {
        var walk = await LinkedAsync("T.LINK-5", "T.PART-5", "T.PART-5");
        var parts = await PartsAsync(walk, 2);

        await AgainAsync();
        Assert.Equal(parts.Select(part => part.Text("code")), (await PartsAsync(walk, 2)).Select(part => part.Text("code")));
        foreach (var part in parts)
        {
            await FinishAsync(Walk.Of(engine, part, walk.Secret), "3/2026");
            await engine.SettleAsync();
            await AgainAsync();
        }

        Assert.Equal([StartLinkedDossiers.Completed], await LinesAsync(walk));
        Assert.Equal(2, (await LedgerAsync(walk.Id)).Count(line => line.Act is LedgerAct.LinkedDossierEnded));
    }

    [Fact]
    public async Task A_part_that_cannot_be_handed_in_is_an_incident_and_does_not_hold_up_the_other()
    {
        var walk = await LinkedAsync("T.LINK-6", "T.UNKNOWN", "T.PART-6");

        var part = Assert.Single(await PartsAsync(walk, 1));

        Assert.Equal("T.PART-6", part.Text("procedureCode"));
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        var incident = await db.Incidents.SingleAsync(row => row.DossierId == id);
        Assert.Equal("LienThong", incident.ActivityId);
        Assert.StartsWith("PROCEDURE_NOT_FOUND", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_sees_no_parts()
    {
        var walk = await LinkedAsync("T.LINK-7", "T.PART-7", "T.PART-7");

        var response = await (await engine.OfficerAsync("tiep-nhan", "phuong-bai-chay")).GetAsync(new Uri($"/api/v1/dossiers/{walk.Id}/parts", UriKind.Relative));

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private async Task<Walk> LinkedAsync(string code, string first, string second)
    {
        await PublishAsync(code, first, second);
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = code);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await engine.SettleAsync();
        return walk;
    }

    private async Task PublishAsync(string code, string first, string second)
    {
        var parts = $"[{{procedure:'{first}',office:'{OneStop.Ward}',form:{{name:getForm().child.fullName}}}},{{procedure:'{second}',office:'{OneStop.OtherWard}'}}]";
        await engine.PublishAsync(
            code,
            """
            {"id":"TiepNhan","type":"PublicService.Intake"},
            {"id":"LienThong","type":"PublicService.StartLinkedDossiers","parts":{"typeName":"Object","expression":{"type":"JavaScript","value":"PARTS"}}}
            """.Replace("PARTS", parts, StringComparison.Ordinal),
            """
            TiepNhan/Tiếp nhận > LienThong
            TiepNhan/Yêu cầu bổ sung > KetThuc
            TiepNhan/Từ chối > KetThuc
            LienThong/Hoàn thành > KetThuc
            LienThong/Hoàn thành một phần > KetThuc
            LienThong/Không thành công > KetThuc
            """);
        foreach (var part in new[] { first, second }.Distinct().Where(part => part != "T.UNKNOWN"))
        {
            await engine.PublishAsync(
                part,
                """
                {"id":"TiepNhan","type":"PublicService.Intake"},
                {"id":"XuLy","type":"PublicService.OfficerTask","title":{"typeName":"String","expression":{"type":"Literal","value":"Xử lý"}},
                 "outcomes":{"typeName":"List<String>","expression":{"type":"Object","value":"[\"Xong\",\"Dừng\"]"}}},
                {"id":"CapSo","type":"PublicService.NumberAndRelease"},
                {"id":"Dung","type":"PublicService.Stop","reason":{"typeName":"String","expression":{"type":"Literal","value":"Không đủ điều kiện"}}}
                """,
                """
                TiepNhan/Tiếp nhận > XuLy
                TiepNhan/Yêu cầu bổ sung > KetThuc
                TiepNhan/Từ chối > KetThuc
                XuLy/Xong > CapSo
                XuLy/Dừng > Dung
                CapSo/Done > KetThuc
                Dung/Done > KetThuc
                """);
        }
    }

    private static async Task FinishAsync(Walk part, string number)
    {
        await part.DoAsync("Tiếp nhận", "Tiếp nhận");
        await part.DoAsync("Xử lý", "Xong");
        await part.DoAsync("Cấp số", "Đã phát hành", new JsonObject { ["resultNumber"] = number });
    }

    private static async Task StopAsync(Walk part)
    {
        await part.DoAsync("Tiếp nhận", "Tiếp nhận");
        await part.DoAsync("Xử lý", "Dừng");
    }

    /// <summary>As after a crash between doing what a message says and noting that it was done.</summary>
    private async Task AgainAsync()
    {
        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(
            new Changes().Execute($"update outbox set sent_at = null, next_attempt_at = 0 where kind = {LinkedDossiers.Kind} and dead_at is null"));
        await engine.SettleAsync();
    }

    private async Task<List<JsonElement>> PartsAsync(Walk walk, int count)
    {
        var parts = (await SupervisorReadAsync($"/dossiers/{walk.Id}/parts")).EnumerateArray().ToList();
        Assert.Equal(count, parts.Count);
        return parts;
    }

    /// <summary>The outcome the step was left by.</summary>
    private async Task<IReadOnlyList<string>> LinesAsync(Walk walk)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        var runs = await db.Journal.Where(row => row.DossierId == id).ToListAsync();
        return [.. runs.SelectMany(row => JsonNode.Parse(row.Entries)!.AsArray())
            .Where(entry => entry!["activityId"]!.ToString() == "LienThong" && entry["event"]!.ToString() == "Completed")
            .SelectMany(entry => entry!["outcomes"]!.AsArray()).Select(outcome => outcome!.ToString())];
    }

    private async Task<List<LedgerEntry>> LedgerAsync(string dossierId)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(dossierId);
        return await db.Ledger.Where(line => line.DossierId == id).OrderBy(line => line.Sequence).ToListAsync();
    }

    private async Task<JsonElement> SupervisorReadAsync(string path) => await (await engine.SomebodyAsync("giamsat")).ReadAsync(path);
}

public sealed class LinkedDossierSqliteTests(OneStop engine) : LinkedDossierTests(engine), IClassFixture<OneStop>;

public sealed class LinkedDossierPostgresTests(PostgresOneStop engine) : LinkedDossierTests(engine), IClassFixture<PostgresOneStop>;
