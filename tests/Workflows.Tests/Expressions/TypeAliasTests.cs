using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Expressions;

public sealed class TypeAliasTests
{
    [Theory]
    [InlineData("String", "String")]
    [InlineData("string", "String")]
    [InlineData(" INT32 ", "Int32")]
    [InlineData("Long", "Int64")]
    [InlineData("json", "JSON")]
    [InlineData("byte[]", "ByteArray")]
    [InlineData("String[]", "String[]")]
    [InlineData("list<int32>", "List<Int32>")]
    [InlineData("IReadOnlyList<Object>", "List<Object>")]
    [InlineData("HashSet<String>", "HashSet<String>")]
    [InlineData("List<String[]>", "List<String[]>")]
    [InlineData("FlowJoinMode", "FlowJoinMode")]
    public void An_alias_is_read_in_any_case_and_form(string alias, string name) => Assert.Equal(name, TypeAlias.Parse(alias)!.Name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("KhongCo")]
    [InlineData("List<KhongCo>")]
    [InlineData("Tuple<String>")]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    public void An_unknown_alias_is_null_and_no_type_is_loaded(string? alias) => Assert.Null(TypeAlias.Parse(alias));

    [Fact]
    public void A_collection_knows_its_element()
    {
        Assert.Equal("Int32", TypeAlias.Parse("List<Int32>")!.Element!.Name);
        Assert.Equal("String[]", TypeAlias.Parse("String", isArray: true)!.Name);
        Assert.Null(TypeAlias.Parse("KhongCo", isArray: true));
        Assert.Contains(TypeAlias.Plain, type => type.Name == "TimeSpan");
    }

    [Fact]
    public void The_designer_is_offered_what_can_be_evaluated()
    {
        Assert.Equal(["JavaScript", "Variable", "Input"], ExpressionDescriptor.All.Where(kind => kind.IsBrowsable).Select(kind => kind.Type));
        Assert.All(ExpressionDescriptor.All, kind => Assert.True(ExpressionKinds.CanEvaluate(kind.Type)));
        Assert.Equal("javascript", ExpressionDescriptor.All.Single(kind => kind.Type == ExpressionKinds.JavaScript).Properties["MonacoLanguage"]);
        Assert.True(ExpressionKinds.IsKnown("Liquid"));
        Assert.False(ExpressionKinds.CanEvaluate("Liquid"));
        Assert.False(ExpressionKinds.IsKnown("Ruby"));
    }
}
