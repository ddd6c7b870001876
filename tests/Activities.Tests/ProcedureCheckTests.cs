using System.Text.Json.Nodes;
using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Tests;

/// <summary>Rules that make a definition the process of a procedure.</summary>
public sealed class ProcedureCheckTests
{
    private static readonly ProcedureFacts Facts = new("1.001193", "Đăng ký khai sinh", TimeLimit.SameDay(new TimeOnly(15, 0)));

    [Fact]
    public void Birth_registration_fits_into_its_day()
    {
        Assert.Empty(ProcedureCheck.Check(DossierTrial.Procedure("ho-tich/1.001193-dang-ky-khai-sinh.json"), Facts));
    }

    [Fact]
    public void A_workflow_without_reception_is_no_procedure()
    {
        Assert.Empty(ProcedureCheck.Check(Read(new JsonObject { ["root"] = new JsonObject { ["id"] = "s", ["type"] = "Elsa.Sequence" } }), null));
    }

    [Fact]
    public void A_sequence_of_reception_release_and_return_is_a_procedure()
    {
        JsonObject Step(string type) => new() { ["id"] = type, ["type"] = $"PublicService.{type}" };
        JsonObject Sequence(params string[] types) => new()
        {
            ["customProperties"] = new JsonObject { ["procedureCode"] = Facts.Code },
            ["root"] = new JsonObject { ["id"] = "s", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray([.. types.Select(type => (JsonNode)Step(type))]) },
        };

        Assert.Empty(Codes(Read(Sequence("Intake", "NumberAndRelease", "ReturnResult")), Facts));
        Assert.Equal(["NO_RELEASE", "NO_RETURN"], Codes(Read(Sequence("NumberAndRelease", "ReturnResult", "Intake")), Facts));
    }

    [Fact]
    public void A_code_the_catalogue_does_not_know_is_named()
    {
        Assert.Equal(["PROCEDURE_UNKNOWN"], Codes(Changed(_ => { }), null));
    }

    [Fact]
    public void A_way_back_to_the_citizen_must_exist()
    {
        var codes = Codes(Changed(root => Arrows(root).RemoveAll(arrow => arrow!["target"]!["activity"]!.ToString() == "TraKetQua")), Facts);

        Assert.Equal(["NO_RETURN"], codes);
    }

    [Fact]
    public void Without_release_there_is_neither_release_nor_return()
    {
        var codes = Codes(Changed(root => Arrows(root).RemoveAll(arrow => arrow!["target"]!["activity"]!.ToString() == "PhatHanh")), Facts);

        Assert.Equal(["NO_RELEASE", "NO_RETURN"], codes);
    }

    [Fact]
    public void A_step_longer_than_the_whole_limit_is_named()
    {
        var finding = ProcedureCheck.Check(Changed(root => Hours(root, "SuaDuThao", 9)), Facts).Single();

        Assert.Equal(("STEP_EXCEEDS_LIMIT", "SuaDuThao"), (finding.Code, finding.ActivityId));
    }

    [Fact]
    public void Steps_that_together_exceed_the_limit_name_the_longest()
    {
        var finding = ProcedureCheck.Check(Changed(root => Hours(root, "GhiSo", 7)), Facts).Single();

        Assert.Equal(("STEPS_EXCEED_LIMIT", "GhiSo"), (finding.Code, finding.ActivityId));
    }

    [Fact]
    public void Time_outside_the_clock_does_not_count()
    {
        Assert.Empty(ProcedureCheck.Check(Changed(root => Hours(root, "XacMinh", 240)), Facts));
    }

    [Fact]
    public void A_pause_needs_its_article_and_its_end()
    {
        var codes = Codes(
            Changed(root =>
            {
                Step(root, "TamDung").Remove("article");
                Arrows(root).RemoveAll(arrow => arrow!["target"]!["activity"]!.ToString() == "TiepTuc");
            }),
            Facts);

        Assert.Contains("PAUSE_WITHOUT_ARTICLE", codes);
        Assert.Contains("PAUSE_WITHOUT_RESUME", codes);
    }

    private static List<string> Codes(WorkflowDefinition definition, ProcedureFacts? facts) =>
        [.. ProcedureCheck.Check(definition, facts).Select(finding => finding.Code)];

    private static WorkflowDefinition Changed(Action<JsonObject> change)
    {
        var source = (JsonObject)DossierTrial.Procedure("ho-tich/1.001193-dang-ky-khai-sinh.json").Source.DeepClone();
        change((JsonObject)source["root"]!);
        return Read(source);
    }

    private static WorkflowDefinition Read(JsonObject source) => DefinitionReader.Read(source, DossierTrial.Catalog);

    private static JsonArray Arrows(JsonObject root) => (JsonArray)root["connections"]!;

    private static JsonObject Step(JsonObject root, string id) => (JsonObject)((JsonArray)root["activities"]!).Single(step => step!["id"]!.ToString() == id)!;

    private static void Hours(JsonObject root, string id, int hours) => Step(root, id)["hours"] = OneStep.Literal("Int32", hours);
}
