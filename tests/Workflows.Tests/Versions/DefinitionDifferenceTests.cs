using System.Text.Json.Nodes;
using PublicService.Workflows.Tests.Running;
using PublicService.Workflows.Versions;

namespace PublicService.Workflows.Tests.Versions;

/// <summary>Two versions are compared by what they mean to their author.</summary>
public sealed class DefinitionDifferenceTests
{
    [Fact]
    public void The_same_definition_has_no_difference()
    {
        var difference = Between(_ => { });

        Assert.True(difference.IsSame);
        Assert.Empty(difference.Moved);
        Assert.Empty(difference.Redrawn);
    }

    [Fact]
    public void Steps_and_arrows_come_and_go()
    {
        var difference = Between(workflow => workflow["root"] = A.Flow("f", "a>d, d:True>z, d:False>n, n>z", Placed("a", 0), A.Decide("d", "true"), A.Line("n"), A.Line("z")));

        Assert.Equal("n", Assert.Single(difference.Added).Id);
        Assert.Equal("b", Assert.Single(difference.Removed).Id);
        Assert.Equal(["d>n Sai", "n>z "], difference.AddedArrows.Select(arrow => $"{arrow.From}>{arrow.To} {arrow.Caption}").Order());
        Assert.Equal(["b>z ", "d>b Sai"], difference.RemovedArrows.Select(arrow => $"{arrow.From}>{arrow.To} {arrow.Caption}").Order());
        Assert.Empty(difference.Changed);
    }

    [Fact]
    public void A_field_says_what_it_was_and_what_it_is()
    {
        var difference = Between(workflow => Step(workflow, "d")["condition"] = A.Js("2 > 1"));

        var step = Assert.Single(difference.Changed);
        Assert.Equal(("d", null, "Rẽ nhánh đúng/sai"), (step.Id, step.FormerName, step.KindName));
        Assert.Equal(new FieldChange("Điều kiện", "JavaScript: true", "JavaScript: 2 > 1"), Assert.Single(step.Fields));
    }

    [Fact]
    public void A_caption_that_is_another_is_a_renaming()
    {
        var difference = Between(workflow => Step(workflow, "a")["metadata"]!["displayText"] = "Tiếp nhận hồ sơ");

        var step = Assert.Single(difference.Changed);
        Assert.Equal(("Tiếp nhận hồ sơ", "Tiếp nhận"), (step.Name, step.FormerName));
        Assert.Empty(step.Fields);
    }

    [Fact]
    public void A_step_that_only_stands_elsewhere_is_moved_and_nothing_else()
    {
        var difference = Between(workflow => Step(workflow, "a")["metadata"]!["designer"]!["position"]!["x"] = 500);

        Assert.True(difference.IsSame);
        Assert.Equal("a", Assert.Single(difference.Moved).Id);
    }

    [Fact]
    public void An_arrow_that_only_bends_elsewhere_is_redrawn()
    {
        var difference = Between(workflow => workflow["root"]!["connections"]![0]!["vertices"] = new JsonArray(new JsonObject { ["x"] = 10, ["y"] = 20 }));

        Assert.True(difference.IsSame);
        Assert.Equal(("a", "d"), (Assert.Single(difference.Redrawn).From, difference.Redrawn[0].To));
    }

    [Fact]
    public void What_the_editor_writes_in_another_way_is_the_same()
    {
        var difference = Between(workflow =>
        {
            foreach (var step in workflow["root"]!["activities"]!.AsArray())
            {
                step!["nodeId"] = $"Workflow1:f:{step["id"]}";
                step["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false };
            }

            Step(workflow, "b")["text"]!["memoryReference"] = null;
            workflow["description"] = "";
            workflow["customProperties"] = new JsonObject { ["VariableTestValues"] = new JsonObject { ["x"] = 1 } };
        });

        Assert.True(difference.IsSame);
    }

    [Fact]
    public void The_outermost_flowchart_is_the_same_under_another_id() =>
        Assert.True(Between(workflow => (workflow["root"]!["id"], workflow["root"]!["name"]) = ("g", "f")).IsSame);

    [Theory]
    [InlineData("\"5\"", "5", true)]
    [InlineData("\"True\"", "true", true)]
    [InlineData("\"[1, 2]\"", "[1,2]", true)]
    [InlineData("5", "6", false)]
    [InlineData("\"a\"", "\"A\"", false)]
    public void A_literal_is_compared_by_what_it_says(string before, string after, bool same)
    {
        var (old, now) = (Old(), Old());
        Step(old, "b")["text"] = A.Of("Literal", JsonNode.Parse(before));
        Step(now, "b")["text"] = A.Of("Literal", JsonNode.Parse(after));

        Assert.Equal(same, DefinitionDifference.Between(A.Definition(old), A.Definition(now)).IsSame);
    }

    [Fact]
    public void An_input_that_loses_its_type_is_unset_and_so_another()
    {
        var difference = Between(workflow => Step(workflow, "b")["text"]!["typeName"] = null);

        Assert.Equal("Nội dung", Assert.Single(Assert.Single(difference.Changed).Fields).Field);
    }

    [Fact]
    public void The_definition_itself_is_compared_too()
    {
        var difference = Between(workflow =>
        {
            workflow["name"] = "Khác";
            workflow["variables"] = new JsonArray(A.Variable("N", "Int32", "2"), A.Variable("M", "String"));
            workflow["inputs"] = new JsonArray(A.Port("Vao"));
            workflow["options"]!["usableAsActivity"] = true;
            workflow["customProperties"] = new JsonObject { ["procedureCode"] = "1.001193" };
        });

        Assert.Equal(
        [
            new("Tên quy trình", "Main", "Khác"),
            new("Biến “N”", "tên N; kiểu Int32; mặc định 1", "tên N; kiểu Int32; mặc định 2"),
            new("Biến “M”", null, "tên M; kiểu String"),
            new("Đầu vào “Vao”", null, "tên Vao; kiểu String"),
            new("Dùng được như một bước", null, "có"),
            new("Mã thủ tục", null, "1.001193"),
        ], difference.Workflow);
        Assert.Empty(difference.Changed);
    }

    [Fact]
    public void Steps_inside_others_are_compared_where_they_are()
    {
        static JsonObject Nested(string text, bool outside) => A.Workflow(A.Flow(
            "f",
            outside ? "i>x" : "",
            [A.Step("If", "i", ("condition", true), ("then", outside ? null : A.Sequence("q", A.Line("x").With("text", A.Of("Literal", text))))),
            .. outside ? new[] { A.Line("x").With("text", A.Of("Literal", text)) } : []]));

        var changed = DefinitionDifference.Between(A.Definition(Nested("một", false)), A.Definition(Nested("hai", false)));
        var moved = DefinitionDifference.Between(A.Definition(Nested("một", false)), A.Definition(Nested("một", true)));

        Assert.Equal(new FieldChange("Nội dung", "một", "hai"), Assert.Single(Assert.Single(changed.Changed).Fields));
        Assert.Equal("q", Assert.Single(moved.Removed).Id);
        Assert.Equal(new FieldChange("Nằm trong", "q", null), Assert.Single(Assert.Single(moved.Changed).Fields));
    }

    private static DefinitionDifference Between(Action<JsonObject> change)
    {
        var after = Old();
        change(after);
        return DefinitionDifference.Between(A.Definition(Old()), A.Definition(after));
    }

    private static JsonObject Old() => A.Workflow(A.Flow("f", "a>d, d:True>z, d:False>b, b>z", Placed("a", 0), A.Decide("d", "true"), A.Line("b"), A.Line("z")), A.Variable("N", "Int32", "1"));

    private static JsonObject Placed(string id, int x) => A.Line(id).With("metadata", new JsonObject
    {
        ["displayText"] = "Tiếp nhận",
        ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = 0 } },
    });

    private static JsonNode Step(JsonObject workflow, string id) => workflow["root"]!["activities"]!.AsArray().First(step => step!["id"]!.ToString() == id)!;
}
