using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Forms;

/// <summary>The acts of a dossier issue the forms of TT 03/2025/TT-VPCP, which say what happened and stay as they were.</summary>
public abstract class IssuedFormTests(OneStop engine)
{
    [Fact]
    public async Task Acceptance_issues_form_01_with_everything_it_must_say()
    {
        var walk = await Walk.StartAsync(engine, request => request["returnMethod"] = "Post");
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");

        var issued = Assert.Single(await ListAsync(walk));
        var page = await engine.FormAsync(walk, "01");

        Assert.Equal(("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"), (issued.Text("form"), issued.Text("name")));
        Assert.Matches(@"^\d{2,}/GTN-UBND$", issued.Text("number"));
        var words = Paper.Words(page);
        string[] said =
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Ủy ban nhân dân phường Hồng Gai", "Trung tâm Phục vụ hành chính công phường Hồng Gai",
            $"Số: {issued.Text("number")}", "Hồng Gai, ngày 20 tháng 11 năm 2026", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            $"Mã hồ sơ {walk.Code}", "Đăng ký khai sinh (1.001193)", "Nguyễn Văn Mẫu", "000000000001", "Số 1, phố Thí Dụ, phường Hồng Gai, tỉnh Quảng Ninh",
            "0900000001", "nguyen.van.mau@example.org", "Giấy chứng sinh (hoặc văn bản người làm chứng / cam đoan)", "Bản chính", "Chứng thực", "Bản chụp",
            "Số lượng hồ sơ 01 (bộ)", "Trong ngày làm việc", "08 giờ 00 phút, ngày 20 tháng 11 năm 2026", "17 giờ 00 phút, ngày 20 tháng 11 năm 2026",
            "Giai đoạn 2", "Qua dịch vụ bưu chính công ích", "Người nộp hồ sơ", "Người tiếp nhận hồ sơ", issued.Text("issuedBy"),
            "Liên 1: Lưu tại nơi tiếp nhận", "Liên 2: Giao người nộp hồ sơ",
        ];
        Assert.All(said, text => Assert.Contains(text, words, StringComparison.Ordinal));
        Assert.Equal(2, page.Split("<svg").Length - 1);
        Assert.DoesNotContain("DỰ THẢO", words, StringComparison.Ordinal);
        Assert.DoesNotContain("verified", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Papers_on_file_are_counted_on_the_receipt()
    {
        var walk = await Walk.StartAsync(engine);
        using var form = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n"u8.ToArray()), "file", "gcs.pdf" }, { new StringContent("P2"), "kind" } };
        await (await engine.OfficerAsync("tiep-nhan")).PostAsync(new Uri($"/api/v1/dossiers/{walk.Id}/papers", UriKind.Relative), form).JsonAsync();
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");

        var words = Paper.Words(await engine.FormAsync(walk, "01"));

        Assert.Contains("cam đoan) 01 Đã có bản điện tử", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_act_issues_its_form_and_an_officer_of_no_concern_sees_none()
    {
        var supplement = await Walk.StartAsync(engine);
        await supplement.DoAsync("Tiếp nhận", "Tiếp nhận");
        await supplement.DoAsync("Thẩm tra", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh", "Văn bản ủy quyền"), ["reason"] = "Giấy chứng sinh bị mờ" });
        var refused = await Walk.StartAsync(engine);
        await refused.DoAsync("Tiếp nhận", "Từ chối", new JsonObject { ["reason"] = "Không thuộc thẩm quyền" });
        var withdrawn = await Walk.StartAsync(engine);
        await withdrawn.DoAsync("Tiếp nhận", "Tiếp nhận");
        await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{withdrawn.Id}/withdrawals", new JsonObject { ["reason"] = "Gia đình đổi ý" }).JsonAsync();

        Assert.Equal(["01", "02"], (await ListAsync(supplement)).Select(form => form.Text("form")));
        Assert.Equal(["03"], (await ListAsync(refused)).Select(form => form.Text("form")));
        Assert.Equal(["01", "05"], (await ListAsync(withdrawn)).Select(form => form.Text("form")));
        Says(await engine.FormAsync(supplement, "02"), supplement, "/PBS-UBND", "Giấy chứng sinh", "Văn bản ủy quyền", "Giấy chứng sinh bị mờ", "ngày làm việc", "Người hướng dẫn");
        Says(await engine.FormAsync(refused, "03"), refused, "/PTC-UBND", "Không thuộc thẩm quyền", "Người từ chối tiếp nhận hồ sơ");
        Says(await engine.FormAsync(withdrawn, "05"), withdrawn, "/TBD-UBND", "Gia đình đổi ý", "Người nộp hồ sơ rút hồ sơ", "hồ sơ chưa thu phí, lệ phí", "Giấy tờ trả lại");
        var stranger = await engine.OfficerAsync("tiep-nhan", OneStop.OtherWard);
        await (await stranger.GetAsync(Address(supplement, "02"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await stranger.GetAsync(Address(supplement, ""))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task An_extension_issues_the_apology_with_the_old_and_the_new_date()
    {
        var walk = await PermitAsync();
        var due = walk.Standing.GetProperty("dueAt").GetDateTimeOffset();
        await using var scope = engine.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DossierRuns>().ChangeAsync(
            Guid.Parse(walk.Id), new Act("lanh-dao", "Lê Thị Ký", OneStop.Ward, default),
            click => click.Dossier!.Extend(due.AddDays(7), "Chờ ý kiến của Sở Xây dựng", scope.ServiceProvider.GetRequiredService<CalendarDirectory>().For(OneStop.Ward, new DateOnly(2026, 11, 20)), click.Act),
            DossierStanding.After, default);

        Says(
            await engine.FormAsync(walk, "04"), walk, "/XLGH-UBND", "Kính gửi: Nguyễn Văn Mẫu", "Chờ ý kiến của Sở Xây dựng", "chân thành xin lỗi", "Lê Thị Ký",
            Printing.PrintText.Moment(due), Printing.PrintText.Moment(due.AddDays(7)));
    }

    [Fact]
    public async Task A_draft_has_no_number_and_is_stored_nowhere()
    {
        var walk = await PermitAsync();
        var officer = await engine.OfficerAsync("chuyen-vien");
        var before = await engine.CountRowsAsync();

        var response = await officer.SendAsync($"/dossiers/{walk.Id}/form-drafts", new JsonObject { ["form"] = "04", ["reason"] = "Hồ sơ phức tạp", ["newDueAt"] = "2027-01-29T10:00:00Z" });
        var words = Paper.Words(await response.Content.ReadAsStringAsync());
        await (await officer.SendAsync($"/dossiers/{walk.Id}/form-drafts", new JsonObject { ["form"] = "06" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        Assert.Contains("DỰ THẢO", words, StringComparison.Ordinal);
        Assert.Contains("Số: ....../XLGH-UBND", words, StringComparison.Ordinal);
        Assert.Contains("Hồ sơ phức tạp", words, StringComparison.Ordinal);
        Assert.Contains("17 giờ 00 phút, ngày 29 tháng 01 năm 2027", words, StringComparison.Ordinal);
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task An_issued_form_stays_the_same_when_its_office_is_renamed()
    {
        var walk = await Walk.StartAsync(engine, request => (request["receivingOfficeId"], request["competentOfficeId"]) = ("xa-quang-la", "xa-quang-la"));
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var before = await engine.FormAsync(walk, "01", office: "xa-quang-la");
        Assert.Contains("Trung tâm Phục vụ hành chính công xã Quảng La", before, StringComparison.Ordinal);

        await RenameAsync("xa-quang-la", "Ủy ban nhân dân xã Mới", "Trung tâm Phục vụ hành chính công xã Mới");
        var after = await engine.FormAsync(walk, "01", office: "xa-quang-la");
        var next = await Walk.StartAsync(engine, request => (request["receivingOfficeId"], request["competentOfficeId"]) = ("xa-quang-la", "xa-quang-la"));
        await next.DoAsync("Tiếp nhận", "Tiếp nhận");

        // The codes are drawn anew from a secret that was sealed: the same drawing.
        Assert.Equal(before, after);
        Assert.Contains("xã Mới", await engine.FormAsync(next, "01", office: "xa-quang-la"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_citizen_gets_the_own_copy_with_the_receipt_and_no_control_sheet()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        using var citizen = engine.CreateClient();
        citizen.DefaultRequestHeaders.Add("X-Tracking-Secret", walk.Secret);

        var listed = await citizen.ReadAsync($"/tracking/{walk.Code}/forms");
        var words = Paper.Words(await citizen.PageAsync($"/tracking/{walk.Code}/forms/01"));

        Assert.Equal("01", Assert.Single(listed.EnumerateArray()).Text("form"));
        Assert.Contains("Liên 2", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Liên 1", words, StringComparison.Ordinal);
        await (await citizen.GetAsync(Tracked(walk, "06"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await engine.CreateClient().GetAsync(Tracked(walk, "01"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "TRACKING_NOT_FOUND");
        var other = await Walk.StartAsync(engine);
        await other.DoAsync("Tiếp nhận", "Tiếp nhận");
        await (await citizen.GetAsync(Tracked(walk, Assert.Single(await ListAsync(other)).Text("id")))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Only_the_desk_that_hands_it_out_sees_the_citizens_copy()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");

        Assert.DoesNotContain("Liên 2", await engine.FormAsync(walk, "01", "chuyen-vien"), StringComparison.Ordinal);
        Assert.Contains("Liên 2", await engine.FormAsync(walk, "01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_let_no_script_run_and_know_their_formats()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var officer = await engine.OfficerAsync("tiep-nhan");

        using var page = await officer.GetAsync(Address(walk, "01"));
        await (await officer.GetAsync(Address(walk, "01?format=docx"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await officer.GetAsync(Address(walk, "04"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await officer.GetAsync(Address(walk, "99"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");

        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    private static void Says(string page, Walk walk, params string[] texts)
    {
        var words = Paper.Words(page);
        Assert.All([walk.Code, "Nguyễn Văn Mẫu", .. texts], text => Assert.Contains(text, words, StringComparison.Ordinal));
    }

    private async Task<Walk> PermitAsync()
    {
        var walk = await Walk.StartAsync(engine, request => (request["procedureCode"], request["form"]) = ("1.013225", JsonNode.Parse("""
            {"investor":{"kind":"ca-nhan","name":"Nguyễn Văn Mẫu","phone":"0900000001"},"site":{"address":"Số 1, phố Thí Dụ","communeOfficeId":"phuong-hong-gai"},
             "project":{"kind":"nha-o-rieng-le","floors":2,"floorArea":120}}
            """)));
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        return walk;
    }

    private async Task<IReadOnlyList<System.Text.Json.JsonElement>> ListAsync(Walk walk) =>
        [.. (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/forms")).EnumerateArray()];

    private async Task RenameAsync(string id, string name, string desk)
    {
        await using var db = engine.Open();
        var row = await db.Set<OfficeRow>().AsNoTracking().SingleAsync(office => office.Id == id);
        (row.Name, row.OneStop) = (name, desk);
        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(DirectoryRefresh.Raise(new Changes().Update(row)));
        await engine.Services.GetRequiredService<DirectoryRefresh>().RefreshAsync();
    }

    private static Uri Address(Walk walk, string form) => new($"/api/v1/dossiers/{walk.Id}/forms/{form}".TrimEnd('/'), UriKind.Relative);

    private static Uri Tracked(Walk walk, string form) => new($"/api/v1/tracking/{walk.Code}/forms/{form}", UriKind.Relative);
}

public sealed class IssuedFormSqliteTests(OneStop engine) : IssuedFormTests(engine), IClassFixture<OneStop>;

public sealed class IssuedFormPostgresTests(PostgresOneStop engine) : IssuedFormTests(engine), IClassFixture<PostgresOneStop>;
