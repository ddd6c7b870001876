using System.Globalization;
using System.Text;
using PublicService.Dossiers;

namespace PublicService.Engine.Printing;

/// <summary>Words on paper: times as offices write them (NĐ 30/2020), and what people typed without signs that would deceive a reader.</summary>
public static class PrintText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Without control and direction characters, which can turn a line round; line breaks become spaces.</summary>
    public static string Clean(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary><c>08 giờ 00 phút, ngày 20 tháng 11 năm 2026</c>.</summary>
    public static string Moment(DateTimeOffset instant) => $"{VietnamTime.Local(instant).ToString("HH' giờ 'mm' phút'", Invariant)}, {Day(instant)}";

    /// <summary><c>ngày 05 tháng 02 năm 2026</c>: days below 10 and the months 1 and 2 get a nought (NĐ 30/2020).</summary>
    public static string Day(DateTimeOffset instant)
    {
        var date = VietnamTime.DateOf(instant);
        return string.Create(Invariant, $"ngày {date.Day:00} tháng {(date.Month < 3 ? "0" : "")}{date.Month} năm {date.Year}");
    }

    /// <summary><c>08:00 20/11/2026</c>, for tables.</summary>
    public static string Brief(DateTimeOffset? instant) =>
        instant is { } at ? VietnamTime.Local(at).ToString("HH:mm dd/MM/yyyy", Invariant) : "";

    /// <summary><c>20/11/2026</c>.</summary>
    public static string Brief(DateOnly date) => date.ToString("dd/MM/yyyy", Invariant);

    /// <summary>A count with two digits, as on papers; nothing when nobody counted.</summary>
    public static string Count(int? number) => number is > 0 and var some ? some.ToString("00", Invariant) : "";

    /// <summary>Whole đồng with points: <c>8.000</c>.</summary>
    public static string Money(long amount) => amount.ToString("#,0", Invariant).Replace(',', '.');
}
