using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Catalog;

public sealed class DesignerListsTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Lists_have_the_shape_studio_reads()
    {
        Assert.Equal("typeName displayName category description", Names(DesignerLists.VariableTypes));
        Assert.Equal("typeName displayName priority deprecated", Names(DesignerLists.StorageDrivers));
        Assert.Equal("typeName displayName description", Names(DesignerLists.IncidentStrategies));
        Assert.Equal("typeName displayName description", Names(DesignerLists.ActivationStrategies));
        Assert.Equal("typeName displayName description", Names(DesignerLists.LogPersistenceStrategies));
        Assert.Equal("name displayName description", Names(DesignerLists.WorkflowCommitStrategies));
        Assert.Equal("name displayName description", Names(DesignerLists.ActivityCommitStrategies));
        Assert.Equal("type displayName isSerializable isBrowsable properties", Names(ExpressionDescriptor.All));
    }

    [Fact]
    public void No_name_is_offered_twice()
    {
        Assert.Distinct(DesignerLists.VariableTypes.Select(item => item.TypeName));
        Assert.Distinct(DesignerLists.StorageDrivers.Select(item => item.TypeName));
        Assert.Distinct(DesignerLists.IncidentStrategies.Select(item => item.TypeName));
        Assert.Distinct(DesignerLists.ActivationStrategies.Select(item => item.TypeName));
        Assert.Distinct(DesignerLists.LogPersistenceStrategies.Select(item => item.TypeName));
        Assert.Distinct(ExpressionDescriptor.All.Select(item => item.Type));
    }

    [Fact]
    public void Every_type_offered_is_one_the_reader_knows()
    {
        Assert.All(DesignerLists.VariableTypes, type => Assert.Equal(type.TypeName, TypeAlias.Parse(type.TypeName)!.Name));
        Assert.Equal(4, DesignerLists.ActivationStrategies.Count);
        Assert.Equal(4, DesignerLists.LogPersistenceStrategies.Count);
        Assert.Equal("WorkflowInstanceStorageDriver", DesignerLists.StorageDrivers[0].TypeName);
    }

    [Fact]
    public void Only_languages_that_run_are_offered_and_each_names_its_editor()
    {
        Assert.All(ExpressionDescriptor.All, kind => Assert.True(ExpressionKinds.CanEvaluate(kind.Type)));
        Assert.All(ExpressionDescriptor.All.Where(kind => kind.IsBrowsable), kind => Assert.True(kind.Properties.ContainsKey("MonacoLanguage") || kind.Properties.ContainsKey("UIHint")));
    }

    private static string Names<T>(IEnumerable<T> list) =>
        string.Join(' ', ((JsonObject)JsonSerializer.SerializeToNode(list.First(), Web)!).Select(entry => entry.Key));
}
