using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PublicService.Dossiers;

/// <summary>
/// Mã hồ sơ: <c>{agency}-{yyMMdd}-{nnnn}</c>, for example <c>H49.23-261121-0007</c> or <c>000.00.00.H49-261121-0007</c>.
/// The number restarts at 1 per agency and local day; the Engine issues it under a lock.
/// </summary>
public sealed partial record DossierCode
{
    public const int LargestNumber = 9999;

    /// <exception cref="RefusedException">DOSSIER_NUMBERS_USED_UP above 9,999.</exception>
    public DossierCode(string agency, DateOnly date, int number)
    {
        if (agency is null || !AgencyShape().IsMatch(agency))
        {
            throw new ArgumentException($"'{agency}' is not an agency code.", nameof(agency));
        }

        if (date.Year is < 2000 or > 2099)
        {
            throw new ArgumentOutOfRangeException(nameof(date), "The code holds two digits of the year.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        if (number > LargestNumber)
        {
            throw Refusals.DossierNumbersUsedUp();
        }

        (Agency, Date, Number) = (agency, date, number);
    }

    public string Agency { get; }

    public DateOnly Date { get; }

    public int Number { get; }

    /// <summary>The code of a dossier submitted at <paramref name="at"/>: the date is the one in Viet Nam.</summary>
    public static DossierCode For(string agency, DateTimeOffset at, int number) => new(agency, VietnamTime.DateOf(at), number);

    /// <exception cref="FormatException">The text is not a dossier code.</exception>
    public static DossierCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException($"'{text}' is not a dossier code.");

    public static bool TryParse(string? text, [NotNullWhen(true)] out DossierCode? code)
    {
        code = null;
        var match = CodeShape().Match(text ?? "");
        if (match.Success
            && DateOnly.TryParseExact("20" + match.Groups["date"].Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && int.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and var number)
        {
            code = new DossierCode(match.Groups["agency"].Value, date, number);
        }

        return code is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Agency}-{Date:yyMMdd}-{Number:0000}");

    // Both families are in use: 000.00.00.Hxx (QCVN 102:2016) and Hxx.yy.zz (QĐ 20/2020/QĐ-TTg) [names of the acts from memory].
    [GeneratedRegex(@"^(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?H[0-9]{2}(?:\.[0-9]{1,3}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AgencyShape();

    [GeneratedRegex(@"^(?<agency>(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?H[0-9]{2}(?:\.[0-9]{1,3}){0,3})-(?<date>[0-9]{6})-(?<number>[0-9]{4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape();
}
