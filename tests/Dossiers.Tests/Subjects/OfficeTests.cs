namespace PublicService.Dossiers.Tests.Subjects;

public sealed class OfficeTests
{
    [Theory]
    [InlineData("2025-06-30", false)]
    [InlineData("2025-07-01", true)]
    [InlineData("2027-12-31", true)]
    [InlineData("2028-01-01", false)]
    public void Exists_from_its_first_day_to_its_last(string date, bool valid)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var office = new Office(
            "p-hong-gai", "H49.23", "Phường Hồng Gai", OfficeKind.PeoplesCommittee, OfficeLevel.Commune, "qn", new(2025, 7, 1), new(2027, 12, 31), "qn");

        Assert.Equal(valid, office.IsValidOn(day));
        Assert.True((office with { ValidTo = null }).IsValidOn(new(2099, 1, 1)));
        if (!valid)
        {
            A.ShouldBeRefused("OFFICE_NOT_IN_FORCE", () => office.MustBeValidOn(day));
        }
    }

    [Fact]
    public void Every_role_has_a_Vietnamese_name()
    {
        Assert.Equal(16, Role.All.Count);
        Assert.Equal("Cán bộ tiếp nhận", Role.Word(Role.Receptionist));
        Assert.Equal(Role.All.Count, Role.All.Select(Role.Word).Distinct().Count());
        Assert.Throws<ArgumentException>(() => Role.Word("X"));
    }

    [Fact]
    public void Every_band_has_a_word() =>
        Assert.All(Enum.GetValues<Band>(), band => Assert.NotEmpty(band.Word()));
}
