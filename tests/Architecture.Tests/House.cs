using System.Reflection;
using System.Text.RegularExpressions;

namespace PublicService.Architecture.Tests;

/// <summary>A file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
internal sealed record HouseFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Extension => System.IO.Path.GetExtension(Path);

    /// <summary>Folder under src, or null.</summary>
    public string? Room => Path.Split('/') is ["src", var room, _, ..] ? room : null;

    /// <summary>First folder inside the Engine, or null for files at its root.</summary>
    public string? EngineFolder => Path.Split('/') is ["src", "Engine", var folder, _, ..] ? folder : null;

    /// <summary>The text without comments and without what stands in quotation marks.</summary>
    public string Code { get; } = CSharpText.WithoutCommentsAndStrings(Text);

    public int Lines => Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);
}

/// <summary>The repository this test was built from.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    private static readonly HashSet<string> NotOurs = ["bin", "obj", "node_modules", "data", "TestResults", ".git", ".vs"];

    private static readonly HashSet<string> Binary = [".png", ".jpg", ".ico", ".pdf", ".wasm", ".woff", ".woff2", ".zip", ".db", ".dll", ".gz", ".br"];

    private static readonly Lazy<IReadOnlyList<HouseFile>> All = new(() => [.. Walk(Root).OrderBy(file => file.Path, StringComparer.Ordinal)]);

    /// <summary>Every text file of the repository, build output left out.</summary>
    public static IReadOnlyList<HouseFile> Files => All.Value;

    public static IEnumerable<HouseFile> SourceFiles => Files.Where(file => file.Extension == ".cs");

    /// <summary>Folders directly under src.</summary>
    public static IReadOnlyList<string> RoomFolders { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public static Assembly AssemblyOf(string room) => Assembly.Load($"PublicService.{room}");

    public static HouseFile File(string path) => Files.SingleOrDefault(file => file.Path == path)
        ?? throw new FileNotFoundException($"{path} is missing.");

    /// <summary>A failing test names every place, one a line.</summary>
    public static void IsEmpty(IEnumerable<string> violations)
    {
        var list = violations.ToList();
        Assert.True(list.Count == 0, string.Join('\n', list));
    }

    private static IEnumerable<HouseFile> Walk(string folder)
    {
        foreach (var path in Directory.GetFiles(folder).Where(path => !Binary.Contains(Path.GetExtension(path)) && !NotOurs.Contains(Path.GetFileName(path))))
        {
            yield return new HouseFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), System.IO.File.ReadAllText(path));
        }

        foreach (var file in Directory.GetDirectories(folder).Where(inner => !NotOurs.Contains(Path.GetFileName(inner))).SelectMany(Walk))
        {
            yield return file;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "PublicService.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("PublicService.sln was not found above the test assembly.");
        }

        return folder.FullName;
    }
}

internal static partial class CSharpText
{
    public static string WithoutCommentsAndStrings(string text) =>
        Noise().Replace(text, match => match.Value[0] == '/' ? " " : "\"\"");

    [GeneratedRegex("""
        //[^\n]*|/\*[\s\S]*?\*/|"{3}[\s\S]*?"{3}|\$?@\$?"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.[^']*|[^'\\\n])'
        """)]
    private static partial Regex Noise();
}
