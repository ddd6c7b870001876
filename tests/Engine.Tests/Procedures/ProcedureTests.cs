using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>Runs on both databases.</summary>
public abstract class ProcedureTests(EngineHost host)
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData("khai sinh")]
    [InlineData("Khai Sinh")]
    [InlineData("khaisinh")]
    [InlineData("khải sính")]
    [InlineData("đăng ký khai sinh hộ tịch")]
    [InlineData("dang ky khai sinh")]
    [InlineData("1.001193")]
    public async Task Birth_registration_is_found_with_and_without_marks(string search)
    {
        var page = await host.CreateClient().GetJsonAsync($"/api/v1/procedures?search={Uri.EscapeDataString(search)}");

        Assert.Contains("1.001193", page.GetProperty("items").EnumerateArray().Select(item => item.Text("code")));
    }

    [Theory]
    [InlineData("không có thủ tục này")]
    [InlineData("%25_")]
    public async Task A_search_for_nothing_known_finds_nothing_or_ignores_signs(string search)
    {
        var page = await host.CreateClient().GetJsonAsync($"/api/v1/procedures?search={search}&size=200");

        Assert.Contains(page.GetProperty("items").GetArrayLength(), new[] { 0, 38 });
    }

    [Fact]
    public async Task Pages_join_without_gaps_or_repeats_and_stay_in_the_field()
    {
        var client = host.CreateClient();
        var all = await AllAsync(client, "/api/v1/procedures?size=7");

        Assert.Equal(38, all.Count);
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal(38, all.Distinct().Count());
        Assert.Equal(7, (await AllAsync(client, $"/api/v1/procedures?size=3&field={Uri.EscapeDataString("Hộ tịch")}")).Count);
    }

    [Fact]
    public async Task A_procedure_is_shown_with_its_time_limit_papers_results_and_flags()
    {
        var one = await host.CreateClient().GetJsonAsync("/api/v1/procedures/1.001193");

        Assert.Equal(("SameDay", "15:00:00", "1.001193"), (one.Text("limitUnit"), one.Text("cutOff"), one.Text("definitionId")));
        Assert.Equal("KQ.G15.000031", one.GetProperty("results")[0].Text("code"));
        Assert.Equal(("true", "false"), (one.GetProperty("verified").Text("time"), one.GetProperty("verified").Text("steps")));
        Assert.True(one.GetProperty("nonBoundary").GetBoolean());
        var papers = await host.CreateClient().GetJsonAsync("/api/v1/procedures/1.001193/papers");
        Assert.Equal(("P1", true, "khai-sinh"), (papers[0].Text("id"), papers[0].GetProperty("required").GetBoolean(), papers[0].Text("eForm")));
        Assert.False(papers[1].GetProperty("required").GetBoolean());
    }

    [Fact]
    public async Task Every_procedure_has_a_form_with_a_title()
    {
        var client = host.CreateClient();

        foreach (var code in Directory().All.Select(procedure => procedure.Code).Where(code => !code.StartsWith('9')))
        {
            Assert.NotEmpty((await client.GetJsonAsync($"/api/v1/procedures/{code}/form")).Text("title"));
        }
    }

    [Fact]
    public async Task A_missing_procedure_and_its_form_are_not_found()
    {
        var client = host.CreateClient();

        foreach (var address in new[] { "/api/v1/procedures/9.9", "/api/v1/procedures/1.001193?on=2025-06-30", "/api/v1/procedures/9.9/form" })
        {
            await (await client.GetAsync(new Uri(address, UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        Assert.Equal("PROCEDURE_NOT_FOUND", Assert.Throws<RefusedException>(() => Directory().Find("9.9", Today)).Code);
        Assert.Equal("Đăng ký khai sinh", (await client.GetJsonAsync("/api/v1/procedures/1.001193/form")).Text("title"));
    }

    [Fact]
    public void A_filled_form_is_accepted() => Assert.Empty(Validate(_ => { }));

    [Fact]
    public void Every_kind_of_mistake_in_a_form_is_named_by_its_field()
    {
        Assert.Equal(["child.sex"], Validate(form => form["child"]!["sex"] = "x").Keys);
        Assert.Equal(["child.birthDate"], Validate(form => form["child"]!["birthDate"] = "2026-02-30").Keys);
        Assert.Equal(["child.fullName"], Validate(form => form["child"]!.AsObject().Remove("fullName")).Keys);
        Assert.Equal(["child.fullName"], Validate(form => form["child"]!["fullName"] = new string('a', 101)).Keys);
        Assert.Equal(["requester.personalId"], Validate(form => form["requester"]!["personalId"] = "12").Keys);
        Assert.Equal(["parentsMarriage.registered"], Validate(form => form["parentsMarriage"]!["registered"] = "yes").Keys);
        Assert.Equal(["surprise"], Validate(form => form["surprise"] = 1).Keys);
        Assert.Equal(["child.surprise"], Validate(form => form["child"]!["surprise"] = 1).Keys);
        Assert.NotEmpty(host.Services.GetRequiredService<FormValidator>().Validate(Directory().Find("1.001193", Today), null));
    }

    private IReadOnlyDictionary<string, string[]> Validate(Action<JsonNode> change)
    {
        var form = JsonNode.Parse("""
            {
              "requester": { "fullName": "Nguyễn Văn A", "personalId": "022190000001", "relation": "cha" },
              "child": { "fullName": "Nguyễn Thị B", "sex": "nu", "birthDate": "2026-11-01", "birthPlace": "Bệnh viện tỉnh", "nationality": "Việt Nam", "ethnicity": "Kinh" },
              "mother": { "fullName": "Trần Thị C" },
              "parentsMarriage": { "registered": true }
            }
            """)!;
        change(form);
        return host.Services.GetRequiredService<FormValidator>().Validate(Directory().Find("1.001193", Today), form);
    }

    private static async Task<List<string>> AllAsync(HttpClient client, string address)
    {
        var all = new List<string>();
        var cursor = "";
        do
        {
            var page = await client.GetJsonAsync($"{address}&cursor={cursor}");
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("code")));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return all;
    }

    private ProcedureDirectory Directory() => host.Services.GetRequiredService<ProcedureDirectory>();
}

public sealed class ProceduresOnSqliteTests(EngineHost host) : ProcedureTests(host), IClassFixture<EngineHost>;

public sealed class ProceduresOnPostgresTests(PostgresEngineHost host) : ProcedureTests(host), IClassFixture<PostgresEngineHost>;
