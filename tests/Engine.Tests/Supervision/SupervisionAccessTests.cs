using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Supervision;

/// <summary>Who may look at what, and what leaves as a spreadsheet.</summary>
public abstract class SupervisionAccessTests(OneStop engine) : SupervisedTests(engine)
{
    private static readonly string[] Lists = ["board", "officers", "dossiers", "tasks", "flows", "delays", "delay-reasons", "events", "apology-drafts", "exports/Board"];

    private readonly OneStop engine = engine;

    [Fact]
    public async Task A_leader_sees_the_own_office_and_nothing_else()
    {
        var mine = await Watched.ReceivedAsync(engine);
        var others = await Watched.ReceivedAsync(engine, change: request => (request["receivingOfficeId"], request["competentOfficeId"]) = (OneStop.OtherWard, OneStop.OtherWard));
        engine.Clock.Jump(TimeSpan.FromDays(6));
        await engine.SettleAsync();
        var (leader, province) = (await engine.OfficerAsync("lanh-dao"), await engine.SomebodyAsync("giamsat"));

        Assert.Equal([OneStop.Ward], (await leader.ReadAsync("/supervision/board")).List("rows").Select(row => row.Text("id")));
        Assert.Equal([mine.Code], await CodesAsync(leader, "/supervision/dossiers", "code"));
        Assert.Equal([mine.Code], await CodesAsync(leader, "/supervision/tasks", "dossierCode"));
        Assert.Equal([mine.Code], (await CodesAsync(leader, "/supervision/events", "dossierCode")).Distinct());
        Assert.Equal(new[] { mine.Code, others.Code }.Order(StringComparer.Ordinal), (await CodesAsync(province, "/supervision/dossiers", "code")).Order(StringComparer.Ordinal));
        Assert.Equal([others.Code], await CodesAsync(province, $"/supervision/dossiers?office={OneStop.OtherWard}", "code"));
        foreach (var list in Lists)
        {
            await (await GetAsync(leader, $"{list}?office={OneStop.OtherWard}")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "OFFICE_REQUIRED");
        }

        await (await GetAsync(leader, $"dossiers/{others.Id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Officers_and_administrators_have_no_business_here()
    {
        foreach (var somebody in new[] { await engine.OfficerAsync("chuyen-vien"), await engine.SomebodyAsync("kythuat") })
        {
            foreach (var list in Lists)
            {
                await (await GetAsync(somebody, list)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
            }
        }

        await (await GetAsync(engine.CreateClient(), "board")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
    }

    [Theory]
    [InlineData("board?from=2026-11-20&to=2026-11-19", "INVALID_INPUT")]
    [InlineData("board?from=2020-01-01", "INVALID_INPUT")]
    [InlineData("board?office=khong-co", "INVALID_INPUT")]
    [InlineData("dossiers?cursor=abc", "CURSOR_INVALID")]
    [InlineData("dossiers?group=Sometimes", "INVALID_INPUT")]
    public async Task Wrong_questions_are_told_so(string path, string code) =>
        await (await GetAsync(await engine.SomebodyAsync("giamsat"), path)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_spreadsheet_has_all_rows_real_dates_and_numbers_and_no_formulas()
    {
        const string Evil = "=HYPERLINK(\"http://example.org\";\"x\")";
        for (var i = 0; i < 3; i++)
        {
            await Watched.ReceivedAsync(engine, change: request => request["applicant"]!["name"] = Evil);
        }

        var supervisor = await engine.SomebodyAsync("giamsat");
        var rows = await ReadSheetAsync(supervisor, "Dossiers?dossierGroup=Open");

        Assert.Equal("Mã hồ sơ", rows[0][0].InnerText);
        Assert.Equal(4, rows.Count);
        var names = rows[0].Select(cell => cell.InnerText).ToList();
        foreach (var row in rows.Skip(1))
        {
            var name = row[names.IndexOf("Người nộp")];
            Assert.Equal((Evil, CellValues.InlineString), (name.InnerText, name.DataType!.Value));
            var due = row[names.IndexOf("Ngày hẹn trả")];
            Assert.Equal(CellValues.Number, due.DataType!.Value);
            Assert.Equal(new DateTime(2026, 11, 25, 8, 0, 0), DateTime.FromOADate(double.Parse(due.InnerText, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(1));
            Assert.Equal("1440", row[names.IndexOf("Số phút làm việc còn lại")].InnerText);
        }

        foreach (var table in new[] { "Board?by=Procedure", "Officers", "Tasks", "Flows", "Causes", "Overruns", "Events" })
        {
            Assert.NotEmpty(await ReadSheetAsync(supervisor, table));
        }
    }

    private static async Task<List<List<Cell>>> ReadSheetAsync(HttpClient client, string table)
    {
        using var response = await GetAsync(client, $"exports/{table}");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", response.Content.Headers.ContentType?.MediaType);
        using var document = SpreadsheetDocument.Open(new MemoryStream(await response.Content.ReadAsByteArrayAsync()), isEditable: false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document));
        var sheet = Assert.Single(document.WorkbookPart!.WorksheetParts).Worksheet;
        Assert.Empty(sheet.Descendants<CellFormula>());
        return [.. sheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToList())];
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri($"/api/v1/supervision/{path}", UriKind.Relative));

    private static async Task<List<string>> CodesAsync(HttpClient client, string path, string name) => [.. (await client.ReadAsync(path)).List("items").Select(one => one.Text(name))];
}

public sealed class SupervisionAccessSqliteTests() : SupervisionAccessTests(new OneStop());

public sealed class SupervisionAccessPostgresTests() : SupervisionAccessTests(new PostgresOneStop());
