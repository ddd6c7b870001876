namespace PublicService.Architecture.Tests;

/// <summary>The rooms of the house. A new room gets its row together with its first code.</summary>
internal static class RoomTable
{
    /// <summary>Which rooms each room may refer to.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayReferTo = new Dictionary<string, string[]>
    {
        ["Workflows"] = [],
        ["Dossiers"] = [],
        ["Wallet"] = [],
        ["Activities"] = ["Workflows", "Dossiers"],
        ["Engine"] = ["Activities", "Workflows", "Dossiers", "Wallet"],
        ["Designer"] = [],
    };

    /// <summary>Rooms without database, network and web: state in, state out.</summary>
    public static readonly string[] Pure = ["Workflows", "Dossiers", "Wallet", "Activities"];
}
