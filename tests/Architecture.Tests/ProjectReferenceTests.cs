using System.Text.RegularExpressions;

namespace PublicService.Architecture.Tests;

/// <summary>References go one way: Engine, Activities, then the leaves, which do not know one another.</summary>
public sealed partial class ProjectReferenceTests
{
    private static IEnumerable<string> Violations(IReadOnlyDictionary<string, string[]> table, IEnumerable<HouseFile> files)
    {
        foreach (var project in files.Where(file => file.Extension == ".csproj" && file.Room is not null))
        {
            foreach (Match reference in Reference().Matches(project.Text))
            {
                var target = reference.Groups["target"].Value;
                var room = OtherRoom().Match(target) is { Success: true } match ? match.Groups["room"].Value : null;
                if (room is null || !table.GetValueOrDefault(project.Room!, []).Contains(room))
                {
                    yield return $"{project.Path} may not refer to {target}.";
                }
            }
        }
    }

    private static IEnumerable<string> OutsideSolution(HouseFile solution, IEnumerable<HouseFile> files) => files
        .Where(file => file.Extension == ".csproj" && !solution.Text.Contains(file.Path.Replace('/', '\\'), StringComparison.Ordinal))
        .Select(file => $"{file.Path} is not in {solution.Path}, so nobody builds it.");

    [Fact]
    public void Projects_refer_only_to_the_rooms_the_table_allows() => House.IsEmpty(Violations(RoomTable.MayReferTo, House.Files));

    [Fact]
    public void Every_project_is_in_the_solution() => House.IsEmpty(OutsideSolution(House.File("PublicService.sln"), House.Files));

    [Theory]
    [InlineData("src/Dossiers/Dossiers.csproj", "../Workflows/Workflows.csproj")]
    [InlineData("src/Activities/Activities.csproj", "../Engine/Engine.csproj")]
    [InlineData("src/Workflows/Workflows.csproj", "../../tests/Shared/Shared.csproj")]
    public void Sees_a_reference_in_the_wrong_direction(string project, string target) =>
        Assert.Single(Violations(RoomTable.MayReferTo, [new HouseFile(project, $"""<ProjectReference Include="{target}" />""")]));

    [Fact]
    public void Sees_a_project_nobody_builds() =>
        Assert.Single(OutsideSolution(new HouseFile("PublicService.sln", """ "src\Workflows\Workflows.csproj" """), [new HouseFile("src/Wallet/Wallet.csproj", "")]));

    [GeneratedRegex("""<ProjectReference\s+Include="(?<target>[^"]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex("""^\.\.[/\\](?<room>[A-Za-z]+)[/\\]\k<room>\.csproj$""")]
    private static partial Regex OtherRoom();
}
