using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
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

    [Fact]
    public async Task A_long_register_comes_in_parts_that_join_without_gap_or_repeat()
    {
        const string Office = "phuong-cao-xanh";
        var changes = new Changes();
        foreach (var number in Enumerable.Range(1, 1101))
        {
            changes.Insert(Dossier.Submit(new Submission
            {
                Id = Guid.CreateVersion7(),
                Code = new DossierCode("H49.999", new DateOnly(2026, 6, 1 + (number / 200)), number),
                ProcedureCode = "1.001193",
                Title = "Đăng ký khai sinh",
                Channel = Channel.Direct,
                Applicant = new Applicant("Nguyễn Văn Sổ"),
                ReceivingOfficeId = Office,
                CompetentOfficeId = Office,
            }, new Act("lan", "Trần Thị Lan", Office, new DateTimeOffset(2026, 6, 1, 1, 0, 0, TimeSpan.Zero).AddSeconds(number / 3))));
        }

        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(changes);
        var supervisor = await engine.SomebodyAsync("giamsat");
        var (codes, ordinals, parts) = (new List<string>(), new List<int>(), 0);
        for (var next = $"/api/v1/offices/{Office}/register?from=2026-06-01&to=2026-06-30"; next is not null; parts++)
        {
            using var response = await supervisor.GetAsync(new Uri(next, UriKind.Relative));
            var page = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, page);
            codes.AddRange(Regex.Matches(page, @"H49\.999-\d{6}-\d{4}").Select(match => match.Value));
            ordinals.AddRange(Regex.Matches(page, """<td class="mid">(\d+)</td>\s*<td>H49""").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
            next = response.Headers.TryGetValues("Link", out var links) ? Regex.Match(links.Single(), "<([^>]+)>").Groups[1].Value : null!;
        }

        Assert.Equal(3, parts);
        Assert.Equal(1101, codes.Distinct().Count());
        Assert.Equal(1101, codes.Count);
        Assert.Equal(Enumerable.Range(1, 1101), ordinals);
    }
}

public sealed class LedgerFormSqliteTests(OneStop engine) : LedgerFormTests(engine), IClassFixture<OneStop>;

public sealed class LedgerFormPostgresTests(PostgresOneStop engine) : LedgerFormTests(engine), IClassFixture<PostgresOneStop>;
