namespace PublicService.Architecture.Tests;

/// <summary>Files stay small, and a file name says where one is.</summary>
public sealed class SourceFileTests
{
    private const int MostLines = 300;

    private static readonly string[] Source = [".cs", ".cshtml", ".razor", ".sql", ".js", ".css", ".sh"];

    /// <summary>File names that may occur twice in one room, and why.</summary>
    private static readonly (string Ending, string Reason)[] TwiceOnPurpose =
    [
        (".sql", "a numbered migration exists once for each database; the same number is the same change"),
    ];

    private static IEnumerable<string> TooLong(IEnumerable<HouseFile> files) => files
        .Where(file => Source.Contains(file.Extension) && file.Lines > MostLines)
        .Select(file => $"{file.Path} has {file.Lines} lines, at most {MostLines}.");

    private static IEnumerable<string> SameName(IEnumerable<HouseFile> files) => files
        .Where(file => file.Room is not null && Source.Contains(file.Extension) && !Array.Exists(TwiceOnPurpose, exception => file.Name.EndsWith(exception.Ending, StringComparison.Ordinal)))
        .GroupBy(file => (file.Room, file.Name))
        .Where(group => group.Count() > 1)
        .Select(group => $"Two files of one name: {string.Join(", ", group.Select(file => file.Path))}.");

    [Fact]
    public void No_source_file_has_more_than_300_lines() => House.IsEmpty(TooLong(House.Files));

    [Fact]
    public void No_room_has_two_files_of_one_name() => House.IsEmpty(SameName(House.Files));

    [Fact]
    public void Sees_a_long_file() => Assert.Single(TooLong([new HouseFile("src/Engine/Long.cs", new string('\n', 301)), new HouseFile("src/Engine/Fits.cs", new string('\n', 300))]));

    [Fact]
    public void Sees_two_files_of_one_name_in_a_room_only() =>
        Assert.Single(SameName([new HouseFile("src/Engine/A/Row.cs", ""), new HouseFile("src/Engine/B/Row.cs", ""), new HouseFile("src/Dossiers/Row.cs", "")]));
}
