namespace PublicService.Dossiers.Tests.Subjects;

public sealed class DossierCodeTests
{
    [Theory]
    [InlineData("H49.23-261121-0007", "H49.23", 7)]
    [InlineData("000.00.00.H49-261121-9999", "000.00.00.H49", 9999)]
    [InlineData("H49-261121-0001", "H49", 1)]
    [InlineData("H49.101.2.003-261121-0042", "H49.101.2.003", 42)]
    public void Reads_and_writes_both_families_of_agency_codes(string text, string agency, int number)
    {
        var code = DossierCode.Parse(text);

        Assert.Equal((agency, new DateOnly(2026, 11, 21), number), (code.Agency, code.Date, code.Number));
        Assert.Equal(text, code.ToString());
        Assert.Equal(code, new DossierCode(agency, new(2026, 11, 21), number));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("H49.23-261121-0000")]
    [InlineData("H49.23-261121-10000")]
    [InlineData("H49.23-261131-0001")]
    [InlineData("H49.23-26112-0001")]
    [InlineData("X49-261121-0001")]
    [InlineData("H49.23-261121-0001\n")]
    [InlineData("H49.23-261121-000١")]
    [InlineData("H49.23.1.2.3-261121-0001")]
    public void Is_not_a_code(string? text)
    {
        Assert.False(DossierCode.TryParse(text, out var code));
        Assert.Null(code);
        Assert.Throws<FormatException>(() => DossierCode.Parse(text!));
    }

    [Theory]
    [InlineData("2026-11-21 00:00", "H49.23-261121-0001")]
    [InlineData("2026-11-21 06:59", "H49.23-261121-0001")]
    [InlineData("2026-11-21 23:59", "H49.23-261121-0001")]
    public void Bears_the_date_of_Viet_Nam_and_not_of_UTC(string at, string code) =>
        Assert.Equal(code, DossierCode.For("H49.23", A.At(at), 1).ToString());

    [Fact]
    public void Numbers_end_at_9999()
    {
        A.ShouldBeRefused("DOSSIER_NUMBERS_USED_UP", () => _ = new DossierCode("H49", new(2026, 11, 21), 10_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DossierCode("H49", new(2026, 11, 21), 0));
        Assert.Throws<ArgumentException>(() => new DossierCode("Quảng Ninh", new(2026, 11, 21), 1));
    }
}
