using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Reorganisation;
using PublicService.Engine.Tests.Callbacks;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Journeys;

/// <summary>
/// Dossiers lived over HTTP and told as their ledgers in docs/journeys.md, so that the page says what the engine really does. With
/// UPDATE_SNAPSHOTS=1 the page is written anew.
/// </summary>
public sealed class JourneyTests : IAsyncLifetime
{
    private static readonly string Page = Path.Combine(OneStop.Root, "docs", "journeys.md");

    private readonly OneStop engine = new();
    private readonly StringBuilder told = new();

    public Task InitializeAsync()
    {
        engine.Register();
        engine.With($"Systems:{Systems.Police}:Name", "Bộ Công an");
        return engine.InitializeAsync();
    }

    public Task DisposeAsync() => ((IAsyncLifetime)engine).DisposeAsync();

    [Fact]
    public async Task The_page_of_journeys_says_what_the_engine_does()
    {
        told.Append("""
            # Five journeys

            Five dossiers as the engine led them, each told by its ledger: who, when (time of Viet Nam), which act, and the promise after it. A test
            lives them over HTTP with a clock of its own and compares this page; nothing here is written by hand but the first lines of each.

            """);
        await SilentDepartmentAsync();
        await FailingBranchAsync();
        await OtherBoundaryAsync();
        await OverdueAsync();
        await ReorganisedAsync();

        var text = told.ToString();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(Page, text);
        }

        Assert.Equal(await File.ReadAllTextAsync(Page), text);
    }

    private async Task SilentDepartmentAsync()
    {
        var walk = await StartAsync("1.013225", OneStop.Ward, OneStop.Ward);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm định", "Lấy ý kiến cơ quan liên quan");
        engine.Clock.Jump(TimeSpan.FromDays(12));
        await walk.DoAsync("Tổng hợp", "Trình cấp phép");
        await walk.DoAsync("Soát xét", "Đã ký");
        await walk.DoAsync("Ký giấy phép", "Đã ký");
        await walk.DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "34/GPXD" });
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });
        await TellAsync(walk, "1.013225: a department stays silent", """
            A building permit. The department that is asked for its opinion does not answer; after 12 days its silence counts as consent, and the
            dossier goes on without it.
            """);
    }

    private async Task FailingBranchAsync()
    {
        var walk = await StartAsync("2.000986", OneStop.Ward, OneStop.Ward);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi Sổ", "Đã ghi sổ");
        await walk.DoAsync("Ký", "Đã ký");
        await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{await KeyAsync(walk, Systems.InsuranceName)}", Report("Đã cấp thẻ BHYT", "BH-1")).JsonAsync();
        await engine.PostAsAsync(Systems.Police, $"/callbacks/{await KeyAsync(walk, "Bộ Công an")}", Report("Từ chối đăng ký", "CA-1")).JsonAsync();
        await walk.DoAsync("Phần đăng ký thường trú", "Kết thúc phần này", note: "Chủ hộ chưa đồng ý");
        await walk.DoAsync("Cấp số", "Đã phát hành", new JsonObject { ["resultNumber"] = "35/2026" });
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });
        await TellAsync(walk, "2.000986: one foreign branch fails", """
            Birth certificate, residence and health insurance in one dossier. The insurance agency answers, the police refuse the residence; an officer
            ends that part, the citizen is told which part failed, and the rest is handed over.
            """);
    }

    private async Task OtherBoundaryAsync()
    {
        var walk = await StartAsync("1.001193", "phuong-mong-cai-1", OneStop.OtherWard);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Nhận hồ sơ", "Đã nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();
        await TellAsync(walk, "1.001193: received in Móng Cái for Hạ Long", """
            A birth registered far from home (phi địa giới): the desk in Móng Cái receives it and hands the result over, the ward of Hạ Long decides.
            """);
    }

    private async Task OverdueAsync()
    {
        var walk = await StartAsync("1.013227", OneStop.Ward, OneStop.Ward);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var due = walk.Standing.GetProperty("dueAt").GetDateTimeOffset();
        engine.Clock.Jump(due - engine.Clock.GetUtcNow() - TimeSpan.FromDays(2) + TimeSpan.FromMinutes(10));
        await engine.SettleAsync();
        await walk.DoAsync("Ký văn bản xin lỗi", "Đã gửi", new JsonObject
        {
            ["reason"] = "Phải đối chiếu lại hiện trạng công trình",
            ["newDueAt"] = due.AddDays(2).ToString("O", CultureInfo.InvariantCulture),
        });
        engine.Clock.Jump(TimeSpan.FromDays(4) + TimeSpan.FromHours(1));
        await engine.SettleAsync();
        await walk.DoAsync("Đối chiếu", "Giấy phép còn được gia hạn");
        await walk.DoAsync("Dự thảo", "Trình soát xét");
        await walk.DoAsync("Lãnh đạo phòng", "Đã ký");
        await walk.DoAsync("Ký gia hạn", "Đã ký");
        await walk.DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "36/GPXD-GH" });
        await walk.DoAsync("Trả", "Đã trả", new JsonObject { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" });
        await TellAsync(walk, "1.013227: overdue, with an apology and a new date", """
            The extension of a permit lies too long. Two days before the promise the office is warned, and the leader signs the letter of apology (form 04)
            with a new date. The new date passes too: that is written down, nobody is kept from finishing, and the first promise stays on record.
            """);
    }

    private async Task ReorganisedAsync()
    {
        const string Ending = "phuong-mong-cai-2";
        var walk = await StartAsync("1.001193", Ending, Ending);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var admin = await engine.SomebodyAsync("quantri");
        var first = VietnamTime.DateOf(engine.Clock.GetUtcNow()).AddDays(1);
        var plan = await admin.SendAsync("/reorganisations", new JsonObject
        {
            ["name"] = "Sắp xếp phường Móng Cái 2 vào phường Móng Cái 1 (thí dụ)",
            ["effectiveOn"] = first.ToString("O", CultureInfo.InvariantCulture),
            ["changes"] = new JsonArray(new JsonObject { ["from"] = Ending, ["to"] = new JsonArray(new JsonObject { ["officeId"] = "phuong-mong-cai-1" }) }),
        }).JsonAsync();
        await admin.SendAsync($"/reorganisations/{plan.Text("id")}/run").JsonAsync();
        engine.Clock.Jump(TimeSpan.FromDays(1));
        await engine.Services.GetRequiredService<ReorganisationRunner>().RunAsync(default);
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();
        await TellAsync(walk, "1.001193: the office is merged on the way", """
            The ward that has the dossier ends, and its open work goes over to its successor in one run. The promise does not move, the lines before keep
            the old office, and the officers of the new one bring the dossier to its end.
            """);
    }

    private async Task<Walk> StartAsync(string procedure, string receiving, string competent) => await Walk.StartAsync(engine, request =>
    {
        request["procedureCode"] = procedure;
        request["receivingOfficeId"] = receiving;
        request["competentOfficeId"] = competent;
        if (procedure != "1.001193")
        {
            request["form"] = TestForms.Of(procedure);
        }
    });

    private static JsonObject Report(string outcome, string reference) => new() { ["outcome"] = outcome, ["reference"] = reference, ["data"] = new JsonObject() };

    /// <summary>The key under which a system was asked.</summary>
    private async Task<string> KeyAsync(Walk walk, string system)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        var questions = await db.Outbox.Where(row => row.DossierId == id && row.Kind == "transfer").Select(row => row.Payload).ToListAsync();
        return questions.Select(payload => JsonNode.Parse(payload)!).Single(question => question["system"]!.ToString() == system)["callback"]!.ToString();
    }

    private async Task TellAsync(Walk walk, string title, string story)
    {
        var reader = await engine.SomebodyAsync("giamsat");
        var dossier = await reader.ReadAsync($"/dossiers/{walk.Id}");
        told.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{story.Trim()}\n\n{walk.Code}, {dossier.Text("statusWord")}.\n\n");
        told.Append("| # | time | act | who | where | promise | why |\n|---|---|---|---|---|---|---|\n");
        foreach (var line in (await reader.ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray())
        {
            told.Append(CultureInfo.InvariantCulture, $"| {line.Number("sequence")} | {Local(line, "at")} | {line.Text("act")} | {line.Text("actorName")} | {line.Text("officeId")} | {Local(line, "dueAfter")} | {Cell(line, "reason")}{Cell(line, "article")} |\n");
        }
    }

    private static string Local(JsonElement line, string name) => line.GetProperty(name) is { ValueKind: JsonValueKind.String } at
        ? VietnamTime.Local(at.GetDateTimeOffset()).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture)
        : "";

    private static string Cell(JsonElement line, string name) => line.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()!.Replace('|', '/') : "";
}
