using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PublicService.Journeys.Designer;

/// <summary>An analyst tries a procedure, and lets dossiers that run go over to a new version.</summary>
[Collection(nameof(House))]
public sealed class TrialJourney(House house)
{
    private const string Birth = "1.001193";

    [Fact]
    public async Task An_analyst_tries_a_procedure_step_by_step_and_takes_a_step_back()
    {
        await using var visit = await house.VisitAsync("quantri", 1440, 900);
        var page = visit.Page;
        await page.GotoAsync($"/quy-trinh/{Birth}/chay-thu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bắt đầu chạy thử" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Tiếp nhận", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yêu cầu bổ sung", Exact = true }).ClickAsync();
        await Expect(page.GetByText("đang tạm dừng").First).ToBeVisibleAsync();
        await visit.ShotAsync("chay-thu");

        await page.GetByRole(AriaRole.Button, new() { Name = "Lùi một bước" }).ClickAsync();
        await Expect(page.GetByText("đang tạm dừng")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Quá ngày hẹn trả") }).ClickAsync();
        await Expect(page.GetByText("Quá hạn").First).ToBeVisibleAsync();

        using var officer = await house.ClientAsync("tiep-nhan.phuong-hong-gai");
        var dossiers = await officer.GetFromJsonAsync<JsonObject>($"/api/v1/dossiers?procedure={Birth}");
        Assert.DoesNotContain(dossiers!["items"]!.AsArray(), one => one!["code"]!.ToString().EndsWith("-9999", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Running_dossiers_go_over_to_a_new_version_after_a_look_at_what_would_become_of_them()
    {
        const string definition = "2.000815";
        using var analyst = await house.ClientAsync("quantri");
        using var officer = await house.ClientAsync("tiep-nhan.phuong-hong-gai");
        using var started = await officer.PostAsJsonAsync("/api/v1/dossiers", new
        {
            procedureCode = definition,
            channel = "Direct",
            receivingOfficeId = "phuong-hong-gai",
            competentOfficeId = "phuong-hong-gai",
            applicant = new { name = "Nguyễn Văn Mẫu" },
            form = (await analyst.GetFromJsonAsync<JsonObject>($"/api/v1/definitions/{definition}/trial"))!["start"]!["form"],
        });
        Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync());
        var model = (await analyst.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{definition}?versionOptions=Latest"))!;
        model["description"] = "Bản mới";
        using var published = await analyst.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model, publish = true });
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());

        await using var visit = await house.VisitAsync("quantri", 1440, 900);
        var page = visit.Page;
        await page.GotoAsync($"/quy-trinh/{definition}/chuyen-phien-ban");
        await page.GetByLabel("Lý do").FillAsync("Theo quy định mới");
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem trước kết quả" }).ClickAsync();
        await visit.ShotAsync("chuyen-phien-ban");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Chuyển \\d+ hồ sơ") }).ClickAsync();

        await Expect(page.GetByText("Đã xong", new() { Exact = false })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Chuyển nguyên trạng");
    }
}
