using System.Text.Json;

namespace PublicService.Dossiers.Tests;

/// <summary>Facts copied from the domain data, so that a test does not depend on what the product says about them.</summary>
internal static class Fixture
{
    public static JsonElement Read(string name)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
