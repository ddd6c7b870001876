using System.Reflection;
using PublicService.Dossiers.Tests.Clocks;

namespace PublicService.Dossiers.Tests.Subjects;

public sealed class LedgerTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 50)];

    public static TheoryData<BusinessStatus> Statuses() => [.. Enum.GetValues<BusinessStatus>()];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_line_has_actor_time_act_and_the_next_number(int seed)
    {
        var dossier = new RandomLife(seed + 7000).Dossier;

        Assert.Equal(Enumerable.Range(1, dossier.LedgerLength), dossier.Ledger.Select(entry => entry.Sequence));
        Assert.All(dossier.Ledger, entry =>
        {
            Assert.Equal(("u-7", "Nguyễn Thị Lan", "so-xd"), (entry.ActorId, entry.ActorName, entry.OfficeId));
            Assert.Equal(dossier.Id, entry.DossierId);
            Assert.Equal(TimeSpan.Zero, entry.At.Offset);
            Assert.True(Enum.IsDefined(entry.Act));
        });
        Assert.All(dossier.Ledger.Zip(dossier.Ledger.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
        Assert.Equal(dossier.BusinessStatus, dossier.Ledger[^1].StatusAfter);
        Assert.Equal(dossier.DueAt, dossier.Ledger[^1].DueAfter);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Statuses_in_the_ledger_follow_the_table(int seed)
    {
        var ledger = new RandomLife(seed + 8000).Dossier.Ledger;

        var moves = ledger.Zip(ledger.Skip(1)).Where(pair => pair.First.StatusAfter != pair.Second.StatusAfter);

        Assert.All(moves, pair => Assert.True(BusinessMoves.Allows(pair.First.StatusAfter, pair.Second.StatusAfter)));
    }

    [Fact]
    public void Substitution_keeps_both_names()
    {
        var dossier = A.Received();

        dossier.Begin(new Act("u-9", "Lê Văn Phó", "so-xd", A.At("2026-03-03 09:00"), OnBehalfOf: "Phạm Thị Trưởng"));

        Assert.Equal(("Lê Văn Phó", "Phạm Thị Trưởng"), (dossier.Ledger[^1].ActorName, dossier.Ledger[^1].OnBehalfOf));
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void A_note_tells_what_happened_and_changes_nothing(BusinessStatus status)
    {
        var dossier = A.In(status);
        var due = dossier.DueAt;

        dossier.Note(LedgerAct.ConsentBySilence, """{"office":"so-vhtt"}""", Act.System(A.At("2026-03-20 09:00"), "Quá 12 ngày không trả lời"), A.Law);

        var entry = dossier.Ledger[^1];
        Assert.Equal((Act.SystemId, "Hệ thống", "Quá 12 ngày không trả lời", A.Law), (entry.ActorId, entry.ActorName, entry.Reason, entry.Article));
        Assert.Equal((status, due), (dossier.BusinessStatus, dossier.DueAt));
    }

    [Fact]
    public void An_act_that_changes_the_dossier_cannot_be_written_as_a_note()
    {
        var dossier = A.InProgress();

        var changing = Enum.GetValues<LedgerAct>().Where(act => !act.IsNote()).ToList();

        Assert.Equal(34, changing.Count);
        Assert.All(changing, act => Assert.Throws<ArgumentException>(() => dossier.Note(act, null, A.Act("2026-03-09 09:00"))));
    }

    [Fact]
    public void Time_does_not_run_backwards()
    {
        var dossier = A.InProgress(at: "2026-03-02 09:00");

        A.ShouldBeRefused("ACT_OUT_OF_ORDER", () => dossier.Finish("1", null, A.Act("2026-03-02 08:59")));
        A.ShouldBeRefused("ACT_OUT_OF_ORDER", () => dossier.Note(LedgerAct.Commented, null, A.Act("2026-03-02 08:59")));

        Assert.Equal(BusinessStatus.InProgress, dossier.BusinessStatus);
    }

    [Fact]
    public void New_lines_are_handed_out_once()
    {
        var dossier = A.Received();

        Assert.Equal([1, 2], dossier.TakeNewEntries().Select(entry => entry.Sequence));
        Assert.Empty(dossier.TakeNewEntries());
        dossier.Begin(A.Act("2026-03-03 09:00"));

        Assert.Equal(LedgerAct.Begun, Assert.Single(dossier.TakeNewEntries()).Act);
        Assert.Equal(3, dossier.Ledger.Count);
    }

    [Fact]
    public void A_loaded_dossier_gets_its_lines_back_and_counts_on()
    {
        var stored = A.InProgress().Ledger.Reverse().ToList();
        var loaded = Loaded(stored.Count);

        loaded.AttachLedger(stored);
        loaded.Note(LedgerAct.Commented, null, A.Act("2026-03-03 09:00"));

        Assert.Equal([1, 2, 3, 4], loaded.Ledger.Select(entry => entry.Sequence));
        Assert.Equal(4, Assert.Single(loaded.TakeNewEntries()).Sequence);
    }

    [Fact]
    public void A_ledger_with_a_hole_is_not_accepted()
    {
        var stored = A.InProgress().Ledger;
        var stranger = stored.Select(entry => entry with { DossierId = Guid.NewGuid() });

        Assert.Throws<InvalidOperationException>(() => Loaded(3).AttachLedger(stored.Where(entry => entry.Sequence != 2)));
        Assert.Throws<InvalidOperationException>(() => Loaded(4).AttachLedger(stored));
        Assert.Throws<InvalidOperationException>(() => Loaded(3).AttachLedger(stranger));
        Assert.Throws<InvalidOperationException>(() => A.InProgress().AttachLedger(stored));
    }

    [Fact]
    public void A_citizen_acts_in_his_own_name()
    {
        var dossier = Dossier.Submit(A.Submission(), Act.Citizen("022090001234", "Trần Văn An", A.At("2026-03-02 08:00")));

        Assert.Equal(("Trần Văn An", Act.CitizenOffice), (dossier.Ledger[0].ActorName, dossier.Ledger[0].OfficeId));
    }

    [Theory]
    [InlineData("", "Lan", "so-xd")]
    [InlineData("u-7", " ", "so-xd")]
    [InlineData("u-7", "Lan", "")]
    public void Nobody_acts_without_a_name(string id, string name, string office) =>
        Assert.Throws<ArgumentException>(() => new Act(id, name, office, A.At("2026-03-02 09:00")));

    [Fact]
    public void Nothing_outside_can_set_anything()
    {
        var open = typeof(Dossier).GetProperties().Where(property => property.SetMethod is { IsPublic: true });

        Assert.Empty(open);
        Assert.All(typeof(Dossier).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public), made => Assert.True(made.IsPrivate));
    }

    // As a store would: an empty object with its columns filled.
    private static Dossier Loaded(int length)
    {
        var dossier = (Dossier)Activator.CreateInstance(typeof(Dossier), nonPublic: true)!;
        typeof(Dossier).GetProperty(nameof(Dossier.Id))!.SetValue(dossier, A.Submission().Id);
        typeof(Dossier).GetProperty(nameof(Dossier.LedgerLength))!.SetValue(dossier, length);
        return dossier;
    }
}
