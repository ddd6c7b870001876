using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PublicService.Journeys;

/// <summary>A person at a screen. At its end nothing may have been logged as an error and nothing asked of another machine.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ConcurrentQueue<string> strangers = new();
    private readonly List<string> expected = [];

    internal Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss", IsLoopback: false })
            {
                strangers.Enqueue(request.Url);
            }
        };
    }

    public IPage Page { get; }

    public async Task SignInAsync(string userName, string password = House.Password)
    {
        await Page.GotoAsync("/dang-nhap");
        await Page.GetByLabel("Tài khoản").FillAsync(userName);
        await Page.GetByLabel("Mật khẩu").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
    }

    /// <summary>Keeps a picture of the page.</summary>
    public async Task ShotAsync(string name) => await Page.ScreenshotAsync(new() { Path = Path.Combine(House.Shots, name + ".png") });

    /// <summary>Lets the browser log errors with this text: it logs every refused request.</summary>
    public void Expect(string text) => expected.Add(text);

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(strangers);
        Assert.DoesNotContain(errors, error => !expected.Exists(text => error.Contains(text, StringComparison.Ordinal)));
    }
}
