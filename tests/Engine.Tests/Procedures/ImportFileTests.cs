using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>Files as they really come: tables of spreadsheets, byte-order marks, and bombs.</summary>
public sealed class ImportFileTests(EngineHost host) : IClassFixture<EngineHost>
{
    private const string Header = "Mã TTHC;Tên thủ tục;Lĩnh vực;Cấp thực hiện;Cơ quan thực hiện;Thời hạn;Đơn vị;Phí;Thành phần hồ sơ;Kết quả;Cách thức";

    [Theory]
    [InlineData(';', false)]
    [InlineData(',', true)]
    [InlineData('\t', false)]
    public async Task A_table_is_read_whatever_separates_its_cells(char separator, bool hasBom)
    {
        using var admin = await host.AsAsync("quantri");
        // The name carries each separator and quotes, so its cell is quoted.
        var table = $"{Header}\n4.00000{(int)separator % 10};\"Cấp \"\"giấy\"\"; bản sao, v.v.\";Hộ tịch;xã;UBND cấp xã;15 ngày làm việc;;700;Tờ khai\nGiấy ủy quyền;Giấy xác nhận;Trực tiếp, trực tuyến\n";
        table = table.Replace("Tờ khai\nGiấy ủy quyền", "\"Tờ khai\nGiấy ủy quyền\"", StringComparison.Ordinal);
        table = separator == ';' ? table : Reseparated(table, separator);
        byte[] bytes = [.. hasBom ? Encoding.UTF8.Preamble.ToArray() : [], .. Encoding.UTF8.GetBytes(table)];

        var created = await admin.UploadAsync(bytes, "bang.csv").JsonAsync();
        var row = (await admin.RowsAsync(created.Text("id"))).Single();

        Assert.Equal(("Csv", "Cấp \"giấy\"; bản sao, v.v."), (created.Text("format"), row.Text("name")));
        Assert.Equal(["FEE_SUSPICIOUS"], row.Codes());
        Assert.Equal(("700", "700000"), (row.List("findings").Single().Text("raw"), row.List("findings").Single().Text("suggestion")));
        Assert.Equal(["Tờ khai", "Giấy ủy quyền"], row.GetProperty("entry").List("papers").Select(paper => paper.Text("name")));
        Assert.True(row.GetProperty("entry").GetProperty("channels").GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task An_exported_list_disarms_formulas()
    {
        using var admin = await host.AsAsync("quantri");
        var evil = new JsonArray([.. new[] { "=HYPERLINK(\"http://example.org\")", "+1+1", "-2", "@SUM(A1)", "\t=1" }
            .Select((name, index) => (JsonNode)Catalogue.Entry($"4.10000{index}", entry => entry["name_vi"] = name + " Tên"))]);
        var id = (await admin.UploadAsync(evil.ToJsonString()).JsonAsync()).Text("id");

        var bytes = await admin.GetByteArrayAsync(new Uri($"/api/v1/procedure-imports/{id}/rows.csv", UriKind.Relative));

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.DoesNotMatch("(^|,)\"?[=+@\\t-]", line));
        Assert.Contains("'=HYPERLINK", lines[1]);
    }

    public static TheoryData<string, string, string> Bombs() => new()
    {
        { "nesting", new string('[', 100_000), "FILE_MALFORMED" },
        { "objects in one another", $"[{string.Concat(Enumerable.Repeat("{\"a\":", 60))}1{new string('}', 60)}]", "FILE_MALFORMED" },
        { "no objects", "[1,2,3]", "FILE_MALFORMED" },
        { "cut off", "{\"procedures\":[{\"code\":\"1.0", "FILE_MALFORMED" },
        { "one name twice", "[{\"code\":\"1.000001\",\"code\":\"1.000002\"}]", "FILE_MALFORMED" },
        { "half a letter", "[{\"code\":\"1.000001\",\"name_vi\":\"\\ud800\"}]", "FILE_MALFORMED" },
        { "nothing in it", "[]", "FILE_MALFORMED" },
        { "no header", "\n\n\n", "FILE_MALFORMED" },
        { "other columns", "a;b;c\n1;2;3\n", "FILE_COLUMNS_MISSING" },
        { "open quote", "Mã TTHC;Tên thủ tục\n1.000001;\"Tên\n1.000002;Tên\n1.000003;a\"b\n", "FILE_MALFORMED" },
        { "empty", "", "FILE_EMPTY" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_is_refused_and_leaves_nothing(string what, string content, string code)
    {
        using var admin = await host.AsAsync("quantri");
        var before = (await admin.ReadAsync("/procedure-imports")).GetArrayLength();

        await (await admin.UploadAsync(content)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);

        Assert.True((await admin.ReadAsync("/procedure-imports")).GetArrayLength() == before, what);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_refused()
    {
        using var admin = await host.AsAsync("quantri");

        await (await admin.UploadAsync([(byte)'[', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)']'])).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "FILE_NOT_UTF8");
        await (await admin.UploadAsync(Encoding.Unicode.GetBytes("Mã TTHC;Tên\n1.000001;Tên thủ tục: đất đai"), "a.csv")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "FILE_NOT_UTF8");
    }

    [Fact]
    public async Task Fifty_megabytes_are_refused()
    {
        using var admin = await host.AsAsync("quantri");

        var response = await admin.UploadAsync(new byte[50 * 1024 * 1024]);

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "FILE_TOO_LARGE");
    }

    [Fact]
    public async Task Strange_values_are_findings_and_never_a_failure()
    {
        using var admin = await host.AsAsync("quantri");
        JsonNode?[] strange = [null, 1e300, -1, true, "", " ", "=1", "\u0000", new string('x', 10_000), new JsonArray(1, null), new JsonObject { ["a"] = 1 }, "9999999999999999999"];
        var fields = Catalogue.Entry("4.200000").Select(field => field.Key).ToList();
        var rows = new JsonArray([.. from field in fields from value in strange select (JsonNode)Catalogue.Entry("4.200000", entry => entry[field] = value?.DeepClone())]);
        foreach (var inner in new[] { "value", "unit", "cutoff", "alternatives" })
        {
            Array.ForEach(strange, value => rows.Add(Catalogue.Entry("4.200000", entry => entry["time"]![inner] = value?.DeepClone())));
        }

        foreach (var (list, inner) in new[] { ("fee", "amount"), ("fee", "currency"), ("papers", "name"), ("papers", "originals"), ("result", "name") })
        {
            Array.ForEach(strange, value => rows.Add(Catalogue.Entry("4.200000", entry => entry[list]![0]![inner] = value?.DeepClone())));
        }

        var id = (await admin.UploadAsync(rows.ToJsonString()).JsonAsync()).Text("id");
        var read = await admin.RowsAsync(id);
        var accepted = await admin.SendAsync($"/procedure-imports/{id}/decisions", ImportTests.Accept(rows: [.. Enumerable.Range(1, rows.Count)])).JsonAsync();
        var applied = await admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync();

        Assert.Equal(rows.Count, read.Count);
        Assert.Equal(read.Count(row => row.Text("state") != "Refused"), accepted.Number("decided"));
        Assert.Equal(accepted.Number("decided"), applied.Number("applied") + applied.Number("unchanged") + applied.List("refusals").Count());
        await admin.ReadAsync("/procedures/4.200000?on=2026-11-20");
    }

    private static string Reseparated(string table, char separator)
    {
        var (quoted, text) = (false, new StringBuilder());
        foreach (var letter in table)
        {
            quoted ^= letter == '"';
            text.Append(letter == ';' && !quoted ? separator : letter);
        }

        return text.ToString().Replace("Trực tiếp, trực tuyến", "\"Trực tiếp, trực tuyến\"", StringComparison.Ordinal);
    }
}
