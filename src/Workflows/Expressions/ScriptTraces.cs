using System.Text.RegularExpressions;

namespace PublicService.Workflows.Expressions;

/// <summary>
/// Tells from the text whether a script could leave something behind in its world: a global, a changed prototype. It may say yes
/// too often, which costs a new world for the next script (80 microseconds), and is cheaper than freezing the built-in objects
/// (2 milliseconds), which would also break classes that override <c>toString</c> or <c>name</c>.
/// </summary>
internal static partial class ScriptTraces
{
    public static bool Possible(string text)
    {
        if (Words().IsMatch(text) || HasUnsafeObject(text))
        {
            return true;
        }

        text = WithoutStrings(text);
        HashSet<string> own = [.. Declaration().Matches(text).Select(match => match.Groups[1].Value)];
        var declared = Declaration().Replace(text, "; ");
        declared = own.Contains("variables") ? declared : Variable().Replace(declared, "; ");
        return Assignment().Matches(declared).Any(match => match.Groups["left"] is not { Success: true, Value: var left } || !own.Contains(left));
    }

    // A slash may begin a comment or a pattern and a backtick a template, where a quote means nothing.
    private static string WithoutStrings(string text) => text.AsSpan().IndexOfAny('/', '`', '\\') < 0 ? Quoted().Replace(text, "''") : text;

    private static bool HasUnsafeObject(string text) => text.Contains("Object", StringComparison.Ordinal) && UnsafeObject().IsMatch(text);

    [GeneratedRegex(@"\b(?:var|function|class|this|globalThis|prototype|constructor|eval|Function|Reflect|Proxy|delete|with|Symbol|Promise|setPrototypeOf|\w*__\w*)\b|\\u|\\x|(?<=[\p{L}\p{N}_$\)\]\.])\s*\[\s*['""`]|\bfor\s*\(\s*(?!let\b|const\b)")]
    private static partial Regex Words();

    [GeneratedRegex(@"'[^'\r\n]*'|""[^""\r\n]*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bObject\b(?!\s*\.\s*(?:keys|values|entries|fromEntries)\b)")]
    private static partial Regex UnsafeObject();

    [GeneratedRegex(@"\b(?:let|const)\s+([\p{L}_$][\p{L}\p{M}\p{N}_$]*)\s*=(?![=>])")]
    private static partial Regex Declaration();

    // Writing through this object reaches the workflow and no object of the world.
    [GeneratedRegex(@"(?<![\p{L}\p{N}_$.])variables\.[\p{L}_$][\p{L}\p{M}\p{N}_$]*\s*(?:[-+*/%]?=(?![=>])|\+\+|--)")]
    private static partial Regex Variable();

    // A bare name on the left is kept apart, so that counting in a variable of the script itself is no trace.
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}_$]|\.\s*)(?<left>[\p{L}_$][\p{L}\p{M}\p{N}_$]*)\s*(?:[-+*/%&|^?]{0,2}=(?![=>])|\+\+|--)|(?<![=!<>])=(?![=>])|<<=|>>=|\+\+|--")]
    private static partial Regex Assignment();
}
