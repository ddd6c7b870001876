using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

public sealed class VariableTests
{
    [Fact]
    public void A_variable_of_a_container_hides_one_of_the_same_name_outside_also_over_a_wait()
    {
        var inner = A.Sequence("in", A.Set("i", "X2", "'inner'"), A.Event("w"), A.Say("a", "getX()")).With("variables", new JsonArray(A.Variable("X", "String", "in0").With("id", "X2")));
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Set("o", "X", "'outer'"), inner, A.Say("b", "getX()")), A.Variable("X", "String", "out0")));

        play.Publish("w");

        Assert.Equal("inner outer", play.Lines);
    }

    [Fact]
    public void A_container_entered_again_begins_with_its_defaults()
    {
        var body = A.Sequence("b", A.Set("i", "N", "getN() + 1"), A.Event("w"), A.Say("x", "getN()")).With("variables", new JsonArray(A.Variable("N", "Int32", "10")));
        var play = Rehearsal.Started(A.Workflow(A.Step("ForEach", "l", ("items", A.Json("[1,2]")), ("body", body))));

        Assert.Equal("11 11", play.Publish("w").Publish("w").Lines);
    }

    [Fact]
    public void A_loop_variable_hides_a_variable_of_the_workflow()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Sequence("s", A.Step("ForEach", "l", ("items", A.Json("[1]")), ("body", A.Sequence("b", A.Event("w"), A.Say("x", "getVariable('CurrentValue')")))), A.Say("z", "getVariable('CurrentValue')")),
            A.Variable("CurrentValue", "String", "outside")));

        Assert.Equal("1 outside", play.Publish("w").Lines);
    }

    [Theory]
    [InlineData("Literal", "7", "7")]
    [InlineData("JavaScript", "3 + 4", "7")]
    [InlineData("Object", "[1,2]", "[1,2]")]
    [InlineData("Json", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("Variable", "{\"id\":\"V\",\"name\":\"V\",\"typeName\":\"String\"}", "vv")]
    [InlineData("Variable", "{\"id\":\"gone\",\"name\":\"V\"}", "vv")]
    [InlineData("Input", "{\"name\":\"Vao\"}", "in")]
    [InlineData("Input", "Vao", "in")]
    public void An_input_takes_its_value_from_every_kind_of_expression(string kind, string value, string line)
    {
        var workflow = A.Workflow(A.Step("WriteLine", "x", ("text", A.Of(kind, value, "String"))), A.Variable("V", "String", "vv")).With("inputs", new JsonArray(A.Port("Vao")));

        Assert.Equal(line, Rehearsal.StartedWith(new JsonObject { ["Vao"] = "in" }, workflow).Lines);
    }

    [Fact]
    public void A_variable_may_be_referred_to_by_an_object_and_an_input_falls_back_to_its_default()
    {
        Assert.Equal("vv", Rehearsal.Started(A.Workflow(A.Step("WriteLine", "x", ("text", A.Of("Variable", new JsonObject { ["name"] = "V" }))), A.Variable("V", "String", "vv"))).Lines);
        Assert.Equal("md", Rehearsal.Started(A.Workflow(A.Step("WriteLine", "x", ("text", A.Of("Input", "Vao")))).With("inputs", new JsonArray(A.Port("Vao", value: "md")))).Lines);
    }

    [Fact]
    public void Each_entry_of_a_dictionary_is_an_expression_of_its_own()
    {
        var entries = """{"a":{"type":"JavaScript","value":"1 + 1"},"b":{"type":"Variable","value":"{\"id\":\"V\"}"},"c":{"type":"Literal","value":"x"}}""";
        var play = Rehearsal.Started(A.Workflow(A.Step("RunTask", "t", ("taskName", "T"), ("payload", A.Json(entries))), A.Variable("V", "String", "vv")));

        Assert.Equal("""{"a":2,"b":"vv","c":"x"}""", play.First.Steps.Values.Single(step => step.NodeId.EndsWith(":t", StringComparison.Ordinal)).Inputs!["Payload"]!.ToJsonString());
    }

    [Fact]
    public void Bare_unset_and_empty_inputs_are_read_as_the_file_means_them()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence(
            "s",
            A.Line("a").With("text", "bare"),
            A.Line("b").With("text", null),
            A.Line("c").With("text", new JsonObject { ["typeName"] = "String" }),
            A.Step("For", "f", ("end", 1), ("body", A.Line("loop"))).With("start", A.Of("Object", string.Empty)),
            A.Line("d").With("text", new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["value"] = "no kind" } }))));

        Assert.Equal("bare   loop loop no kind", play.Lines);
    }

    [Fact]
    public void A_value_that_does_not_fit_its_input_is_an_incident_that_names_the_input()
    {
        var play = Rehearsal.Started(A.Workflow(A.Step("For", "f", ("end", "abc"), ("body", A.Line("x")))));

        Assert.Contains("'End'", play.State.Incidents.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_that_is_no_value_of_its_type_is_an_incident()
    {
        var play = Rehearsal.Started(A.Workflow(A.Line("x"), A.Variable("N", "Int32", "abc")));

        Assert.Equal(InstanceSubStatus.Faulted, play.Ending);
        Assert.Equal("Workflow1", play.State.Incidents.Single().ActivityId);
    }

    [Theory]
    [InlineData("TimeSpan", "PT5M", "00:05:00")]
    [InlineData("DateTimeOffset", "2025-07-01T08:00:00+07:00", "2025-07-01T08:00:00+07:00")]
    [InlineData("DateOnly", "2025-07-01", "2025-07-01")]
    [InlineData("Decimal", "1234.50", "1234.50")]
    [InlineData("Double", "0.5", "0.5")]
    [InlineData("Boolean", "True", "true")]
    [InlineData("Int64", "9007199254740993", "9007199254740993")]
    public void A_default_is_read_as_its_type_says_in_any_culture(string type, string text, string value)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in (string[])["", "vi-VN", "de-DE"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                var play = Rehearsal.Started(A.Workflow(A.Event("w"), A.Variable("V", type, text)));
                Assert.Equal(value, play.State.Steps[0].Variables!["V"]!.ToString());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_vietnamese_server_gives_the_same_results()
    {
        static string Run(string culture)
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                var play = Rehearsal.Started(A.Workflow(
                    A.Sequence(
                        "s",
                        A.Set("a", "D", "getD() * 2 + 0.25"),
                        A.Say("b", "getD()"),
                        A.Step("WriteLine", "v", ("text", A.Of("Variable", "{\"id\":\"D\"}"))),
                        A.Step("Delay", "d", ("timeSpan", "0:00:01.5")),
                        A.Say("t", "new Date(Date.UTC(2026, 0, 5)).toISOString()"),
                        A.Step("StartAt", "at", ("dateTime", "2026-01-05T08:00:01+07:00"))),
                    A.Variable("D", "Decimal", "1234.5"),
                    A.Variable("When", "DateTime", "2025-12-31T23:59:59")));
                return play.Wait().Wait().Lines + string.Join(',', play.State.Steps.SelectMany(step => step.Variables ?? []));
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }

        Assert.Equal(Run(string.Empty), Run("vi-VN"));
        Assert.Contains("2469.25", Run("vi-VN"), StringComparison.Ordinal);
    }
}
