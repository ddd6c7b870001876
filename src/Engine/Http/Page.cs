namespace PublicService.Engine.Http;

/// <summary>One page of a list in a fixed order.</summary>
/// <param name="Next">Give it back as <c>cursor</c> for the next page; null at the end.</param>
/// <param name="Total">Only where counting is cheap.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long? Total = null);
