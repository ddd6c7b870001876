using System.Text.RegularExpressions;

namespace PublicService.Architecture.Tests;

/// <summary>
/// A folder of the Engine is a slice unless it is shared floor. Slices do not know one another, with one exception: what a
/// <c>*Directory</c> class hands out (the directory itself and the types its file mentions) may be used by all.
/// </summary>
public sealed partial class SliceTests
{
    /// <summary>Folders every slice stands on.</summary>
    private static readonly HashSet<string> Floor = ["Running", "Storage", "Outbox", "Files", "Jobs", "Access", "Http", "Observability"];

    private static IEnumerable<string> Violations(IReadOnlyCollection<HouseFile> files)
    {
        var sources = files.Where(file => file.Extension == ".cs" && file.EngineFolder is not null).ToList();
        var slices = sources.Select(file => file.EngineFolder!).Where(folder => !Floor.Contains(folder)).Distinct().ToList();
        var closed = slices.ToDictionary(slice => slice, slice => ClosedTypes([.. sources.Where(file => file.EngineFolder == slice)]));
        foreach (var file in sources.Where(file => slices.Contains(file.EngineFolder!)))
        {
            foreach (var other in slices.Where(slice => slice != file.EngineFolder && Mentions(file, slice)))
            {
                var (hasDirectory, types) = closed[other];
                if (!hasDirectory)
                {
                    yield return $"{file.Path} uses the slice {other}.";
                }

                foreach (var type in types.Where(type => hasDirectory && Regex.IsMatch(file.Code, $@"(?<![.\w]){type}(?=[?\[\]]*\s+[A-Za-z_@]|\.|>|<|\()")))
                {
                    yield return $"{file.Path} uses {other}.{type}, which no directory of {other} hands out.";
                }
            }
        }
    }

    private static bool Mentions(HouseFile file, string slice) => Regex.IsMatch(file.Code, $@"\bPublicService\.Engine\.{slice}\b");

    private static (bool HasDirectory, List<string> Types) ClosedTypes(List<HouseFile> slice)
    {
        var directories = slice.Where(file => file.Name.EndsWith("Directory.cs", StringComparison.Ordinal)).ToList();
        var types = slice.SelectMany(file => TopLevelType().Matches(file.Code)).Select(match => match.Groups["name"].Value).Distinct();
        return (directories.Count > 0, [.. types.Where(type => !directories.Exists(directory => Regex.IsMatch(directory.Code, $@"\b{type}\b")))]);
    }

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
            new("src/Engine/Tasks/ClaimTask.cs", "// PublicService.Engine.Intake\nnamespace PublicService.Engine.Tasks;\n"),
            new("src/Engine/Storage/EngineDb.cs", "namespace PublicService.Engine.Storage;\n"),
        ];

        Assert.Equal("src/Engine/Intake/StartDossier.cs uses the slice Tasks.", Assert.Single(Violations(files)));
    }

    [Fact]
    public void Sees_more_than_a_directory_used()
    {
        HouseFile[] files =
        [
            new("src/Engine/Intake/StartDossier.cs", "using PublicService.Engine.Procedures;\nclass X(ProcedureDirectory all) { Procedure p; PublishProcedure.Command c; }\n"),
            new("src/Engine/Procedures/ProcedureDirectory.cs", "public sealed class ProcedureDirectory\n{\n    Procedure Find(string code) => null!;\n}\n"),
            new("src/Engine/Procedures/Procedure.cs", "public sealed record Procedure(string Code);\n"),
            new("src/Engine/Procedures/PublishProcedure.cs", "public static class PublishProcedure\n{\n}\n"),
        ];

        Assert.Contains("Procedures.PublishProcedure", Assert.Single(Violations(files)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/Activities/Intake/Intake.cs")]
    [InlineData("src/Engine/Program.cs")]
    [InlineData("src/Engine/Http/Problems.cs")]
    public void Sees_the_database_where_it_does_not_belong(string path) => Assert.Single(DatabaseViolations([new HouseFile(path, "EngineDb db")]));

    [GeneratedRegex(@"^(?:(?:public|internal|static|sealed|abstract|partial|readonly) )*(?:class|record struct|record|struct|enum|interface) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
