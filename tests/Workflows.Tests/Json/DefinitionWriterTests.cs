using System.Text.Json.Nodes;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.Json;

public sealed class DefinitionWriterTests
{
    private const int Definitions = 500;

    public static TheoryData<string> Files { get; } =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Conformance"), "*.json").Where(IsDefinition).Select(file => Path.GetFileName(file)!),
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "workflows"), "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(AppContext.BaseDirectory, file)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_written_as_it_was_read(string name)
    {
        var text = Text(name);

        var written = DefinitionWriter.ForFile(DefinitionReader.Read(text, A.Catalog));

        Assert.Equal(Plain(JsonNode.Parse(text)), Plain(written));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_comes_back_from_studio_with_all_it_had(string name)
    {
        var once = DefinitionWriter.ForStudio(DefinitionReader.Read(Text(name), A.Catalog));

        var back = DefinitionWriter.ForFile(DefinitionReader.Read(once.ToJsonString(), A.Catalog));

        // D0 names one field twice in two spellings; Studio gets the one that counts.
        Assert.All(name.StartsWith("D0", StringComparison.Ordinal) ? [] : Leaves(JsonNode.Parse(Text(name))!), leaf => Assert.Contains(leaf, Leaves(back)));
        Assert.Equal(once.ToJsonString(), DefinitionWriter.ForStudio(DefinitionReader.Read(back.ToJsonString(), A.Catalog)).ToJsonString());
    }

    [Fact]
    public void Random_definitions_survive_the_way_to_the_file_and_to_studio_and_back()
    {
        for (var seed = 0; seed < Definitions; seed++)
        {
            var source = RandomDefinition.Of(seed);
            var definition = DefinitionReader.Read(source.ToJsonString(), A.Catalog);

            var file = DefinitionWriter.ForFile(definition);
            var studio = DefinitionWriter.ForStudio(definition);
            var back = DefinitionWriter.ForFile(DefinitionReader.Read(studio.ToJsonString(), A.Catalog));

            Assert.True(Plain(source) == Plain(file), $"Seed {seed}: {Plain(source)}\n{Plain(file)}");
            Assert.True(Plain(source) == Plain(back), $"Seed {seed} over Studio: {Plain(source)}\n{Plain(back)}");
            Assert.All(Activities(studio), activity => Assert.NotNull(A.Catalog.Find(activity["type"]!.ToString(), 0)));
        }
    }

    [Fact]
    public void Every_activity_gets_the_path_of_where_it_stands_whatever_the_file_said()
    {
        var flow = A.Flow("f", "a>i", A.Line("a").With("nodeId", "stale"), A.Step("If", "i", ("condition", true), ("then", A.Sequence("s", A.Line("b").With("nodeId", null)))));

        foreach (var write in (Func<WorkflowDefinition, JsonObject>[])[DefinitionWriter.ForFile, DefinitionWriter.ForStudio])
        {
            var written = write(A.Definition(A.Workflow(flow.DeepClone().AsObject())));

            Assert.Equal(
                ["Workflow1:f", "Workflow1:f:a", "Workflow1:f:i", "Workflow1:f:i:s", "Workflow1:f:i:s:b"],
                Activities(written).Select(activity => activity["nodeId"]!.ToString()).Order(StringComparer.Ordinal));
            Assert.Equal("nodeId", written["root"]!.AsObject().ElementAt(1).Key);
        }
    }

    [Fact]
    public void An_unknown_activity_is_wrapped_for_studio_and_comes_out_where_the_author_moved_it()
    {
        var unknown = A.Step("Acme.Old", "x", ("title", "Cũ")).With("version", 3).With("metadata", new JsonObject { ["designer"] = new JsonObject { ["x"] = 1 } })
            .With("inside", A.Line("deep"));
        var source = A.Workflow(A.Flow("f", "a>x, x:Approve>z", A.Line("a"), unknown, A.Line("z")));

        var studio = DefinitionWriter.ForStudio(A.Definition(source));
        var wrapped = Activities(studio).Single(activity => activity["id"]!.ToString() == "x");

        Assert.Equal(("Elsa.NotFoundActivity", "Acme.Old", 3), (wrapped["type"]!.ToString(), wrapped["missingTypeName"]!.ToString(), wrapped["missingTypeVersion"]!.GetValue<int>()));
        Assert.Equal("Workflow1:f:x", wrapped["nodeId"]!.ToString());
        Assert.Contains("Cũ", wrapped["originalActivityJson"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, wrapped["metadata"]!["designer"]!["x"]!.GetValue<int>());

        wrapped["metadata"]!["designer"]!["x"] = 99;
        var read = DefinitionReader.Read(studio.ToJsonString(), A.Catalog);
        var back = DefinitionWriter.ForFile(read);

        Assert.Equal("UNKNOWN_ACTIVITY", read.Findings.Single().Code);
        unknown["metadata"]!["designer"]!["x"] = 99;
        Assert.Equal(Plain(unknown), Plain(Activities(back).Single(activity => activity["id"]!.ToString() == "x")));
    }

    [Fact]
    public void A_wrapping_whose_type_is_known_again_is_that_activity()
    {
        var wrapping = new JsonObject { ["id"] = "x", ["type"] = "Elsa.NotFoundActivity", ["version"] = 1, ["missingTypeName"] = "Elsa.WriteLine", ["originalActivityJson"] = A.Line("x").ToJsonString() };

        Assert.Equal("x", Rehearsal.Started(A.Workflow(wrapping)).Lines);
    }

    [Fact]
    public void Legacy_lists_and_arrows_are_read_and_straightened_for_studio()
    {
        var root = A.Flow("f", string.Empty)
            .With("activities", new JsonObject { ["$values"] = new JsonArray(A.Line("a"), A.Line("b")) })
            .With("connections", new JsonObject { ["$values"] = new JsonArray(new JsonObject { ["source"] = "a", ["target"] = "b", ["sourcePort"] = "Done", ["targetPort"] = "In", ["vertices"] = new JsonArray(new JsonObject { ["x"] = 1 }) }) });
        var definition = A.Definition(A.Workflow(root));

        var studio = DefinitionWriter.ForStudio(definition)["root"]!;

        Assert.Equal("a b", new Rehearsal(definition).Start().Lines);
        Assert.Equal(2, studio["activities"]!.AsArray().Count);
        Assert.Equal("""{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"},"vertices":[{"x":1}]}""", studio["connections"]!.AsArray().Single()!.ToJsonString());
    }

    [Fact]
    public void Arrows_to_nowhere_wait_beside_the_flow_and_come_back_with_their_activity()
    {
        var definition = A.Definition(A.Workflow(A.Flow("f", "a>gone, a>b", A.Line("a"), A.Line("b"))));

        var studio = DefinitionWriter.ForStudio(definition)["root"]!.AsObject();
        Assert.Single(studio["connections"]!.AsArray());
        Assert.Equal("gone", studio["customProperties"]!["notFoundConnections"]!.AsArray().Single()!["target"]!["activity"]!.ToString());

        studio["activities"]!.AsArray().Add(A.Line("gone"));
        var again = DefinitionWriter.ForStudio(A.Definition(A.Workflow((JsonObject)studio.DeepClone())))["root"]!;
        Assert.Equal(2, again["connections"]!.AsArray().Count);
        Assert.Empty(again["customProperties"]!["notFoundConnections"]!.AsArray());
    }

    [Fact]
    public void A_new_workflow_of_studio_is_completed()
    {
        var studio = DefinitionWriter.ForStudio(DefinitionReader.Read("""{"name":"Mới","root":{"id":"1","type":"Elsa.Flowchart","version":1,"name":"Flowchart1"}}""", A.Catalog));

        foreach (var list in (string[])["activities", "connections", "variables"])
        {
            Assert.Empty(studio["root"]![list]!.AsArray());
        }

        Assert.Empty(studio["variables"]!.AsArray());
        Assert.Equal("Workflow1:1", studio["root"]!["nodeId"]!.ToString());
    }

    [Fact]
    public void Names_in_another_case_are_spelled_as_studio_reads_them()
    {
        var studio = DefinitionWriter.ForStudio(DefinitionReader.Read("""{"Name":"A","ROOT":{"ID":"l","Type":"Elsa.WriteLine","TEXT":"hi","Odd":1}}""", A.Catalog));

        Assert.Equal("A", studio["name"]!.ToString());
        Assert.Equal(("l", "hi", 1), (studio["root"]!["id"]!.ToString(), studio["root"]!["text"]!.ToString(), studio["root"]!["Odd"]!.GetValue<int>()));
    }

    private static bool IsDefinition(string file) => !file.EndsWith(".scenario.json", StringComparison.Ordinal)
        && !file.EndsWith(".expected.json", StringComparison.Ordinal)
        && !file.EndsWith(".ours.json", StringComparison.Ordinal)
        && !Path.GetFileName(file).StartsWith("C5-", StringComparison.Ordinal);

    private static string Text(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name.StartsWith("workflows", StringComparison.Ordinal) ? name : Path.Combine("Conformance", name)));

    private static IEnumerable<JsonObject> Activities(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(entry => Activities(entry.Value)).Concat(json.ContainsKey("type") && json.ContainsKey("version") && json.ContainsKey("id") ? [json] : []),
        JsonArray list => list.SelectMany(Activities),
        _ => [],
    };

    /// <summary>The text of a node in its own order, without node ids.</summary>
    private static string Plain(JsonNode? node) => Without(node)?.ToJsonString() ?? "null";

    private static JsonNode? Without(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Where(entry => entry.Key != "nodeId").Select(entry => KeyValuePair.Create(entry.Key, Without(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Without)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Every value with its name, in any case of letters and wherever it stands.</summary>
    private static HashSet<string> Leaves(JsonNode node)
    {
        var found = new HashSet<string>();
        void Walk(string name, JsonNode? part)
        {
            switch (part)
            {
                case JsonObject json:
                    foreach (var (key, value) in json.Where(entry => entry.Key != "nodeId"))
                    {
                        Walk(key.ToUpperInvariant(), value);
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Walk(name, item);
                    }

                    break;
                default:
                    found.Add($"{name}={part?.ToJsonString() ?? "null"}");
                    break;
            }
        }

        Walk(string.Empty, node);
        return found;
    }
}
