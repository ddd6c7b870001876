using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Expressions;

/// <summary>The rows of contract E.1.</summary>
public sealed class ScriptGlobalsTests : IDisposable
{
    private readonly ScriptContext context = new();
    private readonly FakeScope scope = new() { Last = new JsonObject { ["ok"] = true }, CorrelationId = "HS-1" };

    public void Dispose() => context.Dispose();

    [Theory]
    [InlineData("getWorkflowDefinitionId()", "khai-sinh")]
    [InlineData("getWorkflowDefinitionVersionId()", "v-12")]
    [InlineData("getWorkflowDefinitionVersion() + 1", "4")]
    [InlineData("getWorkflowInstanceId()", "i-1")]
    [InlineData("getCorrelationId()", "HS-1")]
    [InlineData("getWorkflowInstanceName()", null)]
    [InlineData("getLastResult() && getLastResult().ok === true", "True")]
    [InlineData("getInput('MaHoSo')", "H01")]
    [InlineData("getInput('KhongCo')", null)]
    [InlineData("getMaHoSo()", "H01")]
    [InlineData("getOutputFrom('ThamDinh')", "đạt")]
    [InlineData("getOutputFrom('ThamDinh', 'Diem')", "9")]
    [InlineData("getResultFromThamDinh() + getDiemFromThamDinh()", "đạt9")]
    [InlineData("typeof getConfig + typeof setOutcome + typeof setOutcomes", "undefinedundefinedundefined")]
    [InlineData("isNullOrWhiteSpace(' ') && isNullOrWhiteSpace(null) && !isNullOrWhiteSpace('a')", "True")]
    [InlineData("isNullOrEmpty('') && !isNullOrEmpty(' ')", "True")]
    [InlineData("toJson({ a: [1] })", "{\"a\":[1]}")]
    [InlineData("typeof parseGuid('6F9619FF8B86D011B42D00C04FC964FF') + parseGuid('6F9619FF8B86D011B42D00C04FC964FF')", "object6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("newGuidString().length + typeof newGuid()", "36object")]
    [InlineData("newShortGuid().length", "22")]
    [InlineData("stringFromBase64(stringToBase64('Việt'))", "Việt")]
    [InlineData("bytesToString(bytesFromBase64(bytesToBase64(bytesFromString('Việt'))))", "Việt")]
    [InlineData("streamToBase64(streamToBytes(bytesFromString('a')))", "YQ==")]
    [InlineData("new Date().toISOString() + Date.now()", "2025-07-01T01:02:03.000Z1751331723000")]
    [InlineData("DateTime.UtcNow", "2025-07-01T01:02:03Z")]
    [InlineData("new DateTime(2025, 7, 2)", "2025-07-02")]
    [InlineData("DateTimeOffset.Parse('2025-07-01T08:00:00+07:00').getTime() === Date.UTC(2025, 6, 1, 1)", "True")]
    [InlineData("TimeSpan.FromHours(26).ToString() + TimeSpan.Parse('PT5M').TotalMinutes", "1.02:00:005")]
    [InlineData("new TimeSpan(-1500).toString()", "-00:00:01.5000000")]
    [InlineData("Guid.Empty", "00000000-0000-0000-0000-000000000000")]
    [InlineData("new Random().Next(3, 4)", "3")]
    [InlineData("new Date() instanceof Date && new Date(0).constructor === Date", "True")]
    public void Each_global_answers_as_the_contract_says(string script, string? expected)
    {
        scope.WithInput("maHoSo", "H01").WithInput("MaHoSo", "H01")
            .WithOutput("ThamDinh", "Result", "đạt").WithOutput("ThamDinh", "Diem", 9);

        Assert.Equal(expected, ValueConverter.ToText(ValueConverter.Convert(context.Evaluate(script, scope), TypeAlias.String)));
    }

    [Theory]
    [InlineData("hoSo", "getHoSo()")]
    [InlineData("HoSo", "getHoSo()")]
    [InlineData("ho_so", "getHo_so()")]
    [InlineData("ho_so", "getHoSo()")]
    [InlineData("đơnVị", "getĐơnVị()")]
    [InlineData("Tên hồ sơ", "getTênHồSơ()")]
    [InlineData("x1", "getX1()")]
    [InlineData("hoSo", "getVariable('hoSo')")]
    [InlineData("hoSo", "variables.hoSo")]
    [InlineData("ho_so", "variables['ho_so']")]
    [InlineData("hoSo", "'hoSo' in variables && Object.keys(variables).join() === 'hoSo' && { ...variables }.hoSo")]
    public void A_variable_is_read_by_any_spelling_of_its_accessor(string name, string script)
    {
        scope.With(name, "String", "giá trị");

        Assert.Equal("giá trị", ValueConverter.ToText(context.Evaluate(script, scope)));
    }

    [Fact]
    public void A_name_composed_of_two_characters_is_the_name_of_one()
    {
        scope.With("Tên", "String", "An");

        Assert.Equal("An", ValueConverter.ToText(context.Evaluate("get" + "Tên".Normalize(System.Text.NormalizationForm.FormD) + "()", scope)));
    }

    [Theory]
    [InlineData("setHoSo(2)")]
    [InlineData("setVariable('hoSo', 2)")]
    [InlineData("variables.hoSo = 2")]
    [InlineData("variables.hoSo++")]
    public void A_variable_is_written_by_each_form_and_converted_to_its_type(string script)
    {
        scope.With("hoSo", "Int32", 1);

        context.Evaluate(script, scope);

        Assert.Equal(2, scope["hoSo"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("getO().ds.push(3)")]
    [InlineData("variables.O.ds.push(3); 'xong'")]
    [InlineData("const o = getVariable('O'); o.ds[2] = 3")]
    public void An_object_changed_in_place_is_written_back(string script)
    {
        scope.With("O", "Object", "{\"ds\":[1,2]}");

        context.Evaluate(script, scope);

        Assert.Equal("{\"ds\":[1,2,3]}", scope["O"]!.ToJsonString());
    }

    [Fact]
    public void Reading_writes_nothing_and_keeps_digits_that_scripts_cannot_hold()
    {
        scope.With("O", "Object", "{\"so\":9007199254740993}");

        context.Evaluate("const a = []; a.push(getO().so); a", scope);

        Assert.Empty(scope.Written);
    }

    [Fact]
    public void A_date_written_to_a_variable_stays_a_date()
    {
        scope.With("DT", "DateTime", null).With("DTO", "DateTimeOffset", null).With("O", "Object", null);

        context.Evaluate("setDT(new Date(0)); variables.DTO = new Date(0); setO({ luc: new Date(0) })", scope);

        Assert.Equal("1970-01-01T00:00:00Z", ValueConverter.ToText(scope["DT"]));
        Assert.Equal("1970-01-01T00:00:00+00:00", ValueConverter.ToText(scope["DTO"]));
        Assert.Equal("{\"luc\":\"1970-01-01T00:00:00.000Z\"}", scope["O"]!.ToJsonString());
    }

    [Fact]
    public void Correlation_and_name_can_be_set_and_cleared()
    {
        context.Evaluate("setCorrelationId('HS-2'); setWorkflowInstanceName('Khai sinh')", scope);
        Assert.Equal(("HS-2", "Khai sinh"), (scope.CorrelationId, scope.WorkflowInstanceName));

        context.Evaluate("setCorrelationId(null)", scope);
        Assert.Null(scope.CorrelationId);
    }

    [Fact]
    public void A_built_in_name_wins_over_a_variable_of_that_name()
    {
        scope.With("CorrelationId", "String", "biến");

        Assert.Equal("HS-1biến", ValueConverter.ToText(context.Evaluate("getCorrelationId() + getVariable('CorrelationId')", scope)));
    }

    [Fact]
    public void Outcomes_and_configuration_exist_only_where_the_scope_offers_them()
    {
        var runJavaScript = new FakeScope { MayChooseOutcomes = true, Settings = new() { ["Ten"] = "Sở" } };
        var scripts = "setOutcome('Duyệt'); setOutcomes(['A','B']); getConfig('Ten') + getConfig('Khong')";

        Assert.Equal("Sởnull", ValueConverter.ToText(context.Evaluate(scripts, runJavaScript)));
        Assert.Equal(["Duyệt", "A", "B"], runJavaScript.Outcomes);
        Assert.Throws<ScriptException>(() => context.Evaluate(scripts, scope));
        Assert.Equal("undefined", ValueConverter.ToText(context.Evaluate("typeof getConfig", scope)));
    }

    [Fact]
    public void An_argument_is_a_value_and_an_accessor_for_one_evaluation()
    {
        scope.Given["item"] = new JsonObject { ["id"] = 7 };
        Assert.Equal("14", ValueConverter.ToText(context.Evaluate("item.id + getItem().id", scope)));

        scope.Given.Clear();
        Assert.Equal("undefinedundefined", ValueConverter.ToText(context.Evaluate("typeof item + typeof getItem", scope)));
    }

    [Fact]
    public void An_accessor_follows_the_scope()
    {
        scope.With("X", "String", "ngoài");
        Assert.Equal("ngoài", ValueConverter.ToText(context.Evaluate("getX()", scope)));

        Assert.Equal("trong", ValueConverter.ToText(context.Evaluate("getX()", new FakeScope().With("X", "String", "trong"))));
        Assert.Throws<ScriptException>(() => context.Evaluate("getX()", scope.Without("X")));
    }

    [Fact]
    public void Bytes_cross_as_numbers_and_come_back_as_base64()
    {
        scope.With("tep", "ByteArray", "AQID");

        var result = context.Evaluate("getTep().map(n => n + 1)", scope);

        Assert.Equal("AgME", ValueConverter.Convert(result, TypeAlias.Bytes)!.GetValue<string>());
    }
}
