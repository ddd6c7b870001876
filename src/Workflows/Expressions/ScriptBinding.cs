using System.Text;

namespace PublicService.Workflows.Expressions;

/// <summary>What an accessor such as <c>getHoSo</c> means in a scope: whose value is read or written.</summary>
internal readonly record struct ScriptBinding(ScriptBindingKind Kind, string Target, string? Output = null)
{
    /// <summary>
    /// Finds the meaning of <c>get&lt;Name&gt;</c>, <c>set&lt;Name&gt;</c> or <c>get&lt;Output&gt;From&lt;Activity&gt;</c>; null when there is none. Unlike Elsa, names with
    /// underscores and spaces have accessors too: <c>ho_so</c> answers to <c>getHo_so</c> and <c>getHoSo</c>.
    /// </summary>
    public static ScriptBinding? Find(ScriptScope scope, string accessor)
    {
        var name = accessor[3..];
        if (FindVariable(scope, name) is { } variable)
        {
            return new(accessor[0] == 'g' ? ScriptBindingKind.GetVariable : ScriptBindingKind.SetVariable, variable);
        }

        if (accessor[0] == 's')
        {
            return null;
        }

        if (scope.Arguments.Count > 0 && Match(scope.Arguments.Keys, name) is { } argument)
        {
            return new(ScriptBindingKind.GetArgument, argument);
        }

        return Match(scope.InputNames, name) is { } input ? new(ScriptBindingKind.GetInput, input) : FindOutput(scope, name);
    }

    private static string? FindVariable(ScriptScope scope, string name) =>
        scope.TryGetVariable(name, out _, out _) ? name : Match(scope.VariableNames, name);

    private static ScriptBinding? FindOutput(ScriptScope scope, string name)
    {
        for (var at = name.IndexOf("From", 1, StringComparison.Ordinal); at > 0; at = name.IndexOf("From", at + 1, StringComparison.Ordinal))
        {
            if (Match(scope.ActivityNames, name[(at + 4)..]) is { } activity)
            {
                return new(ScriptBindingKind.GetOutput, activity, name[..at]);
            }
        }

        return null;
    }

    private static string? Match(IEnumerable<string> names, string wanted)
    {
        var composed = wanted.Normalize();
        foreach (var name in names)
        {
            if (name.Length > 0 && (IsRaised(name, wanted) || string.Equals(Pascal(name), composed, StringComparison.Ordinal)))
            {
                return name;
            }
        }

        return null;
    }

    private static bool IsRaised(string name, string wanted) =>
        name.Length == wanted.Length && char.ToUpperInvariant(name[0]) == wanted[0] && name.AsSpan(1).SequenceEqual(wanted.AsSpan(1));

    // The same Vietnamese letter may be one character in the definition and two in the script, or the other way round.
    private static string Pascal(string name)
    {
        var pascal = new StringBuilder(name.Length);
        var isStart = true;
        foreach (var letter in name.Normalize())
        {
            if (letter is '_' or ' ' or '-')
            {
                isStart = true;
                continue;
            }

            pascal.Append(isStart ? char.ToUpperInvariant(letter) : letter);
            isStart = false;
        }

        return pascal.ToString();
    }
}

/// <summary>The kinds of <see cref="ScriptBinding"/>.</summary>
internal enum ScriptBindingKind
{
    GetVariable,
    SetVariable,
    GetInput,
    GetOutput,
    GetArgument,
}
