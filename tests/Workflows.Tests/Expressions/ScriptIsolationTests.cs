using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Expressions;

public sealed class ScriptIsolationTests : IDisposable
{
    private readonly ScriptContext context = new();
    private readonly FakeScope scope = new();

    public void Dispose() => context.Dispose();

    [Theory]
    [InlineData("(function(){ globalThis.leak = 1; return 'set'; })()", "typeof globalThis.leak", "undefined")]
    [InlineData("leak = 1", "typeof leak", "undefined")]
    [InlineData("var leak = 1", "typeof leak", "undefined")]
    [InlineData("function leak() { }", "typeof leak", "undefined")]
    [InlineData("class leak { }", "typeof leak", "undefined")]
    [InlineData("for (leak of [1]) { }", "typeof leak", "undefined")]
    [InlineData("if (true) leak = 1", "typeof leak", "undefined")]
    [InlineData("leak >>= 1", "typeof leak", "undefined", true)]
    [InlineData("(() => { leak = 1 })()", "typeof leak", "undefined")]
    [InlineData("this.leak = 1", "typeof leak", "undefined")]
    [InlineData("Object.defineProperty(globalThis, 'leak', { value: 1, configurable: false })", "typeof leak", "undefined")]
    [InlineData("Array.prototype.map = () => 'xấu'", "[1].map(x => x)[0]", "1")]
    [InlineData("[].__proto__.map = () => 'xấu'", "[1].map(x => x)[0]", "1")]
    [InlineData("[]['const' + 'ructor']['proto' + 'type'].push(5)", "Array.prototype.length", "0")]
    [InlineData("Object.assign(Math, { max: () => 'xấu' })", "Math.max(1, 2)", "2")]
    [InlineData("delete Math.max", "typeof Math.max", "function")]
    [InlineData("Object.freeze(Array.prototype)", "Object.isFrozen(Array.prototype)", "False")]
    [InlineData("getN = () => 9", "getN()", "5")]
    [InlineData("JSON.stringify = () => 'xấu'", "toJson(1)", "1")]
    [InlineData("Date.now = () => 1", "Date.now()", "1751331723000")]
    public void Nothing_one_script_leaves_is_seen_by_the_next(string first, string second, string expected, bool mayFail = false)
    {
        scope.With("N", "Int32", 5);
        try
        {
            context.Evaluate(first, scope);
        }
        catch (ScriptException) when (mayFail)
        {
            Assert.True(mayFail);
        }

        Assert.Equal(expected, ValueConverter.ToText(context.Evaluate(second, scope)));
    }

    [Fact]
    public void Classes_may_override_what_the_built_ins_define()
    {
        var script = "class Loi extends Error { constructor(m) { super(m); this.name = 'Loi'; } toString() { return 'L:' + this.message; } } String(new Loi('a'))";

        Assert.Equal("L:a", ValueConverter.ToText(context.Evaluate(script, scope)));
    }

    [Fact]
    public void A_context_may_move_between_threads()
    {
        scope.With("N", "Int32", 0).With("O", "Object", "{\"n\":0}");
        for (var turn = 0; turn < 200; turn++)
        {
            var thread = new Thread(() => context.Evaluate("setN(getN() + 1); getO().n++; [getN(), getO()]", scope));
            thread.Start();
            thread.Join();
        }

        Assert.Equal(200, scope["N"]!.GetValue<int>());
        Assert.Equal(200, scope["O"]!["n"]!.GetValue<int>());
    }

    [Fact]
    public async Task Many_contexts_work_side_by_side()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() =>
        {
            using var own = new ScriptContext();
            var here = new FakeScope().With("N", "Int32", number);
            own.Evaluate("globalThis.mine = getN()", here);
            return own.Evaluate("typeof mine === 'undefined' && [getN()].map(n => n * 2)[0]", here)!.GetValue<long>() == number * 2;
        })));

        Assert.All(results, Assert.True);
    }

    [Fact]
    public void A_scope_may_evaluate_in_another_context_while_it_is_asked()
    {
        using var inner = new ScriptContext();
        var nested = new NestedScope(inner);

        Assert.Equal("trong-ngoài", ValueConverter.ToText(context.Evaluate("getLastResult() + '-' + getVariable('ngoai')", nested)));
    }

    [Fact]
    public void Two_callers_at_once_and_a_closed_context_are_refused()
    {
        var scopeThatCallsBack = new NestedScope(context);
        Assert.Contains("one call at a time", Assert.Throws<ScriptException>(() => context.Evaluate("getLastResult()", scopeThatCallsBack)).Message, StringComparison.Ordinal);

        context.Dispose();
        Assert.Throws<ObjectDisposedException>(() => context.Evaluate("1 + 1", scope));
    }

    [Fact]
    public void A_missing_library_is_reported_with_the_command_that_installs_it()
    {
        Assert.True(ScriptContext.IsAvailable);
        ScriptContext.EnsureAvailable();
        Assert.Contains("apt-get install libjavascriptcoregtk-4.1-0", new ScriptEngineMissingException().Message, StringComparison.Ordinal);
    }

    private sealed class NestedScope(ScriptContext inner) : ScriptScope
    {
        public override string WorkflowDefinitionId => "d";
        public override string WorkflowDefinitionVersionId => "v";
        public override int WorkflowDefinitionVersion => 1;
        public override string WorkflowInstanceId => "i";
        public override string? CorrelationId { get; set; }
        public override string? WorkflowInstanceName { get; set; }
        public override DateTimeOffset Now => DateTimeOffset.UnixEpoch;
        public override IEnumerable<string> VariableNames => ["ngoai"];
        public override IEnumerable<string> InputNames => [];
        public override JsonNode? LastResult => inner.Evaluate("['tr', 'ong'].join('')", new FakeScope());

        public override bool TryGetVariable(string name, out JsonNode? value, out TypeAlias type)
        {
            (value, type) = ("ngoài", TypeAlias.String);
            return name == "ngoai";
        }

        public override bool SetVariable(string name, JsonNode? value) => false;

        public override bool TryGetInput(string name, out JsonNode? value, out TypeAlias type)
        {
            (value, type) = (null, TypeAlias.Object);
            return false;
        }

        public override JsonNode? GetOutput(string activityIdOrName, string outputName) => null;
    }
}
