using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>How the value of an input is found: the kind of expression and its text or raw value (contract B.3).</summary>
/// <param name="Type">One of <see cref="ExpressionKinds"/>; unknown kinds are kept so that a definition round-trips.</param>
/// <param name="Value">Literal value, JSON text, variable reference or script text, as written in the definition.</param>
public sealed record Expression(string Type, JsonNode? Value);
