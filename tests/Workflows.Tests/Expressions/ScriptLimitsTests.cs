using System.Diagnostics;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Expressions;

[Collection(nameof(AloneCollection))]
public sealed class ScriptLimitsTests : IDisposable
{
    private readonly ScriptContext context = new();
    private readonly FakeScope scope = new();

    public void Dispose() => context.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("for (;;) { try { throw 1 } catch { } }")]
    [InlineData("[1].map(function f() { return [1].map(f) })", ScriptFailure.Runtime)]
    [InlineData("(function f() { return f() + 1 })()", ScriptFailure.Runtime)]
    [InlineData("(function f() { return Promise.resolve().then(f) })()")]
    [InlineData("Promise.resolve().then(() => { while (true) { } })")]
    [InlineData("({ toJSON() { while (true) { } } })")]
    [InlineData("while (true) { Date.now() }")]
    public void A_script_that_never_ends_is_stopped_and_the_next_one_runs(string script, ScriptFailure expected = ScriptFailure.Timeout)
    {
        var clock = Stopwatch.StartNew();

        var failure = Assert.Throws<ScriptException>(() => context.Evaluate(script, scope));

        Assert.Equal(expected, failure.Kind);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), $"took {clock.Elapsed}");
        Assert.Equal("2", ValueConverter.ToText(context.Evaluate("1 + 1", scope)));
    }

    [Theory]
    [InlineData("const a = []; while (true) { a.push(new Array(1000).fill(7)); }")]
    [InlineData("let s = ['x']; while (true) { s = s.concat(s); }")]
    [InlineData("let s = 'x'; while (true) { s += s; }")]
    [InlineData("'x'.repeat(2 ** 30)")]
    [InlineData("'x'.padEnd(2 ** 30)")]
    [InlineData("new Array(1e9).fill(1)")]
    [InlineData("Array(2 ** 26).join('ab')")]
    [InlineData("String(Array(2 ** 26))")]
    [InlineData("new Uint8Array(2 ** 30).fill(1)")]
    public void A_script_that_takes_memory_for_ever_is_stopped_and_the_process_stays_small(string script)
    {
        var before = Environment.WorkingSet;

        var failure = Assert.Throws<ScriptException>(() => context.Evaluate(script, scope));

        Assert.NotEqual(ScriptFailure.Syntax, failure.Kind);
        Assert.True(Environment.WorkingSet - before < 600L * 1024 * 1024, $"grew {(Environment.WorkingSet - before) >> 20} MiB");
        Assert.Equal("2", ValueConverter.ToText(context.Evaluate("1 + 1", scope)));
    }

    [Fact]
    public void Growing_memory_is_noticed_before_the_time_is_over()
    {
        using var patient = new ScriptContext(new ScriptLimits { Time = TimeSpan.FromSeconds(20), MemoryGrowth = 64L * 1024 * 1024 });

        var failure = Assert.Throws<ScriptException>(() => patient.Evaluate("const a = []; while (true) { a.push(new Array(1000).fill(7)); }", scope));

        Assert.Equal(ScriptFailure.Memory, failure.Kind);
    }

    [Theory]
    [InlineData("'x'.repeat(1048577)")]
    [InlineData("const a = []; for (let i = 0; i < 200000; i++) { a.push('abcdef'); } a")]
    [InlineData("const s = 'x'.repeat(100000); const a = []; for (let i = 0; i < 1000; i++) { a.push(s); } a")]
    public void A_result_over_a_mebibyte_is_refused(string script)
    {
        var failure = Assert.Throws<ScriptException>(() => context.Evaluate(script, scope));

        Assert.Equal(ScriptFailure.Memory, failure.Kind);
    }

    [Fact]
    public void The_time_is_the_one_the_host_gives()
    {
        using var hasty = new ScriptContext(new ScriptLimits { Time = TimeSpan.FromMilliseconds(20) });
        var clock = Stopwatch.StartNew();

        Assert.Throws<ScriptException>(() => hasty.Evaluate("while (true) { }", scope));

        Assert.True(clock.ElapsedMilliseconds < 200, $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_pattern_that_backtracks_without_end_is_given_up()
    {
        var clock = Stopwatch.StartNew();

        Record.Exception(() => context.Evaluate("/(a+)+$/.test('a'.repeat(40) + 'b')", scope));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
        Assert.Equal("2", ValueConverter.ToText(context.Evaluate("1 + 1", scope)));
    }

    [Fact]
    public void Twenty_thousand_evaluations_do_not_grow_the_process()
    {
        scope.With("O", "Object", "{\"ds\":[1,2,3],\"ten\":\"Nguyễn Văn An\"}").With("DT", "DateTime", "2025-07-01").With("TS", "TimeSpan", "00:01:00");
        var script = "const o = getO(); o.ds.push(4); o.ds.pop(); [o.ten, getDT(), getTS(), `${o.ds.length}`, 'x'.padEnd(1000)]";
        Repeat(5000);
        var before = Environment.WorkingSet;

        Repeat(20000);

        Assert.True(Environment.WorkingSet - before < 60L * 1024 * 1024, $"grew {(Environment.WorkingSet - before) >> 20} MiB");

        void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
            {
                if (i % 10 == 0)
                {
                    using var fresh = new ScriptContext();
                    fresh.Evaluate(script, scope);
                }

                context.Evaluate(script, scope);
            }
        }
    }

    [Fact]
    public void A_script_under_the_limit_is_left_alone()
    {
        Assert.Equal("4999950000", ValueConverter.ToText(context.Evaluate("let s = 0; for (let i = 0; i < 100000; i++) { s += i; } s", scope)));
    }
}
