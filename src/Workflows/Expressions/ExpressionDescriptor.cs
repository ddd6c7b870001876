namespace PublicService.Workflows.Expressions;

/// <summary>
/// One row of <c>GET /descriptors/expression-descriptors</c> (contract A.3 and E). Only kinds that can be evaluated are offered,
/// so the designer cannot choose a language that publication would refuse.
/// </summary>
/// <param name="Properties">Text to text: <c>MonacoLanguage</c> or <c>UIHint</c>, which decide the editor the designer opens.</param>
public sealed record ExpressionDescriptor(
    string Type,
    string DisplayName,
    bool IsSerializable,
    bool IsBrowsable,
    IReadOnlyDictionary<string, string> Properties)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>The descriptors in the order the designer shows them.</summary>
    public static IReadOnlyList<ExpressionDescriptor> All { get; } =
    [
        new(ExpressionKinds.Literal, "Literal", true, false, None),
        new(ExpressionKinds.Object, "Object", true, false, None),
        new(ExpressionKinds.JavaScript, "JavaScript", true, true, new Dictionary<string, string> { ["MonacoLanguage"] = "javascript" }),
        new(ExpressionKinds.Variable, "Variable", true, true, new Dictionary<string, string> { ["UIHint"] = "variable-picker" }),
        new(ExpressionKinds.Input, "Input", true, true, new Dictionary<string, string> { ["UIHint"] = "input-picker" }),
    ];
}
