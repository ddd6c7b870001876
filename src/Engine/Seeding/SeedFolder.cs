using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Engine.Seeding;

/// <summary>The files of base data that come with the engine.</summary>
public sealed class SeedFolder(string path)
{
    public static SeedFolder Default { get; } = new(Path.Combine(AppContext.BaseDirectory, "seed"));

    public JsonNode Read(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(path, file))) ?? throw new JsonException($"{file} is empty.");

    /// <summary>Schemas of electronic forms by code of procedure.</summary>
    public IReadOnlyDictionary<string, string> Forms()
    {
        var folder = Path.Combine(path, "forms");
        return !Directory.Exists(folder) ? new Dictionary<string, string>() : Directory.EnumerateFiles(folder, "*.json")
            .Select(File.ReadAllText)
            .ToDictionary(text => JsonNode.Parse(text)!["x-procedure"]!.GetValue<string>(), text => text);
    }
}
