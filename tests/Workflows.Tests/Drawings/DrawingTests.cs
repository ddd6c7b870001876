using System.Text.Json.Nodes;
using PublicService.Workflows.Drawings;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.Drawings;

/// <summary>A definition as a picture.</summary>
public sealed class DrawingTests
{
    [Fact]
    public void Steps_stand_where_their_author_put_them()
    {
        var chart = Assert.Single(Of(A.Flow("f", "d:True>a", At(A.Decide("d", "true"), 10, 20), At(A.Line("a"), 300, 40))).Charts);

        Assert.Equal(("f", "Main"), (chart.Id, chart.Name));
        Assert.Equal([("d", 10, 20, 230, 54), ("a", 300, 40, 230, 54)], chart.Steps.Select(step => (step.Id, (int)step.X, (int)step.Y, (int)step.Width, (int)step.Height)));
        var arrow = Assert.Single(chart.Arrows);
        Assert.Equal(("d", "True", "Đúng", "a"), (arrow.From, arrow.Port, arrow.Caption, arrow.To));
    }

    [Fact]
    public void A_definition_without_places_is_laid_out_so_that_nothing_covers_anything()
    {
        var steps = Of(A.Flow("f", "s>a, s>b, a>c, b>c, c>a", A.Step("Start", "s"), A.Line("a"), A.Line("b"), A.Line("c"), A.Line("alone"))).Charts.Single().Steps;

        Assert.Equal(5, steps.Select(step => (step.X, step.Y)).Distinct().Count());
        Assert.True(steps.Single(step => step.Id == "c").X > steps.Single(step => step.Id == "a").X);
        Assert.All(steps, step => Assert.DoesNotContain(steps, other => other != step && Math.Abs(other.X - step.X) < step.Width && Math.Abs(other.Y - step.Y) < step.Height));
    }

    [Fact]
    public void What_is_inside_a_step_is_a_chart_of_its_own()
    {
        var charts = Of(A.Flow("f", "", A.Step("If", "i", ("condition", true), ("then", A.Sequence("q", A.Line("x"), A.Line("y")))))).Charts;

        Assert.Equal(["f", "q"], charts.Select(chart => chart.Id));
        Assert.Equal(("x", "y"), (Assert.Single(charts[1].Arrows).From, charts[1].Arrows[0].To));
    }

    [Fact]
    public void A_type_nobody_knows_is_drawn_and_said_to_be_unknown()
    {
        var step = Of(A.Flow("f", "", A.Step("Acme.Old", "x"))).Charts.Single().Steps.Single();

        Assert.Equal(("Acme.Old", "Không rõ loại (Acme.Old)"), (step.Kind, step.KindName));
    }

    [Fact]
    public void Two_versions_in_one_picture_keep_what_is_gone_beside_what_took_its_place()
    {
        var before = A.Definition(A.Workflow(A.Flow("f", "a>b", At(A.Line("a"), 0, 0), At(A.Line("b"), 300, 0))));
        var after = A.Definition(A.Workflow(A.Flow("f", "a>c", At(A.Line("a"), 0, 0), At(A.Line("c"), 310, 10))));

        var chart = Assert.Single(Drawing.Of(before, after).Charts);

        Assert.Equal(["a", "b", "c"], chart.Steps.Select(step => step.Id).Order());
        Assert.Equal(["b", "c"], chart.Arrows.Select(arrow => arrow.To).Order());
        var (gone, now) = (chart.Steps.Single(step => step.Id == "b"), chart.Steps.Single(step => step.Id == "c"));
        Assert.Equal((310, 10), (now.X, now.Y));
        Assert.True(gone.Y >= now.Y + now.Height);
    }

    private static Drawing Of(JsonObject root) => Drawing.Of(A.Definition(A.Workflow(root)));

    private static JsonObject At(JsonObject step, int x, int y) => step.With("metadata", new JsonObject
    {
        ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = y } },
    });
}
