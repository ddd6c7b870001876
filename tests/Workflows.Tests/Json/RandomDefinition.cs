using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.Json;

/// <summary>A random definition with everything a file may carry besides what runs.</summary>
internal sealed class RandomDefinition(Random random)
{
    private int number;

    public static JsonObject Of(int seed)
    {
        var maker = new RandomDefinition(new Random(seed));
        return A.Workflow(maker.Container(3), A.Variable("V1", "Object", "{}"))
            .With("customProperties", maker.Anything(2))
            .With("x-unknown", maker.Anything(2))
            .With("toolVersion", "3.8.0.0");
    }

    private JsonObject Container(int depth)
    {
        var children = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Activity(depth - 1)).ToArray();
        var ids = children.Select(child => child["id"]!.ToString()).ToArray();
        var arrows = string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => $"{ids[random.Next(ids.Length)]}>{ids[random.Next(ids.Length)]}"));
        var container = random.Next(2) == 0 ? A.Flow(Next(), arrows, children) : A.Sequence(Next(), children);
        foreach (var arrow in (container["connections"] as JsonArray ?? []).OfType<JsonObject>())
        {
            arrow["vertices"] = new JsonArray(new JsonObject { ["x"] = random.Next(100), ["y"] = 1.5 });
        }

        return Decorated(container.With("variables", new JsonArray(A.Variable(Next(), "String", "a"))));
    }

    private JsonObject Activity(int depth) => Decorated(random.Next(depth > 0 ? 6 : 3) switch
    {
        0 => A.Step("Acme.Unknown", Next(), ("title", "Tiêu đề")).With("child", A.Line("inside")),
        1 => A.Say(Next(), "1 + 1"),
        2 => A.Step("RunTask", Next(), ("taskName", "T")).With("result", new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "V1" }, ["converter"] = new JsonObject { ["id"] = "c" } }),
        3 => A.Step("If", Next(), ("condition", true), ("then", Container(depth - 1)), ("else", null)),
        4 => A.Step("Switch", Next()).With("cases", new JsonArray(new JsonObject { ["label"] = "A", ["condition"] = new JsonObject { ["type"] = "Literal", ["value"] = true }, ["activity"] = Activity(depth - 1) })),
        _ => Container(depth),
    });

    private JsonObject Decorated(JsonObject step) => step
        .With("customProperties", new JsonObject { ["canStartWorkflow"] = false, ["odd"] = Anything(1) })
        .With("metadata", new JsonObject { ["displayText"] = "Bước", ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = random.Next(500), ["y"] = 20.25 } } })
        .With("x-note", Anything(1));

    private JsonObject Anything(int depth)
    {
        var json = new JsonObject { ["text"] = "Đã “duyệt” <b>", ["number"] = random.Next(), ["flag"] = random.Next(2) == 0, ["nothing"] = null };
        if (depth > 0)
        {
            json["list"] = new JsonArray(1, "hai", Anything(depth - 1), new JsonArray());
        }

        return json;
    }

    private string Next() => string.Create(CultureInfo.InvariantCulture, $"x{++number}");
}
