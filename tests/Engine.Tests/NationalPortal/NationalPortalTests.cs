using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using PublicService.Tests.NationalPortal;

namespace PublicService.Engine.Tests.NationalPortal;

/// <summary>What officers and supervisors see of the synchronisation, over HTTP, with real procedures.</summary>
public abstract class NationalPortalTests(PortalHost engine)
{
    [Fact]
    public async Task A_procedure_that_never_mentions_the_portal_is_told_status_by_status()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();
        await engine.DrainAsync();

        var entry = engine.Portal.Entries[walk.Code];
        Assert.Equal(["1", "2", "4", "9", "10"], entry.Statuses);
        Assert.Equal("1.001193", entry.State["MaTTHC"]!.ToString());
        Assert.Equal("Nguyễn Văn Mẫu", entry.State["ThongTinTra"]!.ToString());
        var result = Assert.Single(entry.State["DanhSachGiayToKetQua"]!.AsArray());
        Assert.Equal("KQ.G15.000031", result!["MaGiayToKetQua"]!.ToString());
        Assert.StartsWith("https://motcua.example.vn/api/v1/dossiers/", result["DuongDanTepTinKetQua"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains(entry.Progress, step => JsonNode.Parse(step)!["NoiDungXuLy"]!.ToString().EndsWith(": Đã phát hành", StringComparison.Ordinal));
        var supervisor = await engine.SomebodyAsync("giamsat");
        var ledger = (await supervisor.ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray();
        Assert.Equal("SyncConfirmed", ledger.Last().Text("act"));
    }

    [Fact]
    public async Task A_dossier_without_identity_is_held_back_shown_corrected_and_then_told_from_the_beginning()
    {
        var walk = await Walk.StartAsync(engine, request => request["applicant"]!["idNumber"] = null);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await engine.DrainAsync();
        var supervisor = await engine.SomebodyAsync("giamsat");

        Assert.DoesNotContain(walk.Code, engine.Portal.Entries.Keys);
        var held = await OneAsync(supervisor, walk.Id, "Held");
        Assert.Contains("số định danh", held.Text("reason"), StringComparison.Ordinal);

        var body = new JsonObject { ["name"] = "Nguyễn Văn Mẫu", ["idNumber"] = "022090000001", ["reason"] = "Đối chiếu căn cước" };
        await (await engine.SendToAsync("chuyen-vien", $"/dossiers/{walk.Id}/applicant-corrections", body)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await engine.SendToAsync("tiep-nhan", $"/dossiers/{walk.Id}/applicant-corrections", body).JsonAsync();
        await engine.DrainAsync();

        Assert.Equal(["1", "2", "4"], engine.Portal.Entries[walk.Code].Statuses);
        Assert.Equal("022090000001", engine.Portal.Entries[walk.Code].State["DinhDanhCHS"]![0]!["SoDinhDanh"]!.ToString());
        await OneAsync(supervisor, walk.Id, "Accepted");
    }

    [Fact]
    public async Task A_refusal_of_the_portal_is_not_tried_for_ever_and_can_be_sent_again()
    {
        var walk = await Walk.StartAsync(engine);
        engine.Portal.Refuse = state => state["MaHoSo"]!.ToString() == walk.Code && state["TrangThaiHoSo"]!.ToString() == "4" ? "Thủ tục chưa được công khai" : null;
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await engine.DrainAsync();
        var supervisor = await engine.SomebodyAsync("giamsat");

        var rejected = await OneAsync(supervisor, walk.Id, "Rejected");
        Assert.Contains("Thủ tục chưa được công khai", rejected.Text("reason"), StringComparison.Ordinal);
        Assert.Equal((4, 2), (rejected.Number("statusCode"), rejected.Number("portalStatusCode")));
        var asked = engine.Portal.Refusals.Count;
        engine.Clock.Jump(TimeSpan.FromDays(1));
        await engine.DrainAsync();
        Assert.Equal(asked, engine.Portal.Refusals.Count);

        engine.Portal.Refuse = _ => null;
        await (await engine.SendToAsync("tiep-nhan", $"/national-portal/dossiers/{walk.Id}/resends", new JsonObject())).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await supervisor.SendAsync($"/national-portal/dossiers/{walk.Id}/resends", new JsonObject()).JsonAsync();
        await engine.DrainAsync();

        await OneAsync(supervisor, walk.Id, "Accepted");
        Assert.Equal(["1", "2", "4"], engine.Portal.Entries[walk.Code].Statuses);
        engine.Portal.Refusals.Clear();
    }

    [Fact]
    public async Task The_reconciliation_counts_what_the_list_shows_and_leaders_see_their_own_office()
    {
        await engine.DrainAsync();
        engine.Portal.Behave = () => Trouble.ServerError;
        var waiting = await Walk.StartAsync(engine, request => (request["receivingOfficeId"], request["competentOfficeId"]) = (OneStop.OtherWard, OneStop.OtherWard));
        await Walk.StartAsync(engine, request => request["applicant"]!["idNumber"] = null);
        await engine.SettleAsync();
        var supervisor = await engine.SomebodyAsync("giamsat");

        var report = await supervisor.ReadAsync("/national-portal/reconciliation?from=2026-11-01&to=2026-12-31");

        Assert.True(report.GetProperty("isConfigured").GetBoolean());
        foreach (var state in new[] { "Accepted", "Rejected", "Held", "Dead", "Pending", "NeverSent" })
        {
            var name = char.ToLowerInvariant(state[0]) + state[1..];
            var listed = (await supervisor.ReadAsync($"/national-portal/dossiers?from=2026-11-01&to=2026-12-31&state={state}&size=200")).List("items").ToList();
            Assert.Equal(report.GetProperty("total").GetProperty(name).GetInt64(), listed.Count);
            Assert.All(listed, one => Assert.Equal(state, one.Text("state")));
            Assert.Equal(report.GetProperty("total").GetProperty(name).GetInt64(), report.List("rows").Sum(row => row.GetProperty("counts").GetProperty(name).GetInt64()));
        }

        await OneAsync(supervisor, waiting.Id, "Pending");
        await OneAsync(supervisor, await DieAsync(waiting.Id), "Dead");
        var leader = await engine.OfficerAsync("lanh-dao", OneStop.OtherWard);
        var own = await leader.ReadAsync("/national-portal/reconciliation?from=2026-11-01&to=2026-12-31");
        Assert.All(own.List("rows"), row => Assert.Equal(OneStop.OtherWard, row.Text("officeId")));
        Assert.NotEmpty(own.List("rows"));
        await (await leader.GetAsync($"/api/v1/national-portal/reconciliation?office={OneStop.Ward}")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");

        // The first answer of the portal brings back what was given up while it was away.
        engine.Portal.Behave = () => Trouble.None;
        await Walk.StartAsync(engine);
        await engine.DrainAsync();
        await OneAsync(supervisor, waiting.Id, "Accepted");
    }

    [Fact]
    public async Task Asking_the_portal_shows_what_it_has_lost_or_sees_otherwise()
    {
        var lost = await Walk.StartAsync(engine);
        var changed = await Walk.StartAsync(engine);
        await engine.DrainAsync();
        engine.Portal.Lose(lost.Code);
        engine.Portal.Entries[changed.Code].State["TrangThaiHoSo"] = "8";
        var supervisor = await engine.SomebodyAsync("giamsat");

        var differences = new List<JsonElement>();
        for (var next = string.Empty; next is not null;)
        {
            var reply = await supervisor.ReadAsync($"/national-portal/differences?from=2026-11-01&to=2027-12-31&cursor={Uri.EscapeDataString(next)}");
            differences.AddRange(reply.List("differences"));
            next = reply.GetProperty("next").GetString();
        }

        Assert.Equal(2, differences.Count);
        Assert.Single(differences, one => one.Text("code") == lost.Code && one.Text("field") == "MaHoSo" && one.GetProperty("portal").ValueKind is JsonValueKind.Null);
        Assert.Single(differences, one => one.Text("code") == changed.Code && one.Text("ours") == "1" && one.Text("portal") == "8");

        // A dossier the portal has lost comes back with the next message.
        await supervisor.SendAsync($"/national-portal/dossiers/{lost.Id}/resends", new JsonObject()).JsonAsync();
        await supervisor.SendAsync($"/national-portal/dossiers/{changed.Id}/resends", new JsonObject()).JsonAsync();
        engine.Portal.Lose(changed.Code);
        await engine.DrainAsync();
        Assert.Equal("1", engine.Portal.Entries[lost.Code].State["TrangThaiHoSo"]!.ToString());
        Assert.Equal("1", engine.Portal.Entries[changed.Code].State["TrangThaiHoSo"]!.ToString());
    }

    private async Task<JsonElement> OneAsync(HttpClient supervisor, string id, string state)
    {
        var listed = await supervisor.ReadAsync($"/national-portal/dossiers?from=2026-11-01&to=2027-12-31&state={state}&size=200");
        return Assert.Single(listed.List("items"), one => one.Text("dossierId") == id);
    }

    /// <summary>Lets all attempts fail.</summary>
    private async Task<string> DieAsync(string id)
    {
        for (var attempt = 0; attempt < 12; attempt++)
        {
            engine.Clock.Jump(TimeSpan.FromMinutes(65));
            await engine.SettleAsync();
        }

        return id;
    }
}

internal static class PortalOfficers
{
    public static async Task<HttpResponseMessage> SendToAsync(this OneStop engine, string word, string path, JsonObject body) =>
        await (await engine.OfficerAsync(word)).SendAsync(path, body);
}

public sealed class NationalPortalOnSqliteTests(PortalHost engine) : NationalPortalTests(engine), IClassFixture<PortalHost>;

public sealed class NationalPortalOnPostgresTests(PostgresPortalHost engine) : NationalPortalTests(engine), IClassFixture<PostgresPortalHost>;
