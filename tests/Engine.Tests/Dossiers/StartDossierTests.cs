using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Handing in: once, in order, and only what is right.</summary>
public abstract class StartDossierTests(OneStop engine)
{
    [Fact]
    public async Task The_same_key_gives_the_same_bytes_and_one_dossier()
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var body = OneStop.BirthRegistration();

        var first = await receptionist.SendAsync("/dossiers", body, ("Idempotency-Key", "k-1"));
        var before = await engine.CountRowsAsync();
        var second = await receptionist.SendAsync("/dossiers", body, ("Idempotency-Key", "k-1"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task The_same_key_eight_times_at_once_gives_one_dossier()
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = (await engine.CountRowsAsync())["dossiers"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(), ("Idempotency-Key", "k-8")).JsonAsync()));

        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
        Assert.Equal(before + 1, (await engine.CountRowsAsync())["dossiers"]);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        await receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(), ("Idempotency-Key", "k-2")).JsonAsync();
        var before = await engine.CountRowsAsync();

        var other = await receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(body => body["title"] = "Khác"), ("Idempotency-Key", "k-2"));

        await other.ShouldBeRefusedAsync("IDEMPOTENCY_KEY_REUSED");
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Sixteen_at_once_get_the_numbers_one_to_sixteen()
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan", OneStop.OtherWard);
        void There(JsonObject body) => (body["receivingOfficeId"], body["competentOfficeId"]) = (OneStop.OtherWard, OneStop.OtherWard);

        var started = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(There)).JsonAsync()));

        Assert.Equal(
            Enumerable.Range(1, 16),
            started.Select(one => int.Parse(one.Text("code")[^4..], System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Theory]
    [InlineData("procedureCode", "\"9.999999\"", HttpStatusCode.Conflict, "PROCEDURE_NOT_FOUND")]
    [InlineData("procedureCode", "null", HttpStatusCode.BadRequest, "INVALID_INPUT")]
    [InlineData("channel", "\"Carrier pigeon\"", HttpStatusCode.BadRequest, "INVALID_INPUT")]
    [InlineData("channel", "1", HttpStatusCode.BadRequest, "INVALID_INPUT")]
    [InlineData("competentOfficeId", "\"nowhere\"", HttpStatusCode.Conflict, "OFFICE_NOT_FOUND")]
    [InlineData("competentOfficeId", "\"snv\"", HttpStatusCode.Conflict, "COMPETENT_OFFICE_WRONG_LEVEL")]
    [InlineData("applicant", "{\"name\":\"\"}", HttpStatusCode.BadRequest, "INVALID_INPUT")]
    [InlineData("applicant", "{\"name\":\"A\",\"idNumber\":\"12\"}", HttpStatusCode.BadRequest, "INVALID_INPUT")]
    [InlineData("form", "{}", HttpStatusCode.BadRequest, "INVALID_INPUT")]
    [InlineData("form", "[]", HttpStatusCode.BadRequest, "INVALID_INPUT")]
    [InlineData("statusCode", "10", HttpStatusCode.BadRequest, "UNKNOWN_FIELD")]
    public async Task A_wrong_field_is_told_and_changes_nothing(string field, string value, HttpStatusCode status, string code)
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = await engine.CountRowsAsync();

        var response = await receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(body => body[field] = JsonNode.Parse(value)));

        await response.ShouldBeProblemAsync(status, code);
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Theory]
    [InlineData("{\"procedureCode\": \"1.001193\",", "MALFORMED_JSON")]
    [InlineData("not json", "MALFORMED_JSON")]
    [InlineData("", "INVALID_INPUT")]
    [InlineData("{}", "INVALID_INPUT")]
    public async Task A_body_that_cannot_be_read_is_told_and_changes_nothing(string text, string code)
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = await engine.CountRowsAsync();

        using var content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var response = await receptionist.PostAsync(new Uri("/api/v1/dossiers", UriKind.Relative), content);

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task The_fields_of_the_form_are_named()
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan");

        var response = await receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(body => body["form"]!["child"]!["birthDate"] = "hôm qua"));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.True(problem.GetProperty("errors").TryGetProperty("form.child.birthDate", out _), problem.ToString());
    }

    [Fact]
    public async Task Only_a_receptionist_of_the_receiving_office_hands_in()
    {
        var (elsewhere, leader) = (await engine.OfficerAsync("tiep-nhan", OneStop.OtherWard), await engine.OfficerAsync("lanh-dao"));

        await (await elsewhere.SendAsync("/dossiers", OneStop.BirthRegistration())).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await leader.SendAsync("/dossiers", OneStop.BirthRegistration())).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await engine.CreateClient().SendAsync("/dossiers", OneStop.BirthRegistration())).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
    }

    [Fact]
    public async Task The_centre_must_say_who_decides()
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan", OneStop.Centre);

        var response = await receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(body =>
        {
            body["receivingOfficeId"] = OneStop.Centre;
            body.Remove("competentOfficeId");
        }));

        await response.ShouldBeRefusedAsync("COMPETENT_OFFICE_REQUIRED");
    }

    [Fact]
    public async Task Only_the_hash_of_the_secret_is_stored()
    {
        var walk = await Walk.StartAsync(engine);
        await using var db = engine.Open();

        var dossier = db.Dossiers.Single(one => one.Code == walk.Code);

        Assert.Equal(64, dossier.TrackingSecretHash!.Length);
        Assert.DoesNotContain(walk.Secret, JsonSerializer.Serialize(dossier), StringComparison.Ordinal);
    }
}

public sealed class StartDossierSqliteTests(OneStop engine) : StartDossierTests(engine), IClassFixture<OneStop>;

public sealed class StartDossierPostgresTests(PostgresOneStop engine) : StartDossierTests(engine), IClassFixture<PostgresOneStop>;
