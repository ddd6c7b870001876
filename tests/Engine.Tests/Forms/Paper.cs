using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using PublicService.Engine.Tests.Dossiers;

namespace PublicService.Engine.Tests.Forms;

/// <summary>Reads what was printed, as a person with a screen, a printer or a telephone does.</summary>
internal static partial class Paper
{
    public static async Task<string> PageAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri("/api/v1" + path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return text;
    }

    public static async Task<byte[]> PdfAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri("/api/v1" + path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        Assert.Equal("application/pdf", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The words of a page, without tags and with single spaces.</summary>
    public static string Words(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Style().Replace(html, ""), " ")), " ");

    /// <summary>The words of a PDF in the order they are laid out.</summary>
    public static async Task<string> WordsAsync(byte[] pdf) => Spaces().Replace(await WithFileAsync(pdf, file => RunAsync("pdftotext", file, "-")), " ");

    /// <summary>What the QR codes of a PDF say, page by page.</summary>
    public static Task<string[]> CodesAsync(byte[] pdf) => WithFileAsync(pdf, async file =>
    {
        await RunAsync("pdftoppm", "-r", "200", "-png", file, file);
        var pictures = Directory.GetFiles(Path.GetDirectoryName(file)!, "*.png").Order(StringComparer.Ordinal);
        var codes = new List<string>();
        foreach (var picture in pictures)
        {
            codes.AddRange((await RunAsync("zbarimg", "-q", "--raw", picture)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return codes.ToArray();
    });

    public static Task<string> InfoAsync(byte[] pdf) => WithFileAsync(pdf, file => RunAsync("pdfinfo", file));

    /// <summary>The page of a form.</summary>
    public static async Task<string> FormAsync(this OneStop engine, Walk walk, string form, string officer = "tiep-nhan", string office = OneStop.Ward) =>
        await (await engine.OfficerAsync(officer, office)).PageAsync($"/dossiers/{walk.Id}/forms/{form}");

    private static async Task<T> WithFileAsync<T>(byte[] content, Func<string, Task<T>> read)
    {
        var folder = Directory.CreateTempSubdirectory("publicservice-paper-");
        try
        {
            var file = Path.Combine(folder.FullName, "form.pdf");
            await File.WriteAllBytesAsync(file, content);
            return await read(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0 || program == "zbarimg", $"{program}: {await complaints}");
        return output;
    }

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
