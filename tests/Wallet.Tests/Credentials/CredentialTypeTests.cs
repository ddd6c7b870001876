using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Credentials;

public sealed class CredentialTypeTests
{
    private static readonly string Seed = Path.Combine(AppContext.BaseDirectory, "seed");

    /// <summary>Places that do not come from the form: what the house knows of the issue, and what steps add to the result.</summary>
    private static readonly string[] Known = ["issue.number", "issue.office", "issue.date", "result.personalNumber", "result.taxCode"];

    private static readonly Lazy<Dictionary<string, JsonObject>> Forms = new(() => Directory.GetFiles(Path.Combine(Seed, "forms"), "*.json")
        .Select(file => (JsonObject)JsonNode.Parse(File.ReadAllText(file))!).Where(form => form.ContainsKey("x-procedure"))
        .ToDictionary(form => form["x-procedure"]!.ToString()));

    public static TheoryData<string> All => [.. House.Types.Keys];

    private static CredentialType Read(Action<JsonObject> change)
    {
        var json = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "credential-types", "citizen-card.json")))!;
        change(json);
        return CredentialTypeReader.Read(json.ToJsonString());
    }

    [Fact]
    public void The_types_of_the_province_are_there() => Assert.Equal(
        ["birth-certificate-extract", "citizen-card", "construction-permit", "death-certificate-extract", "household-business-registration", "marital-status-certificate", "marriage-certificate"],
        House.Types.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Only_the_card_of_this_portal_logs_in() => Assert.Equal(["citizen-card"], House.Types.Values.Where(type => type.MayLogIn).Select(type => type.Id));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_claim_has_a_place_in_the_form_of_its_procedures(string id)
    {
        var type = House.Types[id];
        foreach (var procedure in type.Procedures)
        {
            foreach (var claim in type.Claims.Where(claim => claim.IsMandatory))
            {
                Assert.True(claim.From.Any(place => Known.Contains(place) || IsIn(Forms.Value[procedure], place)), $"{id}, {procedure}: {string.Join(" | ", claim.From)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_place_is_in_some_form_of_its_procedures(string id)
    {
        var type = House.Types[id];
        foreach (var place in type.Claims.SelectMany(claim => claim.From).Where(place => !Known.Contains(place) && !place.StartsWith("person.", StringComparison.Ordinal)))
        {
            Assert.True(type.Procedures.Any(procedure => IsIn(Forms.Value[procedure], place)), $"{id}: {place}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_procedure_is_one_of_the_province(string id)
    {
        var known = JsonNode.Parse(File.ReadAllText(Path.Combine(Seed, "procedures.json")))!["procedures"]!.AsArray().Select(one => one!["code"]!.ToString()).ToHashSet();
        Assert.All(House.Types[id].Procedures, code => Assert.Contains(code, known));
    }

    [Fact]
    public void Takes_claims_from_the_first_place_that_has_one()
    {
        var extract = House.Types["birth-certificate-extract"];
        var facts = (JsonObject)JsonNode.Parse("""
            {"result": {"subject": {"fullName": "Phạm Thị Hoa", "birthDate": "1961-05-06", "sex": "nu", "birthPlace": "Cẩm Phả", "hometown": ""}},
             "issue": {"number": "5/2026", "office": "UBND phường Cẩm Phả", "date": "2026-11-20"}}
            """)!;

        var claims = extract.ClaimsOf(facts).ToDictionary(claim => string.Join('.', claim.Path), claim => claim.Value.ToString());

        Assert.Equal("Phạm Thị Hoa", claims["full_name"]);
        Assert.Equal("5/2026", claims["registration.number"]);
        Assert.False(claims.ContainsKey("hometown"));
        Assert.False(claims.ContainsKey("personal_id"));
    }

    [Fact]
    public void Does_not_issue_without_what_must_be_there() =>
        Assert.Throws<UnacceptableException>(() => House.Types["birth-certificate-extract"].ClaimsOf(House.Facts));

    [Theory]
    [InlineData("id", "\"Thẻ công dân\"", "lower case")]
    [InlineData("version", "0", "version")]
    [InlineData("name", """{"en-US":"Card"}""", "Vietnamese")]
    [InlineData("days", "0", "days")]
    [InlineData("days", "5000", "days")]
    [InlineData("background", "\"red\"", "#rrggbb")]
    [InlineData("claims", "[]", "has claims")]
    [InlineData("claims", """[{"path":["exp"],"from":"a","display":{"vi-VN":"x"}}]""", "token's own")]
    [InlineData("claims", """[{"path":[],"from":"a","display":{"vi-VN":"x"}}]""", "1 to 3 names")]
    [InlineData("claims", """[{"path":["a"],"display":{"vi-VN":"x"}}]""", "either from or constant")]
    [InlineData("claims", """[{"path":["a"],"from":"b","constant":"c","display":{"vi-VN":"x"}}]""", "either from or constant")]
    [InlineData("claims", """[{"path":["a"],"from":"b","display":{"vi-VN":"x"}},{"path":["a"],"from":"c","display":{"vi-VN":"x"}}]""", "described twice")]
    [InlineData("claims", """[{"path":["a"],"from":"b","display":{"vi-VN":"x"}},{"path":["a","b"],"from":"c","display":{"vi-VN":"x"}}]""", "lies over another")]
    [InlineData("claims", """[{"path":["a"],"from":"b","display":{"en-US":"x"}}]""", "Vietnamese")]
    [InlineData("claims", """[{"path":["a"],"from":"b","mandatory":true,"display":{"vi-VN":"x"}}]""", "personal_id")]
    public void Says_what_is_wrong_with_a_type(string member, string value, string finding) => Assert.Contains(
        finding, Assert.Throws<UnacceptableException>(() => Read(json => json[member] = JsonNode.Parse(value))).Message, StringComparison.Ordinal);

    private static bool IsIn(JsonObject form, string place)
    {
        JsonNode? node = form;
        var names = place.Split('.');
        return names[0] == "result" && names.Skip(1).All(name => (node = node?["properties"]?[name]) is not null);
    }
}
