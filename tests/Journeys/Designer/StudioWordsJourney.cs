using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PublicService.Journeys.Designer;

/// <summary>An analyst walks through all of Studio and meets no English.</summary>
[Collection(nameof(House))]
public sealed partial class StudioWordsJourney(House house)
{
    /// <summary>Texts without a Vietnamese letter that may stand there: names of types and languages, ids, short Vietnamese.</summary>
    private static readonly Regex[] Allowed =
    [
        new(@"^\d+-\d+ trong \d+$"), new("^(Trang sau|Chung|Tin|Tra cuu)$"), new(@"^(Elsa|PublicService|Workflow1)[.:]"), new("^(JavaScript|JSON|Markdown|Cron)$"),
        new(@"^(Dossier|Form|[A-Z]\w*\.?\w*)$"), new(@"^\{.*\}$"), new("^[0-9a-f-]{16,}$"), new(@"^H\d+[.\d-]+$"), new(@"^\d[\d.]*:\d+$"),
    ];

    [Fact]
    public async Task List_editor_instances_and_viewer_speak_Vietnamese()
    {
        await using var visit = await house.VisitAsync("quantri");
        var page = visit.Page;
        var met = new Dictionary<string, string>();

        await page.GotoAsync("/studio/workflows/definitions");
        await page.Locator("tbody tr").First.WaitForAsync(new() { Timeout = 90_000 });
        await MeetAsync("list");
        await page.Locator("tbody tr").First.Locator(".mud-menu button").ClickAsync();
        await MeetAsync("menu of a row");
        await page.Mouse.ClickAsync(5, 500);
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo quy trình" }).ClickAsync();
        await MeetAsync("create dialog");

        var editor = new StudioEditor(page);
        await editor.OpenAsync("1.001193");
        await page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = 90_000 });
        await MeetAsync("editor");
        await MeetTabsAsync("editor");
        await editor.FitAsync();
        await page.WaitForTimeoutAsync(700);
        await editor.SelectAsync(editor.Node("Tiếp tục thời hạn"));
        await MeetTabsAsync("step");
        foreach (var group in await page.Locator(".mud-expand-panel-header").AllAsync())
        {
            await group.ClickAsync();
            await MeetAsync("palette");
        }

        await page.GotoAsync("/studio/workflows/instances");
        await page.GetByText("Hồ sơ đang chạy").Nth(1).WaitForAsync(new() { Timeout = 90_000 });
        await MeetAsync("instances");

        await page.GotoAsync($"/studio/workflows/instances/{await DossierAsync()}/view");
        await page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = 90_000 });
        await MeetAsync("viewer");
        await MeetTabsAsync("viewer");

        Assert.Empty(met.Where(text => !Allowed.Any(allowed => allowed.IsMatch(text.Key))).Select(text => $"{text.Value}: {text.Key}"));

        async Task MeetAsync(string where)
        {
            await page.WaitForTimeoutAsync(700);
            foreach (var text in await page.EvaluateAsync<string[]>(Visible))
            {
                if (English().IsMatch(text))
                {
                    met.TryAdd(text, where);
                }
            }

            await visit.ShotAsync($"studio-tu-{where.Replace(' ', '-')}");
        }

        async Task MeetTabsAsync(string where)
        {
            for (var i = 0; i < await page.Locator(".mud-tab").CountAsync(); i++)
            {
                await page.Locator(".mud-tab").Nth(i).EvaluateAsync("tab => tab.click()");
                await MeetAsync($"{where}, tab {i}");
            }
        }
    }

    /// <summary>A dossier that waits.</summary>
    /// <returns>Id of its instance.</returns>
    private async Task<string> DossierAsync()
    {
        using var officer = await house.ClientAsync("tiep-nhan.phuong-hong-gai");
        officer.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var request = new StringContent(await File.ReadAllTextAsync(Path.Combine(House.Root, "tests", "Shared", "requests", "khai-sinh.json")), System.Text.Encoding.UTF8, "application/json");
        using var made = await officer.PostAsync("/api/v1/dossiers", request);
        made.EnsureSuccessStatusCode();
        var code = (await made.Content.ReadFromJsonAsync<JsonObject>())!["code"]!.ToString();
        using var analyst = await house.ClientAsync("quantri");
        using var found = await analyst.PostAsJsonAsync("/elsa/api/workflow-instances", new { searchTerm = code });
        return (await found.Content.ReadFromJsonAsync<JsonObject>())!["items"]![0]!["id"]!.ToString();
    }

    private const string Visible = """
        () => {
          const texts = [], left = '.monaco-editor, .x6-node, script, style, .person, textarea';
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode, parent = node.parentElement;
            if (parent && !parent.closest(left) && node.data.trim() && parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) texts.push(node.data.trim());
          }
          for (const element of document.querySelectorAll('[placeholder],[title],[aria-label]')) {
            if (!element.closest(left) && element.checkVisibility()) for (const name of ['placeholder', 'title', 'aria-label']) if (element.getAttribute(name)) texts.push(element.getAttribute(name).trim());
          }
          return texts;
        }
        """;

    [GeneratedRegex(@"^(?=.*[A-Za-z]{3})[\x00-\x7F…·–—“”’]*$")]
    private static partial Regex English();
}
