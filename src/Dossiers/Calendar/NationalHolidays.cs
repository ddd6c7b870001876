namespace PublicService.Dossiers;

/// <summary>
/// Seed of public days off 2025 to 2027 for a first calendar; administrators maintain it from there, because swaps are decided every year.
/// Days marked [from memory] or [computed lunar] were not confirmed by a primary source.
/// </summary>
public static class NationalHolidays
{
    /// <param name="cultureDay">24/11, Ngày Văn hóa Việt Nam: announced, not confirmed to be in force, so it can be switched.</param>
    public static IReadOnlyList<SpecialDay> All(bool cultureDay = false) =>
    [
        Off(2025, 1, 1, "Tết Dương lịch"),
        Off(2025, 1, 27, "Tết Ất Tỵ"), // 27, 28, 30, 31 [from memory]
        Off(2025, 1, 28, "Tết Ất Tỵ"),
        Off(2025, 1, 29, "Tết Ất Tỵ, mùng 1"),
        Off(2025, 1, 30, "Tết Ất Tỵ"),
        Off(2025, 1, 31, "Tết Ất Tỵ"),
        Off(2025, 4, 7, "Giỗ Tổ Hùng Vương"),
        Off(2025, 4, 30, "Ngày Chiến thắng"),
        Off(2025, 5, 1, "Quốc tế Lao động"),
        Off(2025, 5, 2, "Nghỉ hoán đổi, làm bù 26/4"), // [from memory]
        Worked(2025, 4, 26, "Làm bù cho 02/5"), // [from memory]
        Off(2025, 9, 1, "Quốc khánh, ngày liền kề"), // [from memory]
        Off(2025, 9, 2, "Quốc khánh"),
        Off(2026, 1, 1, "Tết Dương lịch"),
        Off(2026, 1, 2, "Nghỉ hoán đổi, làm bù 10/01"),
        Worked(2026, 1, 10, "Làm bù cho 02/01"), // [from memory]
        Off(2026, 2, 16, "Tết Bính Ngọ"),
        Off(2026, 2, 17, "Tết Bính Ngọ, mùng 1"),
        Off(2026, 2, 18, "Tết Bính Ngọ"),
        Off(2026, 2, 19, "Tết Bính Ngọ"),
        Off(2026, 2, 20, "Tết Bính Ngọ"),
        Off(2026, 4, 26, "Giỗ Tổ Hùng Vương"),
        Off(2026, 4, 27, "Nghỉ bù Giỗ Tổ"),
        Off(2026, 4, 30, "Ngày Chiến thắng"),
        Off(2026, 5, 1, "Quốc tế Lao động"),
        Worked(2026, 8, 22, "Làm bù cho 31/8"), // [from memory]
        Off(2026, 8, 31, "Nghỉ hoán đổi, làm bù 22/8"),
        Off(2026, 9, 1, "Quốc khánh, ngày liền kề"),
        Off(2026, 9, 2, "Quốc khánh"),
        Off(2026, 11, 24, "Ngày Văn hóa Việt Nam") with { InForce = cultureDay },
        Off(2027, 1, 1, "Tết Dương lịch"),
        Off(2027, 2, 5, "Tết Đinh Mùi, 29 tháng Chạp"), // [computed lunar]
        Off(2027, 2, 6, "Tết Đinh Mùi, mùng 1 (thứ Bảy)"),
        Off(2027, 2, 7, "Tết Đinh Mùi, mùng 2 (Chủ nhật)"),
        Off(2027, 2, 8, "Tết Đinh Mùi, mùng 3"),
        Off(2027, 2, 9, "Tết Đinh Mùi, mùng 4"), // [computed lunar]
        Off(2027, 2, 10, "Tết Đinh Mùi, nghỉ bù"), // [computed lunar]
        Off(2027, 2, 11, "Tết Đinh Mùi, nghỉ bù"), // [computed lunar]
        Off(2027, 4, 16, "Giỗ Tổ Hùng Vương"),
        Off(2027, 4, 30, "Ngày Chiến thắng"),
        Off(2027, 5, 1, "Quốc tế Lao động (thứ Bảy)"),
        Off(2027, 5, 3, "Nghỉ bù 1/5"),
        Off(2027, 9, 2, "Quốc khánh"),
        Off(2027, 9, 3, "Quốc khánh (ngày liền kề)"), // [decided yearly]
        Off(2027, 11, 24, "Ngày Văn hóa Việt Nam") with { InForce = cultureDay },
    ];

    private static SpecialDay Off(int year, int month, int day, string name) =>
        new(new(year, month, day), SpecialDayKind.Holiday, name);

    private static SpecialDay Worked(int year, int month, int day, string name) =>
        new(new(year, month, day), SpecialDayKind.SwappedWorkingDay, name);
}
