using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace PublicService.Engine.Directories;

/// <summary>
/// Search that does not ask for Vietnamese marks: texts are folded once when they are written (lower case, no marks, đ as d),
/// once with spaces and once without, so that "khai sinh", "khải sinh" and "khaisinh" all find "Đăng ký khai sinh".
/// </summary>
public static class SearchText
{
    /// <summary>What to store for a row.</summary>
    public static string Of(params string?[] parts)
    {
        var spaced = Fold(string.Join(' ', parts.Where(part => part is not null)));
        return $"{spaced}|{spaced.Replace(" ", "", StringComparison.Ordinal)}";
    }

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            // Đ is a letter of its own for Unicode and does not decompose.
            var plain = letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter);
            folded.Append(char.IsLetterOrDigit(plain) || plain == '.' ? plain : ' ');
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>LIKE patterns that must all match; folding leaves no wildcard to escape.</summary>
    public static IEnumerable<string> Patterns(string? search) =>
        Fold(search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8).Select(word => $"%{word}%");

    public static IQueryable<ProcedureRow> Matching(this IQueryable<ProcedureRow> rows, string? search) => Patterns(search)
        .Aggregate(rows, (left, pattern) => left.Where(row => EF.Functions.Like(row.SearchText, pattern)));
}
