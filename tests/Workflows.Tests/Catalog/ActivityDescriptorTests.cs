using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.Catalog;

public sealed class ActivityDescriptorTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Type, category, kind, flow ports, embedded ports, and inputs as <c>Name:Type(uiHint,default)</c>; <c>raw</c> when not wrapped.</summary>
    public static TheoryData<string, string, string, string, string, string> Rows { get; } = new()
    {
        { "Start", "Flow", "Action", "Done", "", "" },
        { "End", "Flow", "Action", "", "", "" },
        { "FlowDecision", "Branching", "Action", "True False", "", "Condition:Boolean(singleline,false)" },
        { "FlowSwitch", "Branching", "Action", "", "", "Cases:Object(flow-switch-editor,)raw Mode:SwitchMode(dropdown,MatchFirst)" },
        { "FlowFork", "Branching", "Action", "", "", "Branches:List<String>(dynamic-outcomes,)" },
        { "FlowJoin", "Flow", "Action", "Done", "", "Mode:FlowJoinMode(dropdown,WaitAny)" },
        { "FlowNode", "Flow", "Action", "Done", "Body", "" },
        { "If", "Branching", "Action", "Done", "Then Else", "Condition:Boolean(singleline,false)" },
        { "Switch", "Branching", "Action", "Done", "Default", "Cases:Object(switch-editor,)raw Mode:SwitchMode(dropdown,MatchFirst)" },
        { "While", "Looping", "Action", "Done", "Body", "Condition:Boolean(singleline,false)" },
        { "For", "Looping", "Action", "Done", "Body", "Start:Int32(singleline,0) End:Int32(singleline,0) Step:Int32(singleline,1) OuterBoundInclusive:Boolean(checkbox,true)" },
        { "ForEach", "Looping", "Action", "Done", "Body", "Items:List<Object>(singleline,)" },
        { "ParallelForEach", "Looping", "Action", "Done", "Body", "Items:Object(singleline,)" },
        { "Parallel", "Workflows", "Action", "Done", "", "" },
        { "Fork", "Branching", "Action", "Done", "", "" },
        { "Break", "Looping", "Action", "", "", "" },
        { "Finish", "Primitives", "Action", "", "", "" },
        { "Complete", "Composition", "Action", "", "", "Outcomes:Object(outcome-picker,)" },
        { "Fault", "Primitives", "Action", "Done", "", "Code:String(singleline,) Category:String(singleline,) FaultType:String(singleline,) Message:String(singleline,)" },
        { "SetVariable", "Primitives", "Action", "Done", "", "Variable:Variable(variable-picker,)raw Value:Object(singleline,)" },
        { "SetOutput", "Primitives", "Action", "Done", "", "OutputName:String(output-picker,) OutputValue:Object(singleline,)" },
        { "SetName", "Primitives", "Action", "Done", "", "Value:String(singleline,)" },
        { "Correlate", "Primitives", "Action", "Done", "", "CorrelationId:String(singleline,)" },
        { "WriteLine", "Console", "Action", "Done", "", "Text:String(multiline,)" },
        { "RunJavaScript", "Scripting", "Action", "", "", "Script:String(code-editor,) PossibleOutcomes:List<String>(dynamic-outcomes,)" },
        { "Event", "Primitives", "Trigger", "Done", "", "EventName:String(singleline,)" },
        { "PublishEvent", "Primitives", "Action", "Done", "", "EventName:String(singleline,) CorrelationId:String(singleline,) IsLocalEvent:Boolean(checkbox,false) Payload:Object(singleline,)" },
        { "RunTask", "Primitives", "Action", "Done", "", "TaskName:String(singleline,) Payload:ObjectDictionary(dictionary,)" },
        { "Delay", "Scheduling", "Action", "Done", "", "TimeSpan:TimeSpan(singleline,00:01:00)" },
        { "Timer", "Scheduling", "Trigger", "Done", "", "Interval:TimeSpan(singleline,00:01:00)" },
        { "Cron", "Scheduling", "Trigger", "Done", "", "CronExpression:String(singleline,)" },
        { "StartAt", "Scheduling", "Trigger", "Done", "", "DateTime:DateTimeOffset(singleline,)" },
        { "ExecuteWorkflow", "Composition", "Task", "Done", "", "WorkflowDefinitionId:String(workflow-definition-picker,) CorrelationId:String(singleline,) Input:ObjectDictionary(dictionary,) WaitForCompletion:Boolean(checkbox,false)" },
        { "DispatchWorkflow", "Composition", "Action", "Done", "", "WorkflowDefinitionId:String(workflow-definition-picker,) CorrelationId:String(singleline,) Input:ObjectDictionary(dictionary,) WaitForCompletion:Boolean(checkbox,false) StartNewTrace:Boolean(checkbox,false) ChannelName:String(dropdown,)" },
        { "BulkDispatchWorkflows", "Composition", "Task", "Completed Canceled Done", "ChildCompleted ChildFaulted", "WorkflowDefinitionId:String(workflow-definition-picker,) Items:Object(singleline,) DefaultItemInputKey:String(singleline,Item) CorrelationIdFunction:String(singleline,) Input:ObjectDictionary(dictionary,) WaitForCompletion:Boolean(checkbox,true) StartNewTrace:Boolean(checkbox,false) ChannelName:String(dropdown,)" },
        { "Workflow", "Workflows", "Action", "", "", "" },
        { "Sequence", "Workflows", "Action", "Done", "", "" },
        { "Flowchart", "Flow", "Action", "", "", "" },
        { "NotFoundActivity", "System", "Action", "", "", "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_built_in_activity_is_described_as_studio_expects(string type, string category, string kind, string flow, string embedded, string inputs)
    {
        var descriptor = A.Catalog.Descriptors.Single(item => item.TypeName == $"Elsa.{type}");

        Assert.Equal(
            (category, kind, flow, embedded, inputs),
            (descriptor.Category, descriptor.Kind, Ports(descriptor, "Flow"), Ports(descriptor, "Embedded"), string.Join(' ', descriptor.Inputs.Select(Text))));
    }

    [Fact]
    public void Every_descriptor_has_the_json_shape_studio_reads()
    {
        var descriptors = (JsonArray)JsonSerializer.SerializeToNode(A.Catalog.Descriptors, Web)!;

        foreach (var descriptor in descriptors.Cast<JsonObject>())
        {
            Assert.Equal(
                "category constructionProperties customProperties description displayName inputs isBrowsable isContainer isStart isTerminal kind name namespace outputs ports runAsynchronously typeName version",
                Names(descriptor));
            Assert.All(descriptor["inputs"]!.AsArray(), input => Assert.Equal(
                "autoEvaluate category defaultSyntax defaultValue description displayName isBrowsable isReadOnly isSensitive isSerializable isSynthetic isWrapped name order storageDriverType typeName uiHint uiSpecifications",
                Names(input!.AsObject())));
            Assert.All(descriptor["outputs"]!.AsArray(), output => Assert.Equal(
                "description displayName isBrowsable isSerializable isSynthetic name order typeName",
                Names(output!.AsObject())));
            Assert.All(descriptor["ports"]!.AsArray(), port => Assert.Equal("displayName isBrowsable name type", Names(port!.AsObject())));
        }
    }

    [Fact]
    public void Type_and_version_are_unique()
    {
        Assert.Distinct(A.Catalog.Descriptors.Select(descriptor => (descriptor.TypeName, descriptor.Version)));
    }

    [Fact]
    public void Every_dropdown_says_what_may_be_chosen()
    {
        var dropdowns = A.Catalog.Descriptors.SelectMany(descriptor => descriptor.Inputs).Where(input => input.UiHint == UiHints.Dropdown).ToList();

        Assert.NotEmpty(dropdowns);
        Assert.All(dropdowns, input => Assert.NotEmpty(input.UiSpecifications!["dropdown"]!["selectList"]!["items"]!.AsArray()));
        var join = A.Catalog.Descriptors.Single(descriptor => descriptor.TypeName == "Elsa.FlowJoin").Inputs[0];
        Assert.Equal(["WaitAll", "WaitAllActive", "WaitAny"], join.UiSpecifications!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(item => item!["value"]!.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_terminal_activities_have_no_way_on_and_only_start_has_no_way_in()
    {
        Assert.Equal(
            ["Elsa.Break", "Elsa.Complete", "Elsa.End", "Elsa.Finish"],
            A.Catalog.Descriptors.Where(descriptor => descriptor.IsTerminal).Select(descriptor => descriptor.TypeName).Order(StringComparer.Ordinal));
        Assert.Equal(["Elsa.Start"], A.Catalog.Descriptors.Where(descriptor => descriptor.IsStart).Select(descriptor => descriptor.TypeName));
    }

    [Fact]
    public void What_the_palette_hides_is_what_an_author_cannot_use()
    {
        Assert.Equal(
            ["Elsa.Flowchart", "Elsa.Fork", "Elsa.NotFoundActivity", "Elsa.Parallel", "Elsa.Sequence", "Elsa.Workflow"],
            A.Catalog.Descriptors.Where(descriptor => !descriptor.IsBrowsable).Select(descriptor => descriptor.TypeName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Script_editors_know_their_language()
    {
        var script = A.Catalog.Descriptors.Single(descriptor => descriptor.TypeName == "Elsa.RunJavaScript").Inputs[0];

        Assert.Equal("javascript", script.UiSpecifications!["code-editor"]!["language"]!.ToString());
    }

    [Fact]
    public void Outcomes_of_a_node_are_its_ports_and_the_tags_of_its_author()
    {
        var definition = A.Definition(A.Workflow(A.Flow("f", string.Empty, A.Fork("k", "A", "B"), A.Line("l"), A.Step("End", "e"), A.Step("FlowSwitch", "s").With("cases", FlowTests.Cases(("X", "true"))))));

        string Outcomes(string id) => string.Join(' ', definition.FindActivity(id)!.Activity.OutcomesOf(definition.FindActivity(id)!));

        Assert.Equal(("A B", "Done", "", "X Default"), (Outcomes("k"), Outcomes("l"), Outcomes("e"), Outcomes("s")));
    }

    [Theory]
    [InlineData("Tiep nhan", "TiepNhan")]
    [InlineData("xet-duyet_ho.so", "XetDuyetHoSo")]
    public void A_workflow_published_as_an_activity_is_described_like_one(string name, string type)
    {
        var part = A.Definition(A.Workflow(A.Line("l")).With("inputs", new JsonArray(A.Port("MaHoSo"))).With("outputs", new JsonArray(A.Port("KetQua", "Int32")))
            .With("outcomes", new JsonArray("Duyet", "TuChoi")).Option("usableAsActivity", true).Option("activityCategory", "Thủ tục").Named("part", name, 4));

        var descriptor = A.Catalog.WithWorkflows([part]).Descriptors.Single(item => item.TypeName == type);

        Assert.Equal((4, "Thủ tục", name), (descriptor.Version, descriptor.Category, descriptor.DisplayName));
        Assert.Equal(("Duyet TuChoi", "Root"), (Ports(descriptor, "Flow"), Ports(descriptor, "Embedded")));
        Assert.False(descriptor.Ports.Single(port => port.Name == "Root").IsBrowsable);
        Assert.True(descriptor.Inputs.Single() is { Name: "MaHoSo", TypeName: "String", IsWrapped: true, IsSynthetic: true });
        Assert.True(descriptor.Outputs.Single() is { Name: "KetQua", TypeName: "Int32", IsSynthetic: true });
        Assert.Equal(
            """{"RootType":"WorkflowDefinitionActivity","WorkflowDefinitionId":"part","WorkflowDefinitionVersionId":"part:4"}""",
            JsonSerializer.Serialize(descriptor.CustomProperties, Web));
        Assert.Equal(
            """{"WorkflowDefinitionId":"part","WorkflowDefinitionVersionId":"part:4","Version":4}""",
            JsonSerializer.Serialize(descriptor.ConstructionProperties, Web));
    }

    [Fact]
    public void The_version_a_node_names_is_the_one_it_gets()
    {
        var parts = new[] { 1, 2 }.Select(version => A.Definition(A.Workflow(A.Line("l")).Option("usableAsActivity", true).Named("part", "Part", version))).ToList();
        var catalog = A.Catalog.WithWorkflows(parts);

        Assert.Equal([1, 2, 2], new[] { 1, 2, 9 }.Select(version => catalog.Find("Part", version)!.Descriptor.Version));
        Assert.Equal(2, catalog.Descriptors.Count(descriptor => descriptor.TypeName == "Part"));
    }

    private static string Text(InputDescriptor input) => $"{input.Name}:{input.TypeName}({input.UiHint},{input.DefaultValue}){(input.IsWrapped ? string.Empty : "raw")}";

    private static string Ports(ActivityDescriptor descriptor, string type) =>
        string.Join(' ', descriptor.Ports.Where(port => port.Type == type).Select(port => port.Name));

    private static string Names(JsonObject json) => string.Join(' ', json.Select(entry => entry.Key).Order(StringComparer.Ordinal));
}
