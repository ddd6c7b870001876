using System.Diagnostics;
using PublicService.Engine.Http;

namespace PublicService.Engine.Printing;

/// <summary>
/// Turns a page into PDF with a Chromium of its own for each document: nothing of one citizen is left for the next. The page's content
/// policy lets no script run and nothing be fetched, and no name of a host can be resolved.
/// </summary>
public sealed class PdfPrinter(PrintingOptions options, ILogger<PdfPrinter> logger) : IDisposable
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    private readonly SemaphoreSlim turns = new(options.AtOnce, options.AtOnce);

    /// <exception cref="ProblemException">503 PDF_NOT_AVAILABLE, PDF_TIMED_OUT, PDF_FAILED.</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancellationToken)
    {
        var chromium = Find() ?? throw Unavailable("PDF_NOT_AVAILABLE", "Máy chủ chưa cài Chromium nên không in được PDF. Cài bằng lệnh: apt-get install -y chromium fonts-liberation2. Bản HTML vẫn xem và in được.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            await turns.WaitAsync(limit.Token);
            try
            {
                return await PrintAsync(chromium, html, limit.Token);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable("PDF_TIMED_OUT", "Máy chủ đang bận in, hãy thử lại sau ít phút hoặc dùng bản HTML.");
        }
    }

    public void Dispose() => turns.Dispose();

    private string? Find() => options.Chromium is { Length: > 0 } chosen
        ? (File.Exists(chosen) ? chosen : null)
        : Array.Find(Places, File.Exists);

    private async Task<byte[]> PrintAsync(string chromium, string html, CancellationToken cancellationToken)
    {
        // Readable by this user alone, and gone with the document.
        var folder = Directory.CreateTempSubdirectory("publicservice-print-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, cancellationToken);
            using var browser = Process.Start(Start(chromium, folder.FullName, page, pdf)) ?? throw new InvalidOperationException("Chromium did not start.");
            var complaints = browser.StandardError.ReadToEndAsync(CancellationToken.None);
            _ = browser.StandardOutput.ReadToEndAsync(CancellationToken.None);
            try
            {
                await browser.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                browser.Kill(entireProcessTree: true);
                await browser.WaitForExitAsync(CancellationToken.None);
                throw;
            }

            if (browser.ExitCode != 0 || !File.Exists(pdf))
            {
                logger.LogError("Chromium ended with {ExitCode} and no document: {Complaints}", browser.ExitCode, await complaints);
                throw Unavailable("PDF_FAILED", "Không in được PDF, quản trị viên xem nhật ký máy chủ. Bản HTML vẫn xem và in được.");
            }

            return await File.ReadAllBytesAsync(pdf, cancellationToken);
        }
        finally
        {
            Remove(folder);
        }
    }

    private ProcessStartInfo Start(string chromium, string folder, string page, string pdf)
    {
        var start = new ProcessStartInfo(chromium) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        string[] arguments =
        [
            "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run", "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", $"--print-to-pdf={pdf}", .. options.Sandbox ? Array.Empty<string>() : ["--no-sandbox"], new Uri(page).AbsoluteUri,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // A browser that was killed may still be writing its profile.
    private void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException error)
        {
            logger.LogWarning(error, "The folder {Folder} of a printed document could not be removed.", folder.FullName);
        }
    }

    private static ProblemException Unavailable(string code, string sentence) => new(StatusCodes.Status503ServiceUnavailable, code, sentence);
}
