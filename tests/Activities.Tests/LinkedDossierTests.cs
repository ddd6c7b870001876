using System.Text.Json.Nodes;
using PublicService.Activities.Coordination;
using PublicService.Dossiers;
using PublicService.Workflows.Checks;
using static PublicService.Activities.Tests.OneStep;

namespace PublicService.Activities.Tests;

/// <summary>Liên thông nhiều thủ tục, seen from the parent.</summary>
public sealed class LinkedDossierTests
{
    private const string Parts = """
        [{"procedure":"1.004222","office":"xa-06760","form":{"name":"An"},"papers":["Giấy chứng sinh"]},{"procedure":"2.000908"}]
        """;

    private static readonly string[] Outcomes = [StartLinkedDossiers.Completed, StartLinkedDossiers.Partly, StartLinkedDossiers.Failed];

    [Theory]
    [InlineData(true, true, StartLinkedDossiers.Completed)]
    [InlineData(true, false, StartLinkedDossiers.Partly)]
    [InlineData(false, false, StartLinkedDossiers.Failed)]
    public void Goes_on_when_the_last_part_has_ended(bool first, bool second, string outcome)
    {
        var trial = Start();

        Assert.Equal(2, trial.Waiting.Count);
        End(trial, first);
        Assert.Empty(trial.Lines);
        End(trial, second);

        Assert.Equal([outcome], trial.Lines);
        Assert.Equal(2, trial.Dossier.Ledger.Count(entry => entry.Act is LedgerAct.LinkedDossierStarted));
        Assert.Equal(2, trial.Dossier.Ledger.Count(entry => entry.Act is LedgerAct.LinkedDossierEnded));
        var results = (JsonArray)trial.State.Outputs[Id]["Results"]!;
        Assert.Equal([("1.004222", first), ("2.000908", second)], results.Select(part => (part!["procedure"]!.ToString(), part["completed"]!.GetValue<bool>())));
    }

    [Fact]
    public void Each_part_reports_to_its_own_wait()
    {
        var trial = Start();
        var second = trial.State.Bookmarks[1].Key;

        trial.Resume(Id, 1, Ended(true));

        var results = (JsonArray)trial.State.Steps.First(step => step.Properties?.ContainsKey("Parts") == true).Properties!["Parts"]!;
        Assert.Equal(second, results.Single(part => part!["completed"] is not null)!["part"]!.ToString());
        Assert.Equal("2.000908", results.Single(part => part!["completed"] is not null)!["procedure"]!.ToString());
    }

    [Fact]
    public void Nothing_to_link_is_complete_at_once()
    {
        var trial = Run("PublicService.StartLinkedDossiers", new JsonObject { ["parts"] = Literal("List<Object>", "[]") }, Outcomes);

        Assert.Equal([StartLinkedDossiers.Completed], trial.Lines);
    }

    [Fact]
    public void A_step_without_parts_is_not_published()
    {
        var definition = Definition("PublicService.StartLinkedDossiers", [], Outcomes);

        Assert.Contains(DefinitionCheck.Check(definition), finding => finding.Code == "LINKED_PARTS_MISSING");
    }

    private static DossierTrial Start() =>
        Run("PublicService.StartLinkedDossiers", new JsonObject { ["parts"] = Literal("List<Object>", Parts) }, Outcomes);

    private static void End(DossierTrial trial, bool completed) => trial.Resume(Id, StartLinkedDossiers.BookmarkName, Ended(completed));

    private static JsonObject Ended(bool completed) => new()
    {
        ["code"] = "H49.40-260105-0002",
        ["status"] = "x",
        ["statusCode"] = completed ? 9 : 8,
        ["completed"] = completed,
        ["resultNumber"] = completed ? "12/2026" : null,
    };
}
