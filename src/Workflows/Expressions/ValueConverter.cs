using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>Converts a value to the canonical JSON form of a type (contract E.0), always with the invariant culture.</summary>
public static partial class ValueConverter
{
    /// <summary>Converts <paramref name="value"/> to <paramref name="type"/>; null stays null.</summary>
    /// <returns>A node without a parent, or the given node itself when it already has the canonical form.</returns>
    /// <exception cref="ConversionException">The value does not fit; nothing is defaulted.</exception>
    public static JsonNode? Convert(JsonNode? value, TypeAlias type) => throw new NotImplementedException();

    /// <summary>The text of a value as <c>Elsa.WriteLine</c> prints it; null stays null (conformance cases 71 and 72).</summary>
    public static string? ToText(JsonNode? value) => throw new NotImplementedException();
}
