using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PublicService.Workflows.Expressions;

/// <summary>What is known about a script from its text alone. Found once per text and shared by all contexts.</summary>
internal sealed partial class ScriptPlan
{
    private const int Kept = 4096;
    private static readonly ConcurrentDictionary<string, ScriptPlan> Plans = new(StringComparer.Ordinal);

    private ScriptPlan(string text, string source)
    {
        Source = source;
        Identifiers = Identifier().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Library = [.. ScriptLibrary.Needed(Identifiers)];
        NeedsBarrier = Identifiers.Overlaps(ScriptLibrary.Withheld) || Identifiers.Contains("globalThis") || Identifiers.Contains("this")
            || text.Contains('\\', StringComparison.Ordinal);
        Accessors = [.. Identifiers.Where(IsAccessor)];
        LeavesTraces = ScriptTraces.Possible(text);
        MayMutate = Mutation().IsMatch(text);
        MayGrow = Growth().IsMatch(text);
        UsesPromise = Identifiers.Contains("Promise");
    }

    /// <summary>The script as it is handed to the engine: its value is the value of the script.</summary>
    public string Source { get; }

    /// <summary>True when the script is a constant that needs no engine; <see cref="Constant"/> is then its value.</summary>
    public bool IsConstant { get; private init; }

    public JsonNode? Constant { get; private init; }

    /// <summary>Every name in the text; only these are given a meaning before it runs.</summary>
    public IReadOnlySet<string> Identifiers { get; }

    /// <summary>The globals of contract E.1 that the text mentions, each after the ones it needs.</summary>
    public IReadOnlyList<string> Library { get; }

    /// <summary>True when the text could name a global that is withheld, be it through the global object or an escaped letter.</summary>
    public bool NeedsBarrier { get; }

    /// <summary>Names that look like <c>getX</c> or <c>setX</c> and are not of the library.</summary>
    public IReadOnlyList<string> Accessors { get; }

    /// <summary>True when a later script in the same world might notice that this one ran.</summary>
    public bool LeavesTraces { get; }

    /// <summary>True when the script might change an object it was given in place.</summary>
    public bool MayMutate { get; }

    /// <summary>True when the result may be much larger than the script and the values it read.</summary>
    public bool MayGrow { get; }

    /// <summary>True when the result may be a promise.</summary>
    public bool UsesPromise { get; }

    /// <exception cref="ScriptException">The text is not JavaScript, or uses what is not offered.</exception>
    public static ScriptPlan For(string text, Func<nint> context)
    {
        if (Plans.TryGetValue(text, out var known))
        {
            return known;
        }

        var plan = ConstantText().Match(text) is { Success: true } constant ? OfConstant(text, constant) : OfScript(text, context());
        if (Plans.Count >= Kept)
        {
            Plans.Clear();
        }

        return Plans[text] = plan;
    }

    private static ScriptPlan OfConstant(string text, Match match)
    {
        JsonNode? value = match.Groups["word"].Value switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when match.Groups["text"] is { Success: true, Value: var quoted } => JsonValue.Create(quoted[1..^1]),
            _ when match.Groups["number"] is { Success: true, Value: var digits } => ScriptValues.Number(double.Parse(digits, CultureInfo.InvariantCulture)),
            _ => null,
        };
        return new(text, text) { IsConstant = true, Constant = value };
    }

    private static ScriptPlan OfScript(string text, nint context)
    {
        if (Unsupported().Match(text) is { Success: true } word)
        {
            // Their jobs run where no limit reaches them, and a script without input or output has nothing to wait for.
            throw new ScriptException(ScriptFailure.Syntax, $"'{word.Value}' is not supported in scripts", LineOf(text, word.Index));
        }

        var trimmed = text.TrimEnd(' ', '\t', '\r', '\n', ';');
        var error = Check(context, text);
        if (error is null)
        {
            return new(text, !Statement().IsMatch(text) && Check(context, $"({trimmed}\n)") is null ? $"({trimmed}\n)" : $"{{{text}\n}}");
        }

        if (CheckFunction(context, text) is null)
        {
            return new(text, $"(function(){{{text}\n}})()");
        }

        if (text.TrimStart().StartsWith('{') && Check(context, $"({trimmed}\n)") is null && CheckFunction(context, $"return ({trimmed}\n)") is null)
        {
            return new(text, $"({trimmed}\n)");
        }

        throw error;
    }

    private static ScriptException? Check(nint context, string text)
    {
        using var script = new ScriptText(text);
        var isRight = JavaScriptCore.CheckSyntax(context, script.Handle, 0, 1, out var exception) != 0;
        return isRight ? null : ScriptValues.Failure(context, exception, ScriptFailure.Syntax);
    }

    private static unsafe ScriptException? CheckFunction(nint context, string text)
    {
        // Made as a function, the text cannot close the braces around it, so a function body is all it can be.
        using var body = new ScriptText(text);
        JavaScriptCore.SetEvalEnabled(context, 1, 0);
        var made = JavaScriptCore.MakeFunction(context, 0, 0, null, body.Handle, 0, 1, out var exception);
        ScriptWorld.ForbidCodeInText(context);
        return made != 0 ? null : ScriptValues.Failure(context, exception, ScriptFailure.Syntax);
    }

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    private static bool IsAccessor(string name) =>
        name.Length > 3 && (name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal)) && !ScriptLibrary.Has(name);

    [GeneratedRegex(@"[\p{L}_$][\p{L}\p{M}\p{N}_$]*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\s*(?:(?<word>true|false|null|undefined)|(?<number>-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?)|(?<text>'[^'\\\r\n]*'|""[^""\\\r\n]*""))\s*;?\s*$")]
    private static partial Regex ConstantText();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_$.])(?:async|await|import)(?![\p{L}\p{N}_$])")]
    private static partial Regex Unsupported();

    [GeneratedRegex(@"=>|\+=|\b(?:for|while|function|repeat|pad\w+|replace\w*|join|concat)\b|\[")]
    private static partial Regex Growth();

    [GeneratedRegex(@"^\s*(?:\{|function\b|class\b|let\b)")]
    private static partial Regex Statement();

    [GeneratedRegex(@"(?<![=!<>])=(?![=>])|\+\+|--|\bdelete\b|\.\s*(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)\b|\bObject\b|\bReflect\b|\[\s*['""`]")]
    private static partial Regex Mutation();
}
