using System.Globalization;

namespace PublicService.Designer;

/// <summary>Times and numbers as they are written in Viet Nam.</summary>
public static class VietnamText
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <summary>Day and minute, e.g. 22/11/2026 08:30.</summary>
    public static string Time(DateTimeOffset? at) =>
        at is { } instant ? TimeZoneInfo.ConvertTime(instant, Zone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture) : "";

    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string Number(int number) => number.ToString("N0", Vietnamese);

    /// <summary>A part of a whole, e.g. 12,5%.</summary>
    public static string Share(double share) => (share * 100).ToString("0.#", Vietnamese) + "%";

    /// <summary>Working minutes as hours and minutes, e.g. 3 giờ 20 phút.</summary>
    public static string Minutes(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => $"{rest} phút",
        (var hours, 0) => $"{Number(hours)} giờ",
        var (hours, rest) => $"{Number(hours)} giờ {rest} phút",
    };
}
