namespace PublicService.Workflows.Expressions;

/// <summary>The expression types of the Elsa file format (contract E).</summary>
public static class ExpressionKinds
{
    public const string Literal = "Literal";
    public const string Object = "Object";

    /// <summary>Obsolete alias of <see cref="Object"/>.</summary>
    public const string Json = "Json";

    public const string Variable = "Variable";
    public const string Input = "Input";
    public const string JavaScript = "JavaScript";
    public const string Liquid = "Liquid";
    public const string CSharp = "CSharp";
    public const string Python = "Python";
    public const string Secret = "Secret";
    public const string Delegate = "Delegate";

    /// <summary>True for the kinds this runtime can evaluate; the others are kept verbatim and refuse publication (contract E.3).</summary>
    public static bool CanEvaluate(string kind) => kind is Literal or Object or Json or Variable or Input or JavaScript;

    /// <summary>True for every kind the file format knows, whether or not it can be evaluated.</summary>
    public static bool IsKnown(string kind) => CanEvaluate(kind) || kind is Liquid or CSharp or Python or Secret or Delegate;
}
