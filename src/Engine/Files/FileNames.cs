using System.Globalization;
using System.Text;

namespace PublicService.Engine.Files;

/// <summary>Names of uploaded files are shown and offered for download, never used on disk; they must still not deceive anybody.</summary>
internal static class FileNames
{
    private const int Longest = 255;

    /// <summary>Returns the name in composed Unicode form, so that Vietnamese letters from any keyboard compare equal.</summary>
    public static string Check(string? name)
    {
        var text = TryNormalize(name)?.Trim();
        if (string.IsNullOrEmpty(text)
            || text.Length > Longest
            || text is "." or ".."
            || text.AsSpan().IndexOfAny('/', '\\', ':') >= 0
            || text.Any(IsHidden))
        {
            throw new FileRefusedException(FileRefusedException.NameInvalid, "Tên tệp không hợp lệ.");
        }

        return text;
    }

    // Half a surrogate pair cannot be normalised.
    private static string? TryNormalize(string? name)
    {
        try
        {
            return name?.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Control and direction characters can make "exe.pdf" out of "fdp.exe".</summary>
    private static bool IsHidden(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
