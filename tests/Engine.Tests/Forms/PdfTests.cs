using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Printing;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Forms;

/// <summary>Real Chromium prints, Poppler and ZBar read it back.</summary>
public sealed class PdfTests(OneStop engine) : IClassFixture<OneStop>
{
    private static readonly string Hostile = "<script>document.title='x'</script><img src=x onerror=alert(1)>\u202Egnp.exe\u202C'\"&{{7*7}}@(1+1)";

    [Fact]
    public async Task The_receipt_as_pdf_keeps_every_vietnamese_letter_and_a_code_that_leads_to_the_dossier()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var officer = await engine.OfficerAsync("tiep-nhan");

        var pdf = await officer.PdfAsync($"/dossiers/{walk.Id}/forms/01?format=pdf");
        var words = await Paper.WordsAsync(pdf);
        var codes = await Paper.CodesAsync(pdf);

        Assert.Contains("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", words, StringComparison.Ordinal);
        Assert.Contains("Số 1, phố Thí Dụ, phường Hồng Gai, tỉnh Quảng Ninh", words, StringComparison.Ordinal);
        Assert.Contains("Thời gian giải quyết hồ sơ theo quy định: Trong ngày làm việc", words, StringComparison.Ordinal);
        Assert.Contains("(A4)", await Paper.InfoAsync(pdf), StringComparison.Ordinal);
        Assert.Contains("Pages:           2", await Paper.InfoAsync(pdf), StringComparison.Ordinal);
        Assert.Equal(2, codes.Length);
        Assert.DoesNotContain(walk.Secret, codes[0], StringComparison.Ordinal);
        using var telephone = engine.CreateClient();
        var seen = await telephone.GetJsonAsync(codes[1]);
        Assert.Equal((walk.Code, "Đang xử lý"), (seen.Text("code"), seen.Text("statusWord")));
        await (await telephone.GetAsync(new Uri(codes[0]))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "TRACKING_NOT_FOUND");
    }

    [Fact]
    public async Task Whoever_accepts_pdf_gets_pdf_and_whoever_prefers_pages_a_page()
    {
        var walk = await Walk.StartAsync(engine);
        var officer = await engine.OfficerAsync("tiep-nhan");

        Assert.Equal("application/pdf", await TypeAsync(officer, walk, "application/pdf"));
        Assert.Equal("text/html", await TypeAsync(officer, walk, "text/html, application/pdf;q=0.5"));
        Assert.Equal("application/pdf", await TypeAsync(officer, walk, "text/html;q=0.5, application/pdf"));
        Assert.Equal("text/html", await TypeAsync(officer, walk, "*/*"));
    }

    [Fact]
    public async Task Hostile_names_are_only_words()
    {
        var walk = await Walk.StartAsync(engine, request =>
        {
            request["applicant"]!["name"] = Hostile;
            request["title"] = new string('Ộ', 300);
        });
        await walk.DoAsync("Tiếp nhận", "Từ chối", new JsonObject { ["reason"] = Hostile + new string('W', 10_000) });
        var officer = await engine.OfficerAsync("tiep-nhan");

        var page = await officer.PageAsync($"/dossiers/{walk.Id}/forms/03");
        var pdf = await officer.PdfAsync($"/dossiers/{walk.Id}/forms/03?format=pdf");
        var words = await Paper.WordsAsync(pdf);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', page);
        Assert.Contains("<script>document.title='x'</script>", words, StringComparison.Ordinal);
        Assert.Contains("gnp.exe", words, StringComparison.Ordinal);
        Assert.Contains("{{7*7}}@(1+1)", words, StringComparison.Ordinal);
        Assert.Equal(10_000, words.Count(letter => letter == 'W'));
        Assert.Contains("Title:           Phiếu từ chối tiếp nhận giải quyết hồ sơ", await Paper.InfoAsync(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Even_a_page_that_carries_a_script_runs_none_and_fetches_nothing()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var page = $$"""
            <!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{{PrintedAnswer.ContentPolicy}}"></head>
            <body>Trước <script>document.write("CHẠY")</script><img src="http://{{listener.LocalEndpoint}}/a.png"><iframe src="file:///etc/passwd"></iframe> Sau</body></html>
            """;

        var words = await Paper.WordsAsync(await engine.Services.GetRequiredService<PdfPrinter>().PrintAsync(page, default));

        Assert.Equal("Trước Sau", words.Trim().Trim('\f').Trim());
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Eight_at_once_are_printed_one_after_the_other_and_leave_nothing_behind()
    {
        var walk = await Walk.StartAsync(engine);
        var officer = await engine.OfficerAsync("tiep-nhan");

        var pdfs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => officer.PdfAsync($"/dossiers/{walk.Id}/forms/06?format=pdf")));

        Assert.All(pdfs, pdf => Assert.Equal("%PDF-"u8.ToArray(), pdf[..5]));
    }

    private static async Task<string?> TypeAsync(HttpClient officer, Walk walk, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/dossiers/{walk.Id}/forms/06");
        request.Headers.Accept.ParseAdd(accept);
        using var response = await officer.SendAsync(request);
        return response.Content.Headers.ContentType?.MediaType;
    }
}

/// <summary>Machines on which PDF does not work.</summary>
public sealed class PdfTroubleTests
{
    [Fact]
    public async Task Without_chromium_the_pdf_is_refused_with_what_to_install_and_the_page_is_still_there()
    {
        using var engine = new OneStop();
        engine.With("Printing:Chromium", "/nowhere/chromium");
        var walk = await Walk.StartAsync(engine);
        var officer = await engine.OfficerAsync("tiep-nhan");

        var problem = await (await officer.GetAsync(new Uri($"/api/v1/dossiers/{walk.Id}/forms/06?format=pdf", UriKind.Relative)))
            .ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "PDF_NOT_AVAILABLE");

        Assert.Contains("apt-get install", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Contains(walk.Code, await officer.PageAsync($"/dossiers/{walk.Id}/forms/06"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/bin/sh\nexec sleep 60\n", "PDF_TIMED_OUT")]
    [InlineData("#!/bin/sh\necho broken >&2\nexit 3\n", "PDF_FAILED")]
    [InlineData("#!/bin/sh\nexit 0\n", "PDF_FAILED")]
    public async Task A_browser_that_hangs_or_breaks_is_told_apart(string script, string code)
    {
        using var engine = new OneStop();
        var browser = Path.Combine(engine.Folder, "chromium");
        await File.WriteAllTextAsync(browser, script);
        await Process.Start("chmod", ["+x", browser]).WaitForExitAsync();
        engine.With("Printing:Chromium", browser).With("Printing:TimeoutSeconds", "1");
        var walk = await Walk.StartAsync(engine);
        var officer = await engine.OfficerAsync("tiep-nhan");

        await (await officer.GetAsync(new Uri($"/api/v1/dossiers/{walk.Id}/forms/06?format=pdf", UriKind.Relative)))
            .ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, code);
    }
}
