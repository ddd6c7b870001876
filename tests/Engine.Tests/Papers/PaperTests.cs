using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Files;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Papers;

/// <summary>An engine that takes only small files.</summary>
public sealed class SmallFilesOneStop : OneStop
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton(new FileStoreOptions { MaxBytes = 2048 }));
    }
}

public sealed class PaperTests(SmallFilesOneStop engine) : IClassFixture<SmallFilesOneStop>
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n");

    [Fact]
    public async Task A_paper_is_kept_shown_and_downloaded_in_parts()
    {
        var walk = await Walk.StartAsync(engine);
        var receptionist = await engine.OfficerAsync("tiep-nhan");

        var paper = await UploadAsync(receptionist, walk.Id, Pdf, "Giấy chứng sinh.pdf").JsonAsync();
        var content = new Uri($"/api/v1/dossiers/{walk.Id}/papers/{paper.Text("id")}/content", UriKind.Relative);
        var whole = await receptionist.GetAsync(content);
        using var request = new HttpRequestMessage(HttpMethod.Get, content) { Headers = { Range = new RangeHeaderValue(0, 4) } };
        var part = await receptionist.SendAsync(request);

        Assert.Equal("Giấy chứng sinh", paper.Text("name"));
        Assert.Equal(Pdf, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", whole.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("%PDF-", await part.Content.ReadAsStringAsync());
        Assert.Single((await receptionist.ReadAsync($"/dossiers/{walk.Id}/papers")).EnumerateArray());
        Assert.Contains((await receptionist.ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray(), line => line.Text("act") == "PaperAttached");
        await (await (await engine.OfficerAsync("tiep-nhan", OneStop.OtherWard)).GetAsync(content)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("a.exe", "MZ\u0090", "FILE_TYPE_NOT_ALLOWED")]
    [InlineData("a.pdf", "<html><script>alert(1)</script></html>", "FILE_TYPE_NOT_ALLOWED")]
    [InlineData("a.pdf", "", "FILE_EMPTY")]
    [InlineData("../../etc/passwd.pdf", "%PDF-1.4", "FILE_NAME_INVALID")]
    [InlineData("..\\..\\a.pdf", "%PDF-1.4", "FILE_NAME_INVALID")]
    [InlineData("C:a.pdf", "%PDF-1.4", "FILE_NAME_INVALID")]
    public async Task A_bad_file_is_told_and_changes_nothing(string fileName, string content, string code)
    {
        var walk = await Walk.StartAsync(engine);
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = await engine.CountRowsAsync();

        var response = await UploadAsync(receptionist, walk.Id, Encoding.Latin1.GetBytes(content), fileName);

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task A_file_over_the_limit_is_told_and_changes_nothing()
    {
        var walk = await Walk.StartAsync(engine);
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = await engine.CountRowsAsync();

        var response = await UploadAsync(receptionist, walk.Id, [.. Pdf, .. new byte[4096]], "a.pdf");

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "FILE_TOO_LARGE");
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Removed_with_a_reason_it_is_marked_and_no_longer_served()
    {
        var walk = await Walk.StartAsync(engine);
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var paper = await UploadAsync(receptionist, walk.Id, Pdf, "a.pdf").JsonAsync();
        var address = $"/api/v1/dossiers/{walk.Id}/papers/{paper.Text("id")}";

        await (await receptionist.DeleteAsync(new Uri(address, UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await receptionist.DeleteAsync(new Uri($"{address}?reason=Nhầm hồ sơ", UriKind.Relative)).JsonAsync();

        await (await receptionist.GetAsync(new Uri($"{address}/content", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.NotEqual(default, (await receptionist.ReadAsync($"/dossiers/{walk.Id}/papers"))[0].GetProperty("removedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_dossier_that_has_ended_takes_no_papers()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Từ chối", new() { ["reason"] = "Không thuộc thẩm quyền" });
        var before = await engine.CountRowsAsync();

        await (await UploadAsync(await engine.OfficerAsync("tiep-nhan"), walk.Id, Pdf, "a.pdf")).ShouldBeRefusedAsync("DOSSIER_CLOSED");

        Assert.Equal(before, await engine.CountRowsAsync());
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string dossierId, byte[] content, string fileName)
    {
        using var form = new MultipartFormDataContent { { new StringContent("Giấy chứng sinh"), "name" } };
        using var file = new ByteArrayContent(content);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = $"\"{fileName.Replace("\\", "\\\\", StringComparison.Ordinal)}\"", FileNameStar = fileName };
        form.Add(file);
        return await client.PostAsync(new Uri($"/api/v1/dossiers/{dossierId}/papers", UriKind.Relative), form);
    }
}
