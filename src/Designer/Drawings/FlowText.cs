namespace PublicService.Designer.Drawings;

/// <summary>SVG does not wrap words; this does, by the mean width of a letter.</summary>
internal static class FlowText
{
    /// <summary>Pixels of a letter of an outcome's word.</summary>
    public const double CaptionLetter = 5.6;

    private const double NameLetter = 7.7;

    private const int LongestCaption = 32;

    /// <summary>A word of an outcome that fits between two columns.</summary>
    public static string Shortened(string? caption) => caption is null ? "" : caption.Length <= LongestCaption ? caption : caption[..(LongestCaption - 1)].TrimEnd() + "…";

    /// <summary>A name in at most this many lines; what does not fit ends in three dots.</summary>
    public static IReadOnlyList<string> Lines(string name, double width, int most)
    {
        var room = Math.Max(4, (int)(width / NameLetter));
        var lines = new List<string> { "" };
        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var line = lines[^1];
            if (line.Length == 0)
            {
                lines[^1] = word;
            }
            else if (line.Length + 1 + word.Length <= room)
            {
                lines[^1] = $"{line} {word}";
            }
            else
            {
                lines.Add(word);
            }
        }

        var isCut = lines.Count > most;
        return [.. lines.Take(most).Select((line, i) => (isCut && i == most - 1) || line.Length > room ? line[..Math.Min(line.Length, room - 1)].TrimEnd() + "…" : line)];
    }
}
