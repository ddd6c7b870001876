using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Expressions;

/// <summary>The recorded values of conformance cases 60, 71, 72, 74, 75 and 77, and the forms a script may have.</summary>
public sealed class ScriptContextTests : IDisposable
{
    private readonly ScriptContext context = new();
    private readonly FakeScope scope = new();

    public void Dispose() => context.Dispose();

    [Theory]
    [InlineData("S", "String", "xin chào", "S=string:xin chào")]
    [InlineData("I", "Int32", "7", "I=number:7")]
    [InlineData("L", "Int64", "9007199254740993", "L=number:9007199254740992")]
    [InlineData("B", "Boolean", "true", "B=boolean:true")]
    [InlineData("D", "Double", "1.5", "D=number:1.5")]
    [InlineData("M", "Decimal", "1234567890.12", "M=number:1234567890.12")]
    [InlineData("DT", "DateTime", "2025-07-01T08:00:00Z", "DT=object:Tue Jul 01 2025 08:00:00 GMT+0000 (Coordinated Universal Time)")]
    [InlineData("DTO", "DateTimeOffset", "2025-07-01T08:00:00+07:00", "DTO=object:Tue Jul 01 2025 01:00:00 GMT+0000 (Coordinated Universal Time)")]
    [InlineData("TS", "TimeSpan", "1.02:03:04", "TS=object:1.02:03:04")]
    [InlineData("G", "Guid", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "G=object:6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("O", "Object", null, "O=object:null")]
    public void Variables_of_each_type_cross_as_recorded_in_case_60(string name, string alias, string? value, string expected)
    {
        scope.With(name, alias, value);

        Assert.Equal(expected, Text($"'{name}=' + typeof(get{name}()) + ':' + get{name}()"));
    }

    [Theory]
    [InlineData("'42'", "Int32", "42")]
    [InlineData("0.1 + 0.2", "Decimal", "0.3")]
    [InlineData("'true'", "Boolean", "true")]
    [InlineData("new Date(Date.UTC(2025,6,1,1,2,3))", "DateTime", "\"2025-07-01T01:02:03Z\"")]
    [InlineData("['một','hai']", "String[]", "[\"một\",\"hai\"]")]
    [InlineData("({ ten: 'An', tuoi: 30, ds: [1,2] })", "Object", "{\"ten\":\"An\",\"tuoi\":30,\"ds\":[1,2]}")]
    [InlineData("NaN", "String", "\"NaN\"")]
    [InlineData("1/0", "String", "\"Infinity\"")]
    public void Results_are_assigned_as_recorded_in_case_60(string script, string alias, string expected)
    {
        var assigned = ValueConverter.Convert(context.Evaluate(script, scope), TypeAlias.Parse(alias)!);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(assigned!.ToJsonString())), assigned.ToJsonString());
    }

    [Theory]
    [InlineData("new Date(Date.UTC(2025,6,1)).toISOString()", "2025-07-01T00:00:00.000Z")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1e21", "1E+21")]
    [InlineData("12345678901234567890", "1.2345678901234567E+19")]
    [InlineData("(1234567.891).toLocaleString('vi-VN')", "1.234.567,891")]
    [InlineData("5", "5")]
    [InlineData("5.0", "5")]
    [InlineData("getM() + 1", "1.1")]
    [InlineData("new Date(2025,6,1)", "2025-07-01")]
    [InlineData("getDT()", "2025-07-01T08:00:00Z")]
    [InlineData("NaN", "NaN")]
    [InlineData("10n ** 20n", "100000000000000000000")]
    public void Dates_and_numbers_print_by_the_rule_of_case_71(string script, string expected)
    {
        scope.With("M", "Decimal", "0.1").With("DT", "DateTime", "2025-07-01T08:00:00Z");

        Assert.Equal(expected, Text(script));
    }

    [Theory]
    [InlineData("getL().length + ' ' + getL().map(x=>x.ten).join(',') + ' ' + getL().reduce((s,x)=>s+x.phi,0)", "2 A,B 30")]
    [InlineData("[1,2,3]", "[1,2,3]")]
    [InlineData("({a:1})", "{\"a\":1}")]
    [InlineData("null", null)]
    [InlineData("undefined", null)]
    [InlineData("true", "True")]
    [InlineData("(() => 1)", null)]
    public void Arrays_and_objects_print_as_recorded_in_case_72(string script, string? expected)
    {
        scope.With("L", "Object", "[{\"ten\":\"A\",\"phi\":10},{\"ten\":\"B\",\"phi\":20}]");

        Assert.Equal(expected, Text(script));
    }

    [Fact]
    public void A_text_that_is_not_a_script_is_a_syntax_failure_as_in_case_74()
    {
        var failure = Assert.Throws<ScriptException>(() => context.Evaluate("1 +", scope));

        Assert.Equal(ScriptFailure.Syntax, failure.Kind);
    }

    [Fact]
    public void An_unknown_name_is_a_runtime_failure_that_says_the_name_as_in_case_75()
    {
        var failure = Assert.Throws<ScriptException>(() => context.Evaluate("\n khongTonTai + 1", scope));

        Assert.Equal((ScriptFailure.Runtime, 2), (failure.Kind, failure.Line));
        Assert.Contains("khongTonTai", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("typeof System", "undefined")]
    [InlineData("typeof require + typeof fetch + typeof setTimeout + typeof console", "undefinedundefinedundefinedundefined")]
    [InlineData("typeof globalThis['con' + 'sole'] + typeof this.Atomics + typeof Uint8\\u0041rray", "undefinedundefinedundefined")]
    [InlineData("(() => typeof this['Web' + 'Assembly'])() + typeof Array['from' + 'Async']", "undefinedundefined")]
    [InlineData("typeof process + typeof load + typeof WebAssembly + typeof host + typeof ArrayBuffer", "undefinedundefinedundefinedundefinedundefined")]
    public void Nothing_outside_is_reached_as_in_case_77(string script, string expected) => Assert.Equal(expected, Text(script));

    [Theory]
    [InlineData("getN() + 1", "6")]
    [InlineData("getN() + 1;", "6")]
    [InlineData("const a = getN(); a * 2", "10")]
    [InlineData("let s = 0; for (let i = 0; i < 4; i++) { s += i; } s", "6")]
    [InlineData("if (getN() > 3) { 'lớn' } else { 'nhỏ' }", "lớn")]
    [InlineData("return getN() > 3 ? 'a' : 'b'", "a")]
    [InlineData("if (getN() > 9) { return 'x'; }\nreturn 'y'; // hết", "y")]
    [InlineData("x = 5; x + 1", "6")]
    [InlineData("var y = 1; y + 1", "2")]
    [InlineData("function f() { return 7 } f()", "7")]
    [InlineData("{ a: 1 }", "1")]
    [InlineData("{ \"a\": 1 }", "{\"a\":1}")]
    [InlineData("// chỉ là lời ghi\n3", "3")]
    [InlineData("", null)]
    [InlineData("const getN = () => 9; getN()", "9")]
    [InlineData("`HS ${getN()}`", "HS 5")]
    [InlineData("'a;b'", "a;b")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("Promise.resolve(4).then(v => v + 1)", "5")]
    [InlineData("Promise.all([1, Promise.resolve(2)]).then(all => all.join('-'))", "1-2")]
    [InlineData("new Promise(done => done({ a: 1 }))", "{\"a\":1}")]
    public void A_script_is_an_expression_or_statements_with_or_without_return(string script, string? expected)
    {
        scope.With("N", "Int32", 5);

        Assert.Equal(expected, Text(script));
        Assert.Equal(expected, Text(script));
        Assert.Null(ScriptContext.CheckSyntax(script));
    }

    [Theory]
    [InlineData("1) + (2")]
    [InlineData("} {")]
    [InlineData("return 1 }); (function() {")]
    [InlineData("await 1")]
    [InlineData("(async () => 1)()")]
    [InlineData("import('x')")]
    public void Text_that_escapes_or_uses_what_is_not_offered_is_refused(string script)
    {
        var failure = Assert.Throws<ScriptException>(() => context.Evaluate(script, scope));

        Assert.Equal(ScriptFailure.Syntax, failure.Kind);
        Assert.NotNull(ScriptContext.CheckSyntax(script));
    }

    [Fact]
    public void The_check_of_a_script_names_the_line()
    {
        Assert.Contains("line 3", ScriptContext.CheckSyntax("const a = 1;\nconst b = 2;\na b\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw new Error('hỏng')", "hỏng")]
    [InlineData("throw 'chữ'", "chữ")]
    [InlineData("Promise.reject(new Error('từ chối'))", "từ chối")]
    [InlineData("new Promise(() => {})", "never settled")]
    [InlineData("const a = {}; a.a = a; a", "refers to itself")]
    [InlineData("let a = 1; for (let i = 0; i < 100; i++) { a = [a]; } a", "nested too deeply")]
    [InlineData("({ toJSON() { let a = 1; for (let i = 0; i < 100; i++) { a = [a]; } return a; } })", "depth")]
    [InlineData("getVariable('KhongCo')", "KhongCo")]
    [InlineData("setVariable('KhongCo', 1)", "KhongCo")]
    [InlineData("variables.KhongCo = 1", "KhongCo")]
    [InlineData("eval('1')", "not supported")]
    [InlineData("new Function('return 1')()", "not supported")]
    [InlineData("(() => {}).constructor('return 1')()", "not supported")]
    public void A_script_that_fails_says_why(string script, string expected)
    {
        var failure = Assert.Throws<ScriptException>(() => context.Evaluate(script, scope));

        Assert.Equal(ScriptFailure.Runtime, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_variable_refuses_fails_the_script_with_its_cause()
    {
        scope.With("N", "Int32", 1);

        var failure = Assert.Throws<ScriptException>(() => context.Evaluate("setN('chữ')", scope));

        Assert.IsType<ConversionException>(failure.InnerException);
        Assert.Equal(1, scope["N"]!.GetValue<int>());
    }

    [Fact]
    public void An_object_changed_so_that_its_variable_refuses_it_fails_the_script()
    {
        scope.With("A", "Int32[]", "[1]");

        var failure = Assert.Throws<ScriptException>(() => context.Evaluate("getA().push('chữ')", scope));

        Assert.IsType<ConversionException>(failure.InnerException);
        Assert.Equal("[1]", scope["A"]!.ToJsonString());
    }

    private string? Text(string script) => ValueConverter.ToText(context.Evaluate(script, scope));
}
