namespace PublicService.Dossiers.Tests.Forms;

public sealed class LetterheadTests
{
    private static readonly Office Province = New("quang-ninh", "Ủy ban nhân dân tỉnh Quảng Ninh", OfficeKind.PeoplesCommittee, OfficeLevel.Province);
    private static readonly Office Ward = New("phuong", "Ủy ban nhân dân phường Hồng Gai", OfficeKind.PeoplesCommittee, OfficeLevel.Commune);
    private static readonly Office Island = New("dac-khu", "Ủy ban nhân dân đặc khu Vân Đồn", OfficeKind.PeoplesCommittee, OfficeLevel.Commune);
    private static readonly Office Department = New("stp", "Sở Tư pháp", OfficeKind.Department, OfficeLevel.Province);

    [Fact]
    public void A_peoples_committee_stands_alone_and_above_its_desk()
    {
        Assert.Equal(new Letterhead(null, "Ủy ban nhân dân phường Hồng Gai", "UBND", "Hồng Gai"), Letterhead.OfOffice(Ward, Province));
        Assert.Equal(
            new Letterhead("Ủy ban nhân dân phường Hồng Gai", "Trung tâm Phục vụ hành chính công phường Hồng Gai", "UBND", "Hồng Gai"),
            Letterhead.OfDesk(Ward, "Trung tâm Phục vụ hành chính công phường Hồng Gai", Province));
        Assert.Equal("Vân Đồn", Letterhead.OfOffice(Island, Province).Place);
    }

    [Fact]
    public void A_department_stands_under_the_province_and_writes_from_there() =>
        Assert.Equal(new Letterhead("Ủy ban nhân dân tỉnh Quảng Ninh", "Sở Tư pháp", "STP", "Quảng Ninh"), Letterhead.OfDesk(Department, "Sở Tư pháp", Province));

    [Fact]
    public void Every_form_has_its_number_name_and_act()
    {
        Assert.Equal(["01", "02", "03", "04", "05", "06", "07"], Enum.GetValues<FormKind>().Select(kind => kind.No()));
        Assert.Equal(7, Enum.GetValues<FormKind>().Select(kind => kind.Name()).Distinct().Count());
        Assert.All(FormKinds.Issued, kind => Assert.Equal(kind, FormKinds.IssuedBy(kind.Act())));
        Assert.Equal(FormKind.StopNotice, FormKinds.IssuedBy(LedgerAct.Withdrawn));
        Assert.Null(FormKinds.IssuedBy(LedgerAct.TaskCompleted));
    }

    [Theory]
    [InlineData("01", FormKind.Receipt)]
    [InlineData("07", FormKind.Register)]
    [InlineData("00", null)]
    [InlineData("08", null)]
    [InlineData("1", null)]
    [InlineData("011", null)]
    [InlineData(null, null)]
    public void A_number_is_read_strictly(string? no, FormKind? kind)
    {
        Assert.Equal(kind is not null, FormKinds.TryParse(no, out var read));
        Assert.Equal(kind, read);
    }

    private static Office New(string id, string name, OfficeKind kind, OfficeLevel level) => new(id, "H49", name, kind, level, null, new DateOnly(2025, 7, 1), null, "c");
}
