using System.Text.Json.Nodes;

namespace PublicService.Wallet.Credentials;

/// <summary>One claim of a credential to be issued.</summary>
/// <param name="Path">Names from the outside in; the last one is the claim's own.</param>
/// <param name="IsDisclosable">Whether the holder decides who sees it.</param>
public sealed record Claim(IReadOnlyList<string> Path, JsonNode Value, bool IsDisclosable);
