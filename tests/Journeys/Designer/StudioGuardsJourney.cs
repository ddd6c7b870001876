using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PublicService.Journeys.Designer;

/// <summary>Studio says nothing when a save fails and drops what it does not know; the page around it must not let an analyst lose anything.</summary>
[Collection(nameof(House))]
public sealed class StudioGuardsJourney(House house)
{
    private const string Step = "Thông báo";
    private static readonly Regex Save = new("/elsa/api/workflow-definitions$");

    [Fact]
    public async Task A_save_that_fails_is_shown_and_goes_through_when_the_engine_is_back()
    {
        var draft = await StudioDraft.CreateAsync(house, "Mất kết nối");
        await using var visit = await house.VisitAsync("quantri");
        var editor = await OpenAsync(visit, draft);
        visit.Expect("net::ERR_FAILED");
        visit.Expect("Failed to fetch");

        await visit.Page.RouteAsync(Save, route => route.AbortAsync());
        await editor.DropAsync(Step, 300, 250);
        await Expect(Banner(visit)).ToContainTextAsync("chưa được lưu", new() { Timeout = 20_000 });
        await visit.ShotAsync("studio-mat-ket-noi");
        Assert.Equal(2, (await draft.StepsAsync()).Count);

        await visit.Page.UnrouteAsync(Save);
        await Banner(visit).GetByText("Lưu lại").ClickAsync();
        await Expect(Banner(visit)).ToBeHiddenAsync();
        Assert.Equal(3, (await draft.StepsAsync()).Count);
    }

    [Fact]
    public async Task Whoever_saves_after_somebody_else_is_told_and_keeps_the_work_as_a_copy()
    {
        var draft = await StudioDraft.CreateAsync(house, "Hai người sửa");
        await using var visit = await house.VisitAsync("quantri");
        var editor = await OpenAsync(visit, draft);
        visit.Expect("409");

        await draft.DescribeAsync("của người khác");
        await editor.DropAsync(Step, 300, 250);
        await Expect(Banner(visit)).ToContainTextAsync("đã lưu bản khác", new() { Timeout = 20_000 });
        await visit.ShotAsync("studio-hai-nguoi");
        await Banner(visit).GetByText("Lưu thành bản sao").ClickAsync();
        await Expect(visit.Page).Not.ToHaveURLAsync(new Regex(draft.Id), new() { Timeout = 20_000 });
        await editor.Canvas.WaitForAsync(new() { Timeout = 90_000 });

        await Expect(editor.Nodes).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        Assert.Equal("của người khác", (await draft.FileAsync())["description"]!.ToString());
        Assert.Equal(2, (await draft.StepsAsync()).Count);
    }

    [Fact]
    public async Task A_session_that_ends_while_editing_is_taken_up_in_another_window_and_the_work_is_saved()
    {
        var draft = await StudioDraft.CreateAsync(house, "Hết phiên");
        await using var visit = await house.VisitAsync("quantri");
        var editor = await OpenAsync(visit, draft);
        visit.Expect("401");

        // The token of the page has ended, and so has its session.
        var ended = true;
        await visit.Page.RouteAsync("**/elsa/api/**", async route => await route.ContinueAsync(new()
        {
            Headers = ended ? route.Request.Headers.Where(header => header.Key != "authorization").Append(new("authorization", "Bearer het-han")) : route.Request.Headers,
        }));
        await visit.Page.Context.ClearCookiesAsync();
        await editor.DropAsync(Step, 300, 250);
        await Expect(Banner(visit)).ToContainTextAsync("Phiên làm việc đã hết hạn", new() { Timeout = 20_000 });
        await visit.ShotAsync("studio-het-phien");
        Assert.Equal(2, (await draft.StepsAsync()).Count);

        var window = await visit.Page.RunAndWaitForPopupAsync(() => Banner(visit).GetByRole(AriaRole.Button, new() { Name = "Đăng nhập lại" }).ClickAsync());
        await window.GetByLabel("Tài khoản").FillAsync("quantri");
        await window.GetByLabel("Mật khẩu").FillAsync(House.Password);
        ended = false;
        await window.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await Expect(Banner(visit)).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Expect(editor.Nodes).ToHaveCountAsync(3);
        await EventuallyAsync(async () => (await draft.StepsAsync()).Count == 3);
    }

    [Fact]
    public async Task An_outcome_of_several_words_stays_one_outcome()
    {
        var draft = await StudioDraft.CreateAsync(house, "Nhiều từ");
        await using var visit = await house.VisitAsync("quantri");
        var editor = await OpenAsync(visit, draft);
        await editor.SavedAsync(() => editor.DropAsync("Xử lý hồ sơ", 300, 250));

        var box = visit.Page.Locator(".mud-input-control", new() { Has = visit.Page.Locator("label", new() { HasText = "Các kết quả" }) }).Last.Locator("input:not([type=hidden])").First;
        foreach (var words in new[] { "Xin ý kiến", "Trả lại dân" })
        {
            await box.ClickAsync();
            await editor.SavedAsync(async () =>
            {
                await visit.Page.Keyboard.TypeAsync(words, new() { Delay = 40 });
                await visit.Page.Keyboard.PressAsync("Enter");
            });
        }

        await visit.ShotAsync("studio-nhieu-tu");
        await EventuallyAsync(async () => OutcomesOf(await draft.StepsAsync()) is ["Xin ý kiến", "Trả lại dân"]);
    }

    [Fact]
    public async Task A_step_of_unknown_kind_is_drawn_and_stays_whole()
    {
        var draft = await StudioDraft.CreateAsync(house, "Bước lạ", """,{"id":"la","type":"Acme.Old","version":1,"secret":{"x":1},"metadata":{"designer":{"position":{"x":60,"y":200}}}}""");
        await using var visit = await house.VisitAsync("quantri");
        var editor = await OpenAsync(visit, draft);

        await Expect(editor.Nodes).ToHaveCountAsync(3);
        await editor.SavedAsync(() => editor.DropAsync(Step, 360, 300));
        await visit.ShotAsync("studio-buoc-la");
        var steps = await draft.StepsAsync();
        Assert.Equal(4, steps.Count);
        Assert.Contains(steps, step => step["type"]!.ToString() == "Acme.Old" && step["secret"]!["x"]!.GetValue<int>() == 1);
    }

    [Fact]
    public async Task A_canvas_that_lost_its_steps_is_saved_only_when_somebody_means_it()
    {
        var draft = await StudioDraft.CreateAsync(house, "Xóa hết");
        await using var visit = await house.VisitAsync("quantri");
        visit.Expect("409");
        visit.Expect("Acme.Gone");

        // Steps of a kind Studio has no description of: it shows an empty canvas and would save it.
        await visit.Page.RouteAsync("**/by-definition-id/**", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("Elsa.WriteLine", "Acme.Gone", StringComparison.Ordinal) });
        });
        var editor = new StudioEditor(visit.Page);
        await editor.OpenAsync(draft.Id);
        await editor.DropAsync(Step, 300, 250);
        await Expect(Banner(visit)).ToContainTextAsync("không còn bước nào", new() { Timeout = 20_000 });
        await visit.ShotAsync("studio-xoa-het");
        Assert.Equal(2, (await draft.StepsAsync()).Count);

        await Banner(visit).GetByText("Vẫn lưu").ClickAsync();
        await Expect(Banner(visit)).ToBeHiddenAsync();
        Assert.Equal("PublicService.Notify", Assert.Single(await draft.StepsAsync())["type"]!.ToString());
    }

    private static async Task<StudioEditor> OpenAsync(Visit visit, StudioDraft draft)
    {
        var editor = new StudioEditor(visit.Page);
        await editor.OpenAsync(draft.Id);
        await editor.Nodes.First.WaitForAsync(new() { Timeout = 90_000 });
        return editor;
    }

    private static ILocator Banner(Visit visit) => visit.Page.Locator("#banner");

    private static string[] OutcomesOf(IEnumerable<JsonObject> steps) =>
        steps.FirstOrDefault(step => step["type"]!.ToString() == "PublicService.OfficerTask")?["outcomes"]?["expression"]?["value"] is { } value
            ? [.. JsonNode.Parse(value.ToString())!.AsArray().Select(one => one!.ToString())]
            : [];

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 40 && !await holds(); attempt++)
        {
            await Task.Delay(250);
        }

        Assert.True(await holds());
    }
}
