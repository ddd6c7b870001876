using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PublicService.Journeys.Designer;

/// <summary>Reading procedures without the editor: versions, comparison, heat, findings; and carrying a procedure as a file.</summary>
[Collection(nameof(House))]
public sealed class VersionJourney(House house)
{
    private const string Marriage = "1.000894";

    [Fact]
    public async Task An_analyst_compares_the_draft_with_the_published_version()
    {
        await DraftAsync(Marriage, definition =>
        {
            Step(definition, "TiepNhan")["metadata"]!["displayText"] = "Tiếp nhận hồ sơ kết hôn";
            definition["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""
                {"id":"ThuThem","name":"ThuThem","type":"Elsa.WriteLine","version":1,"metadata":{"displayText":"Bước thử thêm","designer":{"position":{"x":64,"y":900}}}}
                """));
        });
        await using var visit = await house.VisitAsync("quantri", 1440, 900);
        await visit.Page.Locator("tr", new() { HasText = Marriage }).GetByRole(AriaRole.Link, new() { Name = "Phiên bản" }).ClickAsync();
        await Expect(visit.Page.Locator("tbody tr").First).ToContainTextAsync("Bản nháp");
        await Expect(visit.Page.Locator("tbody tr").Last).ToContainTextAsync("Nạp từ 1.000894");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "So sánh hai phiên bản" }).ClickAsync();

        await Expect(visit.Page.Locator("svg .step.added")).ToContainTextAsync("Bước thử thêm");
        await Expect(visit.Page.Locator("svg .step.changed")).ToContainTextAsync("Đổi tên");
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Đổi tên từ “Tiếp nhận");
        await visit.ShotAsync("so-sanh");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tiếp nhận hồ sơ kết hôn" }).First.ClickAsync();
        await Expect(visit.Page.Locator("svg .step.changed")).ToBeInViewportAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Kiểm tra" }).ClickAsync();
        var finding = visit.Page.Locator("tr", new() { HasText = "UNREACHABLE" }).Filter(new() { HasText = "Bước thử thêm" });
        await Expect(finding).ToContainTextAsync("Không có mũi tên nào dẫn tới “Bước thử thêm”.");
        await visit.ShotAsync("kiem-tra");
        await visit.Page.Locator(".finding-group", new() { HasText = "Bước thử thêm" }).GetByRole(AriaRole.Link, new() { Name = "Mở trong trình thiết kế" }).ClickAsync();
        await Expect(visit.Page.Locator("#opened a", new() { HasText = "So sánh" })).ToHaveAttributeAsync("href", $"/quy-trinh/{Marriage}/so-sanh", new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task A_supervisor_reads_the_heat_of_a_procedure_on_a_telephone()
    {
        var receptionist = await house.ClientAsync("tiepnhan");
        using var request = new StringContent(await File.ReadAllTextAsync(Path.Combine(House.Root, "tests", "Shared", "requests", "khai-sinh.json")), System.Text.Encoding.UTF8, "application/json");
        using var started = await receptionist.PostAsync("/api/v1/dossiers", request);
        started.EnsureSuccessStatusCode();

        await using var visit = await house.VisitAsync("giamsat", 390, 844);
        await visit.Page.GotoAsync("/quy-trinh/1.001193/ban-do-nhiet");
        var row = visit.Page.Locator("table.numbers tbody tr", new() { HasText = "cấp Giấy tiếp nhận" });

        await Expect(row.Locator("td").Nth(1)).ToHaveTextAsync(new Regex("^[1-9]"));
        await Expect(row.Locator("td").Nth(3)).ToHaveTextAsync(new Regex("^[1-9]"));
        await Expect(visit.Page.Locator("svg .badge").First).ToContainTextAsync("chờ");
        await visit.Page.GetByLabel("Tô màu theo").SelectOptionAsync("dang-cho");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Xem" }).ClickAsync();
        await Expect(visit.Page.Locator("svg .step[data-step=TiepNhan]")).ToHaveClassAsync(new Regex("heat-[1-5]"));
        await visit.ShotAsync("ban-do-nhiet");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    [Fact]
    public async Task A_procedure_goes_out_as_a_file_and_comes_in_again_after_a_look_at_what_it_changes()
    {
        await using var visit = await house.VisitAsync("quantri", 1440, 900);
        var download = await visit.Page.RunAndWaitForDownloadAsync(() =>
            visit.Page.Locator("tr", new() { HasText = "2.000815" }).GetByRole(AriaRole.Link, new() { Name = "Xuất tệp" }).ClickAsync());
        Assert.Equal("2.000815.procedure.json", download.SuggestedFilename);
        var bundle = JsonNode.Parse(await File.ReadAllTextAsync(await download.PathAsync()))!;
        bundle["validFrom"] = "2030-01-01";
        bundle["entry"]!["notes"] = "Đổi từ 2030";

        // A form another site had filled in carries no token of ours.
        var forged = await visit.Page.APIRequest.PostAsync("/nhap-thu-tuc?handler=Nhan", new() { Data = "" });
        Assert.Equal((400, ""), (forged.Status, await forged.TextAsync()));

        await ReviewAsync(visit, bundle);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Chưa có gì được lưu.");
        await Expect(visit.Page.Locator("table.changes")).ToContainTextAsync("Đổi từ 2030");
        await visit.ShotAsync("nhap-thu-tuc");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Nhập thủ tục này" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã nhập thủ tục 2.000815.");

        visit.Expect("400");
        await ReviewAsync(visit, new JsonObject { ["format"] = "khác" });
        await Expect(visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Không phải tệp thủ tục hợp lệ" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Only_who_looks_after_procedures_may_bring_one_in()
    {
        await using var visit = await house.VisitAsync("kythuat");
        await visit.Page.GotoAsync("/nhap-thu-tuc");

        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Chỉ quản trị nghiệp vụ được nhập thủ tục.");
        await Expect(visit.Page.Locator("input[type=file]")).ToHaveCountAsync(0);
    }

    private static async Task ReviewAsync(Visit visit, JsonNode file)
    {
        await visit.Page.GotoAsync("/nhap-thu-tuc");
        await visit.Page.GetByLabel("Tệp thủ tục").SetInputFilesAsync(new FilePayload { Name = "thu.procedure.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(file.ToJsonString()) });
        await visit.Page.GetByLabel("Lý do").FillAsync("Thử nhập");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Xem trước thay đổi" }).ClickAsync();
    }

    private static JsonNode Step(JsonObject definition, string id) => definition["root"]!["activities"]!.AsArray().First(step => step!["id"]!.ToString() == id)!;

    private async Task DraftAsync(string definitionId, Action<JsonObject> change)
    {
        var analyst = await house.ClientAsync("quantri");
        var definition = (await analyst.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest"))!;
        change(definition);
        using var saved = await analyst.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = definition, ["publish"] = false });
        saved.EnsureSuccessStatusCode();
    }
}
