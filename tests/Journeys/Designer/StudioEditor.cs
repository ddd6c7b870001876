using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PublicService.Journeys.Designer;

/// <summary>Hands of an analyst in Studio's editor: the palette, the canvas, the fields of the chosen step.</summary>
internal sealed class StudioEditor(IPage page)
{
    /// <summary>Studio starts a runtime in the browser; on a busy machine that takes its time.</summary>
    private const float Patience = 90_000;

    public ILocator Nodes => page.Locator(".x6-node");

    public ILocator Arrows => page.Locator(".x6-edge");

    public ILocator Canvas => page.Locator(".flowchart-diagram-designer-wrapper");

    /// <summary>A step on the canvas by the words on it.</summary>
    public ILocator Node(string words) => Nodes.Filter(new() { HasText = words });

    public async Task OpenAsync(string definitionId)
    {
        await page.GotoAsync($"/studio/workflows/definitions/{definitionId}/edit");
        await Canvas.WaitForAsync(new() { Timeout = Patience });
    }

    /// <summary>Drags a step out of the palette.</summary>
    /// <returns>What the canvas shows for it.</returns>
    public async Task<ILocator> DropAsync(string name, int x, int y, string category = "Dịch vụ công")
    {
        var panel = page.Locator(".mud-expand-panel", new() { HasText = category }).First;
        if (!(await panel.GetAttributeAsync("class"))!.Contains("mud-panel-expanded", StringComparison.Ordinal))
        {
            await panel.Locator(".mud-expand-panel-header").ClickAsync();
        }

        var before = await Nodes.CountAsync();
        var item = page.Locator("[draggable=true]").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).First;
        await item.WaitForAsync();
        await page.WaitForTimeoutAsync(400); // the panel is still opening
        await item.DragToAsync(Canvas, new() { TargetPosition = new() { X = x, Y = y } });
        await page.WaitForFunctionAsync("n => document.querySelectorAll('.x6-node').length > n", before);
        return Nodes.Nth(before);
    }

    /// <summary>Draws an arrow from an outcome of one step to another step; a hand that missed the port tries again.</summary>
    public async Task ConnectAsync(ILocator from, string outcome, ILocator to)
    {
        var before = await Arrows.CountAsync();
        for (var attempt = 1; await Arrows.CountAsync() == before; attempt++)
        {
            Assert.True(attempt <= 4, $"No arrow can be drawn from “{outcome}”.");
            await DeselectAsync();
            var start = await PortAsync(from, outcome);
            var end = await PortAsync(to, "In");
            await page.Mouse.MoveAsync(start.X, start.Y);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync((start.X + end.X) / 2, (start.Y + end.Y) / 2, new() { Steps = 8 });
            await page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 8 });
            await page.Mouse.UpAsync();
            await page.WaitForTimeoutAsync(300 * attempt);
        }
    }

    /// <summary>Chooses a step, so that its fields show.</summary>
    public async Task SelectAsync(ILocator node)
    {
        await DeselectAsync();
        await node.ClickAsync(new() { Position = new() { X = 40, Y = 12 } });
    }

    public async Task FillAsync(string caption, string text)
    {
        var box = Field(caption).Locator("input:not([type=hidden]), textarea").First;
        await box.FillAsync(text);
        await box.PressAsync("Tab");
    }

    /// <summary>Adds one entry to a field that holds several.</summary>
    public async Task TagAsync(string caption, string words)
    {
        await Field(caption).Locator("input:not([type=hidden])").First.ClickAsync();
        await page.Keyboard.TypeAsync(words, new() { Delay = 40 });
        await page.Keyboard.PressAsync("Enter");
    }

    public async Task PickAsync(string caption, string choice)
    {
        await Field(caption).Locator(".mud-input").First.ClickAsync();
        await page.Locator(".mud-popover-open").GetByText(choice, new() { Exact = true }).ClickAsync();
    }

    /// <summary>Opens a tab of the panel below the canvas or beside it.</summary>
    public Task TabAsync(string name) =>
        page.Locator(".mud-tab").Filter(new() { HasTextRegex = new Regex("^\\s*" + Regex.Escape(name) + "\\s*$") }).Last.EvaluateAsync("tab => tab.click()");

    /// <summary>What the engine says to the next save, which follows <paramref name="change"/> by itself.</summary>
    public async Task<JsonElement> SavedAsync(Func<Task> change)
    {
        var reply = await page.RunAndWaitForResponseAsync(change, response => response.Request.Method == "POST" && response.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal), new() { Timeout = Patience });
        return (await reply.JsonAsync())!.Value;
    }

    public ILocator PublishButton => ToolButton("M19.35 10.04C18.67");

    /// <summary>Publishes, and says why.</summary>
    public async Task PublishAsync(string reason)
    {
        await PublishButton.ClickAsync();
        await page.GetByLabel("Lý do, căn cứ ban hành").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ban hành", Exact = true }).ClickAsync();
    }

    public async Task RunAsync() => await ToolButton("M8 5v14l11-7z").ClickAsync();

    /// <summary>Shows the whole drawing.</summary>
    public Task FitAsync() => page.EvaluateAsync(
        "async () => { const m = await import(document.baseURI + '_content/Elsa.Studio.Workflows.Designer/designer.entry.js'); m.zoomToFit(Object.keys(m.graphBindings).at(-1)); }");

    /// <summary>Clicks where nothing is, because a chosen step takes the clicks meant for its ports.</summary>
    public async Task DeselectAsync()
    {
        var box = (await Canvas.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + box.Width - 30, box.Y + 20);
        await page.WaitForTimeoutAsync(150);
    }

    private ILocator Field(string caption) =>
        page.Locator(".mud-input-control", new() { Has = page.Locator("label").Filter(new() { HasTextRegex = new Regex("^" + Regex.Escape(caption) + "\\*?$") }) }).Last;

    // Buttons of the toolbar have no names; the picture on them is all there is.
    private ILocator ToolButton(string icon) =>
        page.Locator("elsa-workflow-definition-editor .mud-toolbar").First.Locator("button.mud-icon-button", new() { Has = page.Locator($"path[d^='{icon}']") }).Last;

    private static async Task<(float X, float Y)> PortAsync(ILocator node, string name)
    {
        // An outcome that was typed just now has spaces that do not break; the engine makes them ordinary ones.
        var typed = name.Replace(' ', '\u00a0');
        var box = (await node.Locator($":is([port=\"{name}\"], [port=\"{typed}\"]) .elsa-designer-port-hit-area").BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}
