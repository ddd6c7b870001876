using System.Text.Json.Nodes;

namespace PublicService.Wallet.Tests.Fixtures;

/// <summary>Examples printed in the specifications; each file names its source.</summary>
internal static class Vector
{
    public static JsonObject Read(string name) => (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", name)))!;
}
