namespace PublicService.Architecture.Tests;

/// <summary>Every room is in the table, every row is a room, and every room says in a short README what lives there.</summary>
public sealed class RoomTests
{
    private const int ReadmeLines = 40;

    private static IEnumerable<string> WithoutPartner(IReadOnlyCollection<string> rows, IReadOnlyCollection<string> folders) =>
        folders.Except(rows).Select(folder => $"src/{folder} has no row in RoomTable.")
            .Concat(rows.Except(folders).Select(row => $"RoomTable knows {row}, but src/{row} does not exist."));

    private static IEnumerable<string> ReadmeViolations(IEnumerable<string> rooms, IReadOnlyCollection<HouseFile> files)
    {
        foreach (var path in rooms.Select(room => $"src/{room}/README.md"))
        {
            var readme = files.SingleOrDefault(file => file.Path == path);
            if (string.IsNullOrWhiteSpace(readme?.Text))
            {
                yield return $"{path} is missing or empty.";
            }
            else if (readme.Lines > ReadmeLines)
            {
                yield return $"{path} has {readme.Lines} lines, at most {ReadmeLines} are read.";
            }
        }
    }

    [Fact]
    public void Every_folder_under_src_has_a_row_and_every_row_a_folder() =>
        House.IsEmpty(WithoutPartner([.. RoomTable.MayReferTo.Keys], House.RoomFolders));

    [Fact]
    public void Every_room_has_a_short_readme() => House.IsEmpty(ReadmeViolations(House.RoomFolders, House.Files));

    [Fact]
    public void The_readme_of_the_house_has_at_most_200_lines() => Assert.InRange(House.File("README.md").Lines, 1, 200);

    [Fact]
    public void Sees_a_folder_without_row_and_a_row_without_folder() =>
        Assert.Equal(2, WithoutPartner(["Workflows", "Portal"], ["Workflows", "Common"]).Count());

    [Fact]
    public void Sees_a_missing_and_a_long_readme()
    {
        var readme = new HouseFile("src/Dossiers/README.md", string.Concat(Enumerable.Repeat("line\n", ReadmeLines + 1)));

        Assert.Equal(2, ReadmeViolations(["Workflows", "Dossiers"], [readme]).Count());
    }
}
