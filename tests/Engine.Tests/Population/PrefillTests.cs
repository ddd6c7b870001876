using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PublicService.Engine.Population;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Population;

public abstract class PrefillTests(OneStop engine)
{
    private const string Address = "/procedures/1.001193/prefill";

    [Fact]
    public async Task The_form_is_filled_in_from_the_registry_with_source_and_time()
    {
        var reply = await AskAsync("022190000123", "/mother");

        var mother = reply.GetProperty("form").GetProperty("mother");
        Assert.Equal("022190000123", mother.Text("personalId"));
        Assert.StartsWith("phố Thí Dụ", mother.Text("residence")[(mother.Text("residence").IndexOf(',', StringComparison.Ordinal) + 2)..], StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}$", mother.Text("birthDate"));
        Assert.Equal(["/requester", "/mother", "/father"], reply.List("sections").Select(section => section.GetString()));
        Assert.Contains("/mother/fullName", reply.List("fields").Select(field => field.Text("pointer")));
        Assert.All(reply.List("fields"), field => Assert.Equal("CSDLQG về dân cư", field.Text("source")));
        Assert.All(reply.List("fields"), field => Assert.Equal(engine.Clock.GetUtcNow(), field.GetProperty("askedAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Every_question_is_on_record_also_one_that_finds_nobody()
    {
        var officer = await engine.OfficerAsync("tiep-nhan");

        await (await officer.SendAsync(Address, Question("022190000404"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "PERSON_NOT_FOUND");
        await AskAsync("022190000126");

        await using var db = engine.Open();
        var rows = await db.Prefills.Where(row => row.PersonalNumber == "022190000404" || row.PersonalNumber == "022190000126").OrderBy(row => row.PersonalNumber).ToListAsync();
        Assert.Equal(["Found", "NotFound"], rows.Select(row => row.Outcome));
        Assert.All(rows, row => Assert.Equal((OneStop.Ward, "1.001193"), (row.OfficeId, row.ProcedureCode)));
        Assert.Equal("{}", rows[1].Fields);
        Assert.DoesNotContain("Thí Dụ", rows[0].Fields, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dossier_keeps_of_each_field_whether_it_is_the_registers_edited_or_typed()
    {
        var reply = await AskAsync("022190000128", "/requester");
        var walk = await Walk.StartAsync(engine, request =>
        {
            request["prefills"] = new JsonArray(reply.GetProperty("id").GetGuid());
            var requester = (JsonObject)request["form"]!["requester"]!;
            foreach (var field in reply.GetProperty("form").GetProperty("requester").EnumerateObject())
            {
                requester[field.Name] = field.Value.GetString();
            }

            requester["residence"] = "Nơi khác";
        });

        var origins = (await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}")).GetProperty("formOrigins");

        Assert.Equal(("FromRegister", "CSDLQG về dân cư"), (origins.GetProperty("/requester/fullName").Text("origin"), origins.GetProperty("/requester/fullName").Text("source")));
        Assert.Equal("FromRegister", origins.GetProperty("/requester/birthDate").Text("origin"));
        Assert.Equal("Edited", origins.GetProperty("/requester/residence").Text("origin"));
        Assert.Equal("Typed", origins.GetProperty("/requester/phone").Text("origin"));
        Assert.Equal("Typed", origins.GetProperty("/mother/fullName").Text("origin"));
        Assert.Equal("Typed", origins.GetProperty("/copies").Text("origin"));
    }

    [Fact]
    public async Task Nobody_passes_another_persons_or_an_old_question_off_as_the_registers_word()
    {
        var theirs = (await AskAsync("022190000130", office: OneStop.OtherWard)).GetProperty("id").GetGuid();
        var mine = (await AskAsync("022190000131")).GetProperty("id").GetGuid();
        var officer = await engine.OfficerAsync("tiep-nhan");
        JsonObject With(Guid id) => OneStop.BirthRegistration(request => request["prefills"] = new JsonArray(id));

        var problem = await (await officer.SendAsync("/dossiers", With(theirs))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.True(problem.GetProperty("errors").TryGetProperty("prefills", out _));
        await (await officer.SendAsync("/dossiers", With(Guid.NewGuid()))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        engine.Clock.Jump(TimeSpan.FromHours(25));
        await (await officer.SendAsync("/dossiers", With(mine))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    [Theory]
    [InlineData("12345", null)]
    [InlineData("02219000012a", null)]
    [InlineData("022190000123", "/child")]
    [InlineData("022190000123", "/nobody")]
    public async Task Wrong_numbers_and_parts_ask_nobody(string number, string? section)
    {
        var before = await engine.CountRowsAsync();

        await (await (await engine.OfficerAsync("tiep-nhan")).SendAsync(Address, Question(number, section))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Only_who_takes_dossiers_in_may_ask()
    {
        await (await engine.CreateClient().SendAsync(Address, Question("022190000123"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
        await (await (await engine.OfficerAsync("chuyen-vien")).SendAsync(Address, Question("022190000123"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    private async Task<JsonElement> AskAsync(string number, string? section = null, string office = OneStop.Ward) =>
        await (await engine.OfficerAsync("tiep-nhan", office)).SendAsync(Address, Question(number, section)).JsonAsync();

    internal static JsonObject Question(string number, string? section = null) => new() { ["personalNumber"] = number, ["section"] = section };
}

public sealed class PrefillSqliteTests(OneStop engine) : PrefillTests(engine), IClassFixture<OneStop>;

public sealed class PrefillPostgresTests(PostgresOneStop engine) : PrefillTests(engine), IClassFixture<PostgresOneStop>;

/// <summary>A registry that does not answer, or is none.</summary>
public sealed class PrefillTroubleTests
{
    [Fact]
    public async Task A_registry_that_does_not_answer_is_told_and_put_on_record()
    {
        using var engine = new OneStop();
        engine.With("Population:Url", "http://127.0.0.1:9/population");
        var officer = await engine.OfficerAsync("tiep-nhan");

        await (await officer.SendAsync("/procedures/1.001193/prefill", PrefillTests.Question("022190000123"))).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "POPULATION_UNREACHABLE");

        await using var db = engine.Open();
        Assert.Equal("Unreachable", (await db.Prefills.SingleAsync()).Outcome);
    }

    [Fact]
    public async Task Without_a_registry_the_form_is_typed()
    {
        using var engine = new Alone();
        var officer = await engine.OfficerAsync("tiep-nhan");

        await (await officer.SendAsync("/procedures/1.001193/prefill", PrefillTests.Question("022190000123"))).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "POPULATION_NOT_AVAILABLE");
    }

    private sealed class Alone : OneStop
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.RemoveAll<IPopulationRegistry>());
        }
    }
}
