using System.Globalization;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Tests.Running;

/// <summary>
/// A random process of steps, choices, parallel branches and loops put inside one another, drawn as one flowchart, and how often
/// each step must run by the meaning of the words alone.
/// </summary>
internal sealed class RandomProgram
{
    private static readonly string?[] Joins = [null, "WaitAllActive", "WaitAll"];
    private readonly Random random;
    private readonly List<JsonObject> steps = [];
    private readonly List<string> arrows = [];
    private readonly List<JsonObject> variables = [];
    private int number;

    public RandomProgram(int seed)
    {
        random = new Random(seed);
        var root = new Loop(Make(3), random.Next(1, 4));
        var (first, last) = Draw(root);
        var end = Add(A.Line(Next("end")));
        arrows.AddRange(last.Select(exit => $"{exit}>{end}"));
        Workflow = A.Workflow(A.Flow("f", string.Join(',', arrows.OrderBy(_ => random.Next())), [.. steps]).With("start", first), [.. variables]);
        Count(root, 1);
        Expected[end] = 1;
    }

    public JsonObject Workflow { get; }

    /// <summary>How often each printing or waiting step runs.</summary>
    public Dictionary<string, int> Expected { get; } = [];

    private abstract record Block;

    private sealed record Step(string Id, bool Waits) : Block;

    private sealed record Chain(Block First, Block Second) : Block;

    private sealed record Choice(bool Answer, Block Then, Block Otherwise) : Block;

    private sealed record Both(Block One, Block Other, string? Join) : Block;

    private sealed record Loop(Block Body, int Rounds) : Block;

    private sealed record WhileLoop(Block Body, int Rounds) : Block;

    private Block Make(int depth) => (depth == 0 ? 0 : random.Next(7)) switch
    {
        1 => new Choice(random.Next(2) == 0, Make(depth - 1), Make(depth - 1)),
        2 or 6 => new Both(Make(depth - 1), Make(depth - 1), Joins[random.Next(Joins.Length)]),
        3 => new Loop(Make(depth - 1), random.Next(1, 4)),
        4 => new WhileLoop(Make(depth - 1), random.Next(0, 3)),
        5 => new Chain(Make(depth - 1), Make(depth - 1)),
        _ => new Step(Next("s"), random.Next(2) == 0),
    };

    private void Count(Block block, int times)
    {
        switch (block)
        {
            case Step step:
                Expected[step.Id] = times;
                break;
            case Chain chain:
                Count(chain.First, times);
                Count(chain.Second, times);
                break;
            case Choice choice:
                Count(choice.Then, choice.Answer ? times : 0);
                Count(choice.Otherwise, choice.Answer ? 0 : times);
                break;
            case Both both:
                Count(both.One, times);
                Count(both.Other, times);
                break;
            case Loop loop:
                Count(loop.Body, times * loop.Rounds);
                break;
            case WhileLoop loop:
                Count(loop.Body, times * loop.Rounds);
                break;
        }
    }

    /// <summary>Draws a block: the step it is entered by, and the ends it is left by.</summary>
    private (string First, List<string> Exits) Draw(Block block)
    {
        switch (block)
        {
            case Step step:
                Add(step.Waits ? A.Event(step.Id) : A.Line(step.Id));
                return (step.Id, [step.Id]);
            case Chain chain:
                var one = Draw(chain.First);
                var two = Draw(chain.Second);
                Connect(one.Exits, two.First);
                return (one.First, two.Exits);
            case Choice choice:
                var question = Add(A.Step("FlowDecision", Next("d"), ("condition", choice.Answer)));
                return (question, [.. DrawAfter($"{question}:True", choice.Then), .. DrawAfter($"{question}:False", choice.Otherwise)]);
            case Both both:
                var fork = Add(A.Fork(Next("k"), "A", "B"));
                List<string> ends = [.. Merged(DrawAfter($"{fork}:A", both.One), both), .. Merged(DrawAfter($"{fork}:B", both.Other), both)];
                var join = Add(both.Join is { } mode ? A.Join(Next("j"), mode) : A.Line(Next("m")));
                Connect(ends, join);
                return (fork, [join]);
            case Loop loop:
                var body = Draw(loop.Body);
                var (count, enough) = Counter($"< {loop.Rounds}");
                Connect(body.Exits, count);
                var again = Add(A.Decide(Next("d"), $"get{enough}() !== 0"));
                arrows.Add($"{count}>{again}");
                arrows.Add($"{again}:True>{body.First}");
                return (body.First, [$"{again}:False"]);
            case WhileLoop loop:
                var (check, open) = Counter($"<= {loop.Rounds}");
                var test = Add(A.Decide(Next("d"), $"get{open}() !== 0"));
                arrows.Add($"{check}>{test}");
                Connect(DrawAfter($"{test}:True", loop.Body), check);
                return (check, [$"{test}:False"]);
            default:
                throw new InvalidOperationException();
        }
    }

    private List<string> DrawAfter(string exit, Block block)
    {
        var (first, exits) = Draw(block);
        Connect([exit], first);
        return exits;
    }

    /// <summary>WaitAll takes every arrow literally, so the ends of a choice must be one arrow before they reach it.</summary>
    private List<string> Merged(List<string> ends, Both both)
    {
        if (both.Join != "WaitAll" || ends.Count == 1)
        {
            return ends;
        }

        var merge = Add(A.Line(Next("m")));
        Connect(ends, merge);
        return [merge];
    }

    /// <summary>A step that counts rounds, and begins anew when they are over; the variable is 0 then.</summary>
    private (string Step, string Variable) Counter(string goesOn)
    {
        var name = Next("v").ToUpperInvariant();
        variables.Add(A.Variable(name, "Int32", "0"));
        return (Add(A.Set(Next("c"), name, $"get{name}() + 1 {goesOn} ? get{name}() + 1 : 0")), name);
    }

    private void Connect(List<string> exits, string target) => arrows.AddRange(exits.Select(exit => $"{exit}>{target}"));

    private string Add(JsonObject step)
    {
        steps.Add(step);
        return step["id"]!.ToString();
    }

    private string Next(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++number}");
}
