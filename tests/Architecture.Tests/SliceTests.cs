using System.Text.RegularExpressions;

namespace PublicService.Architecture.Tests;

/// <summary>
/// A folder of the Engine is shared floor or a slice, and slices do not know one another. What several slices ask of offices,
/// calendars and procedures is in the floor <c>Directories</c>.
/// </summary>
public sealed class SliceTests
{
    /// <summary>Folders every slice stands on.</summary>
    private static readonly HashSet<string> Floor = ["Running", "Storage", "Outbox", "Files", "Jobs", "Access", "Directories", "Http", "Observability", "Printing"];

    private static IEnumerable<string> Violations(IEnumerable<HouseFile> files)
    {
        var slices = files.Where(file => file.Extension == ".cs" && file.EngineFolder is not null && !Floor.Contains(file.EngineFolder)).ToLookup(file => file.EngineFolder!);
        return
            from slice in slices
            from file in slice
            from other in slices
            where other.Key != slice.Key && Regex.IsMatch(file.Code, NameOf(other))
            select $"{file.Path} uses the slice {other.Key}.";
    }

    /// <summary>The namespace in full, or short in front of one of its files' types.</summary>
    private static string NameOf(IGrouping<string, HouseFile> slice) =>
        $@"\bPublicService\.Engine\.{slice.Key}\b|(?<![.\w]){slice.Key}\.(?:{string.Join('|', slice.Select(file => file.Name.Split('.')[0]))})\b";

    private static IEnumerable<string> DatabaseViolations(IEnumerable<HouseFile> files) => files
        .Where(file => file.Extension == ".cs" && file.Room is not null && MayNotSeeDatabase(file) && Regex.IsMatch(file.Code, @"\bEngineDb\b"))
        .Select(file => $"{file.Path} mentions EngineDb; only slices and the floor that stores may.");

    private static bool MayNotSeeDatabase(HouseFile file) => file.Room != "Engine" || file.EngineFolder is null or "Http" or "Observability";

    [Fact]
    public void Slices_do_not_use_one_another() => House.IsEmpty(Violations(House.Files));

    [Fact]
    public void Only_the_engine_behind_its_doors_sees_the_database() => House.IsEmpty(DatabaseViolations(House.Files));

    [Fact]
    public void Sees_a_slice_that_uses_another()
    {
        HouseFile[] files =
        [
            new("src/Engine/Intake/StartDossier.cs", "using PublicService.Engine.Tasks;\nusing PublicService.Engine.Storage;\n"),
            new("src/Engine/Results/ShowResult.cs", "Tasks.ClaimTask.Body body;\n"),
            new("src/Engine/Tasks/ClaimTask.cs", "// PublicService.Engine.Intake\nnamespace PublicService.Engine.Tasks;\nResults.Ok();\n"),
            new("src/Engine/Storage/EngineDb.cs", "namespace PublicService.Engine.Storage;\n"),
        ];

        Assert.Equal(
            ["src/Engine/Intake/StartDossier.cs uses the slice Tasks.", "src/Engine/Results/ShowResult.cs uses the slice Tasks."],
            Violations(files));
    }

    [Theory]
    [InlineData("src/Activities/Intake/Intake.cs")]
    [InlineData("src/Engine/Program.cs")]
    [InlineData("src/Engine/Http/Problems.cs")]
    public void Sees_the_database_where_it_does_not_belong(string path) => Assert.Single(DatabaseViolations([new HouseFile(path, "EngineDb db")]));
}
