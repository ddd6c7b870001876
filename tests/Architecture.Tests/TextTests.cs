using System.Text.RegularExpressions;

namespace PublicService.Architecture.Tests;

/// <summary>The repository builds anywhere: no path of one machine, and no address a build would call behind one's back.</summary>
public sealed partial class TextTests
{
    /// <summary>Hosts that settings may name: this machine, and the name of the format of definitions.</summary>
    private static readonly HashSet<string> KnownHosts = ["localhost", "127.0.0.1", "elsaworkflows.io"];

    private static readonly string[] Settings =
        [".csproj", ".props", ".targets", ".config", ".sln", ".npmrc", "global.json", "package.json", "launchSettings.json"];

    private static IEnumerable<string> MachinePaths(IEnumerable<HouseFile> files) => files
        .Where(file => file.Name != "TextTests.cs")
        .SelectMany(file => MachinePath().Matches(file.Text).Select(match => $"{file.Path} names a path of one machine: {match.Value}"));

    private static IEnumerable<string> Addresses(IEnumerable<HouseFile> files) => files.SelectMany(file => Address().Matches(file.Text)
        .Where(match => IsLock(file) || (IsSettings(file) && !KnownHosts.Contains(match.Groups["host"].Value)))
        .Select(match => $"{file.Path} names the address {match.Value}."));

    private static bool IsLock(HouseFile file) =>
        file.Extension == ".props" || file.Name.EndsWith("lock.json", StringComparison.Ordinal);

    private static bool IsSettings(HouseFile file) =>
        Array.Exists(Settings, ending => file.Name.EndsWith(ending, StringComparison.Ordinal)) || AppSettings().IsMatch(file.Name);

    [Fact]
    public void No_file_names_a_path_of_one_machine() => House.IsEmpty(MachinePaths(House.Files));

    [Fact]
    public void Settings_and_lock_files_name_no_foreign_address() => House.IsEmpty(Addresses(House.Files));

    [Theory]
    [InlineData("cd /root/house")]
    [InlineData("\"/work/data\"")]
    [InlineData("see /home/an/notes")]
    [InlineData(@"C:\Users\an")]
    public void Sees_a_path_of_one_machine(string text) => Assert.Single(MachinePaths([new HouseFile("docs/a.md", text), new HouseFile("docs/b.md", "api/work/items")]));

    [Theory]
    [InlineData("src/Engine/packages.lock.json", "http://localhost/index.json")]
    [InlineData("Directory.Build.props", "https://example.org")]
    [InlineData("src/Engine/Engine.csproj", "https://feed.example.org/v3")]
    [InlineData("src/Engine/appsettings.Development.json", "http://10.0.0.1:80")]
    public void Sees_an_address(string path, string address) => Assert.Single(Addresses([new HouseFile(path, address), new HouseFile("README.md", address)]));

    [GeneratedRegex(@"(?<![\w.~-])/(?:work|root|home|Users)/|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://(?<host>[A-Za-z0-9.-]+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"^appsettings.*\.json$")]
    private static partial Regex AppSettings();
}
