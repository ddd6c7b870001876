using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PublicService.Journeys.Designer;

/// <summary>A day's work of an analyst: a procedure without a workflow gets one, and the first dossier runs on it.</summary>
[Collection(nameof(House))]
public sealed class AnalystJourney(House house)
{
    private const string Code = "7.300001";

    [Fact]
    public async Task An_analyst_draws_a_procedure_mends_what_the_check_finds_publishes_it_and_watches_the_first_dossier()
    {
        var admin = await house.ClientAsync("quantri");
        await AddProcedureAsync(admin);
        await using var visit = await house.VisitAsync("quantri", 1900, 1200);
        // The refusal to publish is an answer with status 400, which browsers log.
        visit.Expect("400");

        // A first draft, made from the list of procedures.
        await visit.Page.GetByLabel("Tìm").FillAsync(Code);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Tìm" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Tạo quy trình" }).ClickAsync();
        await visit.Page.GetByLabel("Lý do").FillAsync("Quyết định 15/QĐ-UBND");
        await visit.ShotAsync("gan-quy-trinh");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Tạo hoặc gắn quy trình" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("đã có quy trình dự thảo");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Mở trong trình thiết kế" }).ClickAsync();

        var editor = new StudioEditor(visit.Page);
        await editor.Node("Bắt đầu").WaitForAsync(new() { Timeout = 90_000 });
        await DrawAsync(editor);
        await visit.ShotAsync("ve-quy-trinh");

        // Two outcomes have no arrow yet: the check says so in Vietnamese, on the step.
        await editor.PublishAsync("Thử ban hành");
        await Expect(visit.Page.Locator(".mud-snackbar").Filter(new() { HasText = "chưa có mũi tên đi tiếp" }).First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await visit.ShotAsync("ban-hanh-bi-tu-choi");
        await editor.SavedAsync(() => editor.ConnectAsync(editor.Node("OfficerTask1"), "Không đồng ý", editor.Node("Refuse1")));
        await editor.SavedAsync(() => editor.ConnectAsync(editor.Node("DeliverToWallet1"), "Hết thời gian nhận", editor.Node("ReturnResult1")));
        var published = await editor.SavedAsync(() => editor.PublishAsync("Quyết định 16/QĐ-UBND"));
        Assert.True(published.GetProperty("workflowDefinition").GetProperty("isPublished").GetBoolean());
        await visit.ShotAsync("da-ban-hanh");

        // A change after that is a draft; the two versions are compared, and the draft is tried before anybody meets it.
        await editor.SelectAsync(editor.Node("OfficerTask1"));
        await editor.SavedAsync(() => editor.FillAsync("Tên công việc", "Thẩm định lại hồ sơ"));
        await visit.Page.Locator("#opened").GetByRole(AriaRole.Link, new() { Name = "So sánh" }).ClickAsync();
        await Expect(visit.Page.Locator("svg .step.changed")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Thẩm định lại hồ sơ");
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Lý do: Quyết định 16/QĐ-UBND");
        await visit.ShotAsync("so-sanh-hai-phien-ban");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Chạy thử" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Bắt đầu chạy thử" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Tiếp nhận", Exact = true }).ClickAsync();
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("Thẩm định lại hồ sơ");
        await visit.ShotAsync("chay-thu-ban-nhap");

        // A program hands in the first dossier; the viewer follows it without being touched.
        var receptionist = await house.ClientAsync("tiepnhan");
        var dossier = await StartAsync(receptionist);
        await visit.Page.GotoAsync($"/studio/workflows/instances/{await InstanceAsync(admin)}/view");
        await editor.Node("Intake1").WaitForAsync(new() { Timeout = 90_000 });
        await Expect(editor.Node("OfficerTask1").Locator(".mud-badge")).ToHaveCountAsync(0);
        await visit.ShotAsync("ho-so-dang-tiep-nhan");
        await CompleteAsync(receptionist, dossier["id"]!.ToString(), "Tiếp nhận");
        await Expect(editor.Node("OfficerTask1").Locator(".mud-badge")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await visit.ShotAsync("ho-so-dang-xu-ly");
    }

    [Fact]
    public async Task A_supervisor_reads_and_changes_nothing()
    {
        await using var visit = await house.VisitAsync("giamsat", 1900, 1200);
        var editor = new StudioEditor(visit.Page);
        await visit.Page.GotoAsync("/studio/workflows/definitions/1.001193/edit");
        await editor.Nodes.First.WaitForAsync(new() { Timeout = 90_000 });

        await Expect(visit.Page.GetByText("đang ở chế độ chỉ xem")).ToBeVisibleAsync();
        await Expect(editor.PublishButton).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByLabel("Tên").First).ToBeDisabledAsync();
        await visit.ShotAsync("giam-sat-chi-xem");
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page.Locator("tbody tr").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Chạy thử" })).ToHaveCountAsync(0);
    }

    private static async Task DrawAsync(StudioEditor editor)
    {
        foreach (var (step, x, y) in new[]
        {
            ("Tiếp nhận", 100, 60), ("Xử lý hồ sơ", 400, 60), ("Yêu cầu bổ sung", 100, 220), ("Từ chối", 420, 220),
            ("Cấp số, phát hành", 720, 60), ("Gửi kết quả vào ví", 160, 500), ("Trả kết quả", 760, 500),
        })
        {
            await editor.SavedAsync(() => editor.DropAsync(step, x, y));
        }

        await editor.SelectAsync(editor.Node("OfficerTask1"));
        await editor.SavedAsync(() => editor.FillAsync("Tên công việc", "Thẩm định hồ sơ"));
        await editor.SavedAsync(() => editor.TagAsync("Các kết quả", "Đồng ý"));
        await editor.SavedAsync(() => editor.TagAsync("Các kết quả", "Không đồng ý"));
        foreach (var (from, outcome, to) in new[]
        {
            ("Bắt đầu", "Done", "Intake1"),
            ("Intake1", "Tiếp nhận", "OfficerTask1"), ("Intake1", "Yêu cầu bổ sung", "RequestSupplement1"), ("Intake1", "Từ chối", "Refuse1"),
            ("RequestSupplement1", "Đã bổ sung", "Intake1"), ("RequestSupplement1", "Quá hạn bổ sung", "Refuse1"),
            ("OfficerTask1", "Đồng ý", "NumberAndRelease1"), ("NumberAndRelease1", "Done", "DeliverToWallet1"),
            ("DeliverToWallet1", "Đã nhận vào ví", "ReturnResult1"), ("DeliverToWallet1", "Đã cấp, chưa xác nhận", "ReturnResult1"),
            ("DeliverToWallet1", "Từ chối nhận", "ReturnResult1"), ("DeliverToWallet1", "Đã thu hồi lời mời", "ReturnResult1"),
        })
        {
            await editor.ConnectAsync(editor.Node(from), outcome, editor.Node(to));
        }
    }

    private static async Task AddProcedureAsync(HttpClient admin)
    {
        using var answer = await admin.PostAsJsonAsync($"/api/v1/procedures/{Code}/wordings", JsonNode.Parse($$"""
            {"validFrom":"2026-01-01","wording":{"reason":"Quyết định 15/QĐ-UBND","entry":{
              "code":"{{Code}}","name_vi":"Cấp giấy xác nhận thử nghiệm","field":"Thử nghiệm","level":"xã","authority":"UBND cấp xã","decision":"15/QĐ-UBND",
              "channels":{"direct":true,"post":false,"online":true},"online_level":"toan_trinh","time":{"value":10,"unit":"working_day"},
              "fee":[],"papers":[{"name":"Tờ khai","originals":1,"copies":0}],"result":[{"code":null,"name":"Giấy xác nhận"}] } } }
            """));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> InstanceAsync(HttpClient admin)
    {
        using var answer = await admin.PostAsJsonAsync("/elsa/api/workflow-instances", new { page = 0, pageSize = 10, definitionIds = new[] { Code } });
        return Assert.Single((await answer.Content.ReadFromJsonAsync<JsonObject>())!["items"]!.AsArray())!["id"]!.ToString();
    }

    /// <summary>Hands a dossier in.</summary>
    private static async Task<JsonObject> StartAsync(HttpClient receptionist)
    {
        var request = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(House.Root, "tests", "Shared", "requests", "khai-sinh.json")))!.AsObject();
        request["procedureCode"] = Code;
        request["form"] = new JsonObject();
        using var answer = await receptionist.PostAsJsonAsync("/api/v1/dossiers", request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task CompleteAsync(HttpClient officer, string dossier, string outcome)
    {
        var tasks = await officer.GetFromJsonAsync<JsonObject>($"/api/v1/tasks?dossierId={dossier}");
        var task = Assert.Single(tasks!["items"]!.AsArray())!;
        using var answer = await officer.PostAsJsonAsync($"/api/v1/tasks/{task["id"]}/completions", new { outcome });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
