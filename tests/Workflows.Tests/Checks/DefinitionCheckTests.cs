using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Workflows.Checks;
using PublicService.Workflows.Model;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.Checks;

public sealed partial class DefinitionCheckTests
{
    private static readonly Dictionary<string, (JsonObject Bad, string? ActivityId)> Wrong = new()
    {
        ["UNKNOWN_ACTIVITY"] = (Flow("a>x, x:Approved>z", A.Line("a"), A.Step("Acme.Old", "x"), A.Line("z")), "x"),
        ["UNKNOWN_ACTIVITY wrapped"] = (Flow("a>x", A.Line("a"), A.Step("NotFoundActivity", "x")), "x"),
        ["UNCONNECTED_OUTCOME"] = (Flow("d:True>a", A.Decide("d", "true"), A.Line("a")), "d"),
        ["UNCONNECTED_OUTCOME switch"] = (Flow("s:A>a", A.Step("FlowSwitch", "s").With("cases", FlowTests.Cases(("A", "true"))), A.Line("a")), "s"),
        ["UNKNOWN_OUTCOME"] = (Flow("a:Approved>b", A.Line("a"), A.Line("b")), "a"),
        ["UNREACHABLE"] = (Flow("s>a", A.Step("Start", "s"), A.Line("a"), A.Line("lost")), "lost"),
        ["MISSING_START"] = (A.Workflow(A.Flow("f", string.Empty)), "f"),
        ["MISSING_ROOT"] = (A.Workflow(A.Line("a")).With("root", null), null),
        ["UNKNOWN_VARIABLE assigned"] = (Flow("a>x", A.Line("a"), A.Set("x", "Khong", "1")), "x"),
        ["UNKNOWN_VARIABLE expression"] = (Flow("a>x", A.Line("a"), A.Step("WriteLine", "x", ("text", A.Of("Variable", "{\"id\":\"k\",\"name\":\"Khong\"}")))), "x"),
        ["UNKNOWN_VARIABLE script"] = (Flow("a>x", A.Line("a"), A.Say("x", "variables.Khong + 1")), "x"),
        ["UNKNOWN_VARIABLE call"] = (Flow("a>x", A.Line("a"), A.Say("x", "getVariable('Khong')")), "x"),
        ["UNKNOWN_VARIABLE set"] = (Flow("a>x", A.Line("a"), A.Step("RunJavaScript", "x", ("script", "setVariable(\"Khong\", 1)"))), "x"),
        ["UNKNOWN_VARIABLE case"] = (Flow("s:A>a, s:Default>b", A.Step("FlowSwitch", "s").With("cases", FlowTests.Cases(("A", "variables.Khong"))), A.Line("a"), A.Line("b")), "s"),
        ["UNKNOWN_INPUT"] = (Flow("a>x", A.Line("a"), A.Step("WriteLine", "x", ("text", A.Of("Input", "{\"name\":\"Khong\"}")))), "x"),
        ["UNKNOWN_OUTPUT"] = (Flow("a>x", A.Line("a"), A.Step("SetOutput", "x", ("outputName", "Khong"), ("outputValue", 1))), "x"),
        ["UNSUPPORTED_EXPRESSION Liquid"] = (Flow("a>x", A.Line("a"), A.Step("WriteLine", "x", ("text", A.Of("Liquid", "{{ Variables.X }}")))), "x"),
        ["UNSUPPORTED_EXPRESSION CSharp"] = (Flow("a>x", A.Line("a"), A.Step("WriteLine", "x", ("text", A.Of("CSharp", "1")))), "x"),
        ["UNSUPPORTED_EXPRESSION Python"] = (Flow("a>x", A.Line("a"), A.Step("WriteLine", "x", ("text", A.Of("Python", "1")))), "x"),
        ["UNSUPPORTED_EXPRESSION entry"] = (Flow("a>x", A.Line("a"), A.Step("RunTask", "x", ("taskName", "T"), ("payload", A.Json("{\"k\":{\"type\":\"Liquid\",\"value\":\"x\"}}")))), "x"),
        ["SCRIPT_SYNTAX"] = (Flow("a>x", A.Line("a"), A.Say("x", "const a = 1;\nreturn a +;")), "x"),
        ["SCRIPT_SYNTAX run"] = (Flow("a>x", A.Line("a"), A.Step("RunJavaScript", "x", ("script", "if ("))), "x"),
        ["SCRIPT_SYNTAX case"] = (Flow("s:A>a, s:Default>b", A.Step("FlowSwitch", "s").With("cases", FlowTests.Cases(("A", "1 +"))), A.Line("a"), A.Line("b")), "s"),
        ["INVALID_LOOP"] = (Flow("a>b, a>c, b>d, c>d, d:True>b, d:False>z", A.Line("a"), A.Line("b"), A.Line("c"), A.Decide("d", "true"), A.Line("z")), "d"),
        ["MERGE_MODE_CASCADE"] = (Flow("a>x", A.Line("a"), A.Line("x").Custom("mergeMode", "Cascade")), "x"),
        ["DUPLICATE_ID"] = (A.Workflow(A.Sequence("s", A.Line("b"), A.Line("b"))), "b"),
        ["DUPLICATE_ID nested"] = (Flow("a>i", A.Line("a"), A.Step("If", "i", ("condition", true), ("then", A.Sequence("s", A.Line("a"))))), "a"),
        ["CONNECTION_TO_NOWHERE"] = (Flow("a>gone", A.Line("a")), "f"),
        ["INPUT_WITHOUT_TYPE"] = (Flow("a>x", A.Line("a"), A.Line("x").With("text", new JsonObject { ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "b" } })), "x"),
        ["BAD_DEFAULT"] = (A.Workflow(A.Line("a"), A.Variable("N", "Int32", "abc")), "Workflow1"),
        ["BAD_DEFAULT inner"] = (A.Workflow(A.Sequence("s", A.Line("a")).With("variables", new JsonArray(A.Variable("N", "DateTime", "mai")))), "s"),
        ["BAD_VALUE"] = (A.Workflow(A.Step("Delay", "d", ("timeSpan", "lâu"))), "d"),
        ["UNKNOWN_TYPE"] = (A.Workflow(A.Line("a"), A.Variable("N", "Acme.Money")), "Workflow1"),
        ["TRIGGER_WITHOUT_NAME"] = (A.Workflow(A.Step("Event", "e", ("eventName", A.Js("'a'"))).Custom("canStartWorkflow", true)), "e"),
    };

    public static TheoryData<string> Cases { get; } = [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_mistake_is_found_once_at_its_activity_and_nothing_else(string name)
    {
        var (bad, activityId) = Wrong[name];

        var findings = DefinitionCheck.Check(A.Definition(bad));

        var finding = Assert.Single(findings);
        Assert.Equal((name.Split(' ')[0], activityId), (finding.Code, finding.ActivityId));
        Assert.Equal(name is "INPUT_WITHOUT_TYPE" or "UNKNOWN_INPUT" or "UNKNOWN_OUTPUT" ? FindingLevel.Warning : FindingLevel.Error, finding.Level);
        Assert.True(VietnameseLetter().IsMatch(finding.Message) && finding.Message.Length > 15, finding.Message);
    }

    [Fact]
    public void A_good_definition_has_no_findings()
    {
        var good = A.Workflow(
            A.Flow(
                "f",
                "s>h, h>i, i>d, d:True>h, d:False>k, k:A>a, k:B>b, a>j, b>j, j>l, l>e",
                A.Step("Start", "s"),
                A.Event("h"),
                A.Set("i", "N", "getN() + variables.N + getInput('Vao').length"),
                A.Decide("d", "getVariable('N') < 3"),
                A.Fork("k", "A", "B"),
                A.Line("a"),
                A.Step("SetOutput", "b", ("outputName", "Ra"), ("outputValue", A.Of("Input", "{\"name\":\"Vao\"}"))),
                A.Join("j", "WaitAll"),
                A.Step("ForEach", "l", ("items", A.Json("[1]")), ("body", A.Sequence("q", A.Say("x", "getVariable('CurrentValue') + variables.CurrentIndex + variables.M")).With("variables", new JsonArray(A.Variable("M", "Int32[]", "[1]"))))),
                A.Step("End", "e")),
            A.Variable("N", "Int32", "0"),
            A.Variable("When", "DateTimeOffset")).With("inputs", new JsonArray(A.Port("Vao"))).With("outputs", new JsonArray(A.Port("Ra")));

        Assert.Empty(DefinitionCheck.Check(A.Definition(good)));
    }

    [Fact]
    public void A_syntax_error_says_on_which_line_it_is()
    {
        Assert.Contains("2", DefinitionCheck.Check(A.Definition(Wrong["SCRIPT_SYNTAX"].Bad)).Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_back_to_the_step_before_the_fork_is_no_mistake()
    {
        Assert.Empty(DefinitionCheck.Check(A.Definition(Flow("a>b, a>c, b>d, c>d, d:True>a, d:False>z", A.Line("a"), A.Line("b"), A.Line("c"), A.Decide("d", "true"), A.Line("z")))));
    }

    [Fact]
    public void Each_trigger_is_a_start_of_its_own()
    {
        var two = Flow("e1>a, e2>b", A.Event("e1").Custom("canStartWorkflow", true), A.Event("e2").Custom("canStartWorkflow", true), A.Line("a"), A.Line("b"));

        Assert.Empty(DefinitionCheck.Check(A.Definition(two)));
    }

    private static JsonObject Flow(string arrows, params JsonObject[] activities) => A.Workflow(A.Flow("f", arrows, activities));

    [GeneratedRegex("[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", RegexOptions.IgnoreCase)]
    private static partial Regex VietnameseLetter();
}
