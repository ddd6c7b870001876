using System.Net;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Forms;

/// <summary>Forms 06 and 07 are made of what happened.</summary>
public abstract class LedgerFormTests(OneStop engine)
{
    [Fact]
    public async Task The_control_sheet_names_every_hand_over_with_its_time_and_band()
    {
        var walk = await Walk.StartAsync(engine, request => request["receivingOfficeId"] = OneStop.Centre);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        engine.Clock.Advance(TimeSpan.FromMinutes(30));
        await walk.DoAsync("Nhận hồ sơ", "Đã nhận");
        engine.Clock.Jump(TimeSpan.FromDays(4));
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.TaskAsync("Ghi sổ");

        var words = Paper.Words(await engine.FormAsync(walk, "06", office: OneStop.Centre));

        string[] said =
        [
            "Phiếu kiểm soát quá trình giải quyết hồ sơ", walk.Code, "Nguyễn Văn Mẫu", "Ủy ban nhân dân phường Hồng Gai", "Người giao: Người nộp hồ sơ",
            "08:00 20/11/2026", "08:30 20/11/2026", "Đúng hạn", "Quá hạn", "Đủ điều kiện", "Còn hạn",
        ];
        Assert.All(said, text => Assert.Contains(text, words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_register_lists_what_came_in_the_period_and_only_to_its_own_people()
    {
        const string Office = "phuong-bai-chay";
        var first = await Walk.StartAsync(engine, request => (request["receivingOfficeId"], request["competentOfficeId"]) = (Office, Office));
        engine.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await Walk.StartAsync(engine, request => (request["receivingOfficeId"], request["competentOfficeId"]) = (Office, Office));
        await second.DoAsync("Tiếp nhận", "Tiếp nhận");
        var officer = await engine.OfficerAsync("tiep-nhan", Office);
        var today = $"{engine.Clock.GetUtcNow().AddHours(7):yyyy-MM-dd}";

        var words = Paper.Words(await officer.PageAsync($"/offices/{Office}/register?from=2026-11-01&to={today}"));
        var empty = Paper.Words(await officer.PageAsync($"/offices/{Office}/register?from=2026-01-01&to=2026-01-31"));
        var pdf = await officer.PdfAsync($"/offices/{Office}/register?from=2026-11-01&to={today}&format=pdf");

        Assert.Contains("Sổ theo dõi hồ sơ", words, StringComparison.Ordinal);
        Assert.True(words.IndexOf(first.Code, StringComparison.Ordinal) is >= 0 and var at && words.IndexOf(second.Code, StringComparison.Ordinal) > at);
        Assert.Contains("Không có hồ sơ nào", empty, StringComparison.Ordinal);
        // The narrow column breaks the code behind the agency.
        Assert.Contains(second.Code[(second.Code.IndexOf('-', StringComparison.Ordinal) + 1)..], await Paper.WordsAsync(pdf), StringComparison.Ordinal);
        var stranger = await engine.OfficerAsync("tiep-nhan", OneStop.OtherWard);
        await (await stranger.GetAsync(new Uri($"/api/v1/offices/{Office}/register?from=2026-11-01&to={today}", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "OFFICE_REQUIRED");
        await (await officer.GetAsync(new Uri($"/api/v1/offices/{Office}/register?from=2026-11-02&to=2026-11-01", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }
}

public sealed class LedgerFormSqliteTests(OneStop engine) : LedgerFormTests(engine), IClassFixture<OneStop>;

public sealed class LedgerFormPostgresTests(PostgresOneStop engine) : LedgerFormTests(engine), IClassFixture<PostgresOneStop>;
