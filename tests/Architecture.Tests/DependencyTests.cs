using System.Text.RegularExpressions;

namespace PublicService.Architecture.Tests;

/// <summary>Every package has a row with version, licence and reason.</summary>
public sealed partial class DependencyTests
{
    private static IEnumerable<string> Violations(string props, string table)
    {
        var rows = Row().Matches(table).ToDictionary(row => row.Groups["name"].Value, row => row.Groups["version"].Value);
        var packages = Package().Matches(props).ToDictionary(package => package.Groups["name"].Value, package => package.Groups["version"].Value);
        return packages.Where(package => rows.GetValueOrDefault(package.Key) != package.Value)
            .Select(package => $"{package.Key} {package.Value} has no complete row in dependencies.md.");
    }

    [Fact]
    public void Every_package_has_a_row_with_licence_and_reason() =>
        House.IsEmpty(Violations(House.File("Directory.Packages.props").Text, House.File("docs/decisions/dependencies.md").Text));

    [Theory]
    [InlineData("")]
    [InlineData("| Quartz | 4.7.2 | Apache-2.0 | sweeps |\n")]
    [InlineData("| Quartz | 4.7.3 | Apache-2.0 | |\n")]
    public void Sees_a_missing_an_old_and_an_unexplained_row(string table) =>
        Assert.Single(Violations("""<PackageVersion Include="Quartz" Version="4.7.3" />""", table));

    [GeneratedRegex("""<PackageVersion Include="(?<name>[^"]+)" Version="(?<version>[^"]+)""")]
    private static partial Regex Package();

    [GeneratedRegex(@"^\| (?<name>[\w.]+) \| (?<version>\d[^| ]*) \| [^| ][^|]* \| [^| ][^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
