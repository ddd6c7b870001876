using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PublicService.Engine.Files;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tests.Files;

public sealed class FileStoreTests : IDisposable
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nhello");
    private readonly string folder = Directory.CreateTempSubdirectory("publicservice-files-").FullName;
    private readonly FileStore store;

    public FileStoreTests() => store = new FileStore(new StorageOptions { DataFolder = folder }, new FileStoreOptions { MaxBytes = 100_000 });

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Keeps_content_under_its_hash_and_gives_it_back()
    {
        var stored = await SaveAsync(Pdf, "Giấy khai sinh.pdf", "application/pdf");

        var hash = Convert.ToHexStringLower(SHA256.HashData(Pdf));
        Assert.Equal(new StoredFile("Giấy khai sinh.pdf", "application/pdf", Pdf.Length, hash), stored);
        Assert.Equal(Pdf, await File.ReadAllBytesAsync(Path.Combine(folder, "files", hash[..2], hash[2..])));
        await using var stream = store.Open(hash);
        Assert.Equal(Pdf.Length, stream.Length);
        Assert.True(store.Exists(hash));
        Assert.False(store.Exists(new string('0', 64)));
    }

    [Fact]
    public async Task Keeps_the_same_content_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SaveAsync(Pdf, $"{i}.pdf", null)));

        Assert.Single(Directory.GetFiles(Path.Combine(folder, "files"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Writes_names_in_composed_letters()
    {
        var stored = await SaveAsync(Pdf, "Gia\u0302\u0301y.pdf", null);

        Assert.Equal("Gi\u1EA5y.pdf", stored.FileName);
    }

    [Theory]
    [InlineData("a.pdf", "application/pdf", "%PDF-1.4")]
    [InlineData("A.PDF", "application/octet-stream", "%PDF-1.4")]
    [InlineData("a.json", "text/json; charset=utf-8", "{\"a\":1}")]
    [InlineData("a.xml", "text/xml", "\uFEFF<?xml version=\"1.0\"?><hồ_sơ/>")]
    [InlineData("a.xml", null, "  <a/>")]
    public async Task Takes_what_is_what_it_says(string name, string? type, string content) =>
        Assert.True((await SaveAsync(Encoding.UTF8.GetBytes(content), name, type)).Size > 0);

    [Theory]
    [InlineData("a.png", "89504E470D0A1A0A00", "image/png")]
    [InlineData("a.jpg", "FFD8FFE000", "image/jpeg")]
    [InlineData("a.jpeg", "FFD8FFDB00", "image/jpeg")]
    [InlineData("a.tif", "49492A0000", "image/tiff")]
    [InlineData("a.tiff", "4D4D002A00", "image/tiff")]
    public async Task Recognises_pictures(string name, string hex, string type) =>
        Assert.Equal(type, (await SaveAsync(Convert.FromHexString(hex), name, type)).MediaType);

    [Theory]
    [InlineData("a.docx", "word/document.xml")]
    [InlineData("a.xlsx", "xl/workbook.xml")]
    public async Task Recognises_office_documents_without_macros(string name, string part)
    {
        Assert.Contains("openxmlformats", (await SaveAsync(Zip("[Content_Types].xml", part), name, null)).MediaType, StringComparison.Ordinal);
        await RefusedAsync("FILE_TYPE_NOT_ALLOWED", Zip("[Content_Types].xml", part, "word/vbaProject.bin"), name);
        await RefusedAsync("FILE_TYPE_NOT_ALLOWED", Zip("evil.exe"), name);
        await RefusedAsync("FILE_TYPE_NOT_ALLOWED", "PK\u0003\u0004 cut off"u8.ToArray(), name);
    }

    [Theory]
    [InlineData("a.pdf", null, "MZ\u0090 program")]
    [InlineData("a.png", null, "%PDF-1.4")]
    [InlineData("a.pdf", "image/png", "%PDF-1.4")]
    [InlineData("a", null, "%PDF-1.4")]
    [InlineData("a.html", "text/html", "<html></html>")]
    [InlineData("a.xml", null, "<html xmlns='http://www.w3.org/1999/xhtml'></html>")]
    [InlineData("a.xml", null, "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("a.xml", null, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")]
    [InlineData("a.xml", null, "<a>")]
    [InlineData("a.json", null, "{\"a\":")]
    [InlineData("a.json", null, "plain text")]
    [InlineData("a.json", null, "   ")]
    public async Task Refuses_content_that_is_not_what_it_says(string name, string? type, string content)
    {
        await RefusedAsync("FILE_TYPE_NOT_ALLOWED", Encoding.UTF8.GetBytes(content), name, type);
        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("..")]
    [InlineData("../a.pdf")]
    [InlineData("..\\a.pdf")]
    [InlineData("/etc/a.pdf")]
    [InlineData("C:a.pdf")]
    [InlineData("a\0.pdf")]
    [InlineData("a\r\nb.pdf")]
    [InlineData("fdp\u202Efdp.exe.pdf")]
    public async Task Refuses_names_that_deceive(string name) => await RefusedAsync("FILE_NAME_INVALID", Pdf, name);

    [Fact]
    public async Task Refuses_a_name_with_half_a_letter() => await RefusedAsync("FILE_NAME_INVALID", Pdf, (char)0xD800 + ".pdf");

    [Fact]
    public async Task Refuses_a_name_that_is_too_long() => await RefusedAsync("FILE_NAME_INVALID", Pdf, new string('a', 252) + ".pdf");

    [Fact]
    public async Task Refuses_nothing_and_too_much()
    {
        await RefusedAsync("FILE_EMPTY", [], "a.pdf");
        await RefusedAsync("FILE_TOO_LARGE", [.. Pdf, .. new byte[100_000]], "a.pdf");

        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Leaves_nothing_behind_when_the_sender_goes_away()
    {
        await using var broken = new BrokenStream();
        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync(broken, "a.pdf", null));

        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF")]
    public void Opens_nothing_but_hashes(string hash)
    {
        Assert.Throws<ArgumentException>(() => store.Open(hash));
        Assert.Throws<ArgumentException>(() => store.Exists(hash));
    }

    private async Task<StoredFile> SaveAsync(byte[] content, string name, string? type)
    {
        using var stream = new MemoryStream(content);
        return await store.SaveAsync(stream, name, type);
    }

    private async Task RefusedAsync(string code, byte[] content, string name, string? type = null) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<FileRefusedException>(() => SaveAsync(content, name, type))).Code);

    private static byte[] Zip(params string[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(part).Open());
                writer.Write("<a/>");
            }
        }

        return stream.ToArray();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("connection reset");
    }
}
