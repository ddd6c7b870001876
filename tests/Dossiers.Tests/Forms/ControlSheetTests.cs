namespace PublicService.Dossiers.Tests.Forms;

public sealed class ControlSheetTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private readonly List<LedgerEntry> ledger = [];

    [Fact]
    public void Each_stretch_has_who_gave_it_who_did_it_and_its_band()
    {
        Line(LedgerAct.Submitted, 0, "an");
        Line(LedgerAct.TaskCreated, 0, Act.SystemId, """{"title":"Tiếp nhận","role":"TIEP_NHAN","office":"phuong","due":"2026-11-20T02:00:00Z"}""");
        Line(LedgerAct.TaskCompleted, 2, "an", """{"title":"Tiếp nhận","outcome":"Tiếp nhận"}""");
        Line(LedgerAct.TaskCreated, 2, Act.SystemId, """{"title":"Thẩm tra","office":"phuong","due":"2026-11-23T02:00:00Z"}""");
        Line(LedgerAct.TaskCompleted, 3, "binh", """{"title":"Thẩm tra","outcome":"Đủ điều kiện"}""");

        var lines = ControlSheet.Of(ledger);

        Assert.Equal([("Tiếp nhận", "Người nộp hồ sơ", "Cán bộ an", Band.FinishedLate), ("Thẩm tra", "Cán bộ an", "Cán bộ binh", Band.FinishedEarly)],
            lines.Select(line => (line.Title, line.GivenBy, line.DoneBy!, line.BandAt(Start.AddHours(9)))));
    }

    [Fact]
    public void Steps_side_by_side_of_one_name_are_each_answered_once_and_silence_has_no_person()
    {
        Line(LedgerAct.TaskCreated, 0, Act.SystemId, """{"title":"Cho ý kiến","office":"a"}""");
        Line(LedgerAct.TaskCreated, 0, Act.SystemId, """{"title":"Cho ý kiến","office":"b"}""");
        Line(LedgerAct.TaskCompleted, 1, "an", """{"title":"Cho ý kiến","outcome":"Đồng ý"}""");
        Line(LedgerAct.ConsentBySilence, 2, Act.SystemId, """{"title":"Cho ý kiến","outcome":"Đồng ý"}""");

        var lines = ControlSheet.Of(ledger);

        Assert.Equal([("a", "Cán bộ an", "Đồng ý"), ("b", null, "Im lặng coi như: Đồng ý")], lines.Select(line => (line.OfficeId, line.DoneBy, line.Note!)));
    }

    [Fact]
    public void What_still_waits_is_open_and_ends_with_the_dossier()
    {
        Line(LedgerAct.TaskCreated, 0, Act.SystemId, """{"title":"Thẩm tra","office":"a","due":"2026-11-20T02:00:00Z"}""");
        Assert.Equal(Band.InTime, ControlSheet.Of(ledger).Single().BandAt(Start));
        Assert.Equal(Band.Overdue, ControlSheet.Of(ledger).Single().BandAt(Start.AddHours(2)));

        Line(LedgerAct.Withdrawn, 3, "an");

        var line = ControlSheet.Of(ledger).Single();
        Assert.Equal((Start.AddHours(3), null, "Công dân rút hồ sơ"), (line.DoneAt, line.DoneBy, line.Note));
    }

    private void Line(LedgerAct act, int hours, string actor, string? data = null) => ledger.Add(new LedgerEntry(
        Guid.Empty, ledger.Count + 1, Start.AddHours(hours), actor, actor == Act.SystemId ? "Hệ thống" : $"Cán bộ {actor}", null, "phuong", act, null, null, BusinessStatus.InProgress, null, data));
}
