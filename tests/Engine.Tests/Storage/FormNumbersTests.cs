using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

/// <summary>Numbers of forms have neither gap nor double, whoever issues and whatever fails.</summary>
public abstract class FormNumbersTests(TestDatabase database)
{
    [Fact]
    public async Task Two_hundred_issues_at_once_get_1_to_200_although_others_fail()
    {
        const string Office = "phuong-mot";

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(async () =>
        {
            // Every third unit breaks after it has taken its number.
            var changes = Issue(Office, FormKind.Receipt);
            return await Record.ExceptionAsync(() => database.Lane.CommitAsync(i % 3 == 0 ? changes.DeleteBookmark("no such") : changes));
        })));

        Assert.Equal(100, outcomes.Count(error => error is StaleException));
        Assert.Equal(200, outcomes.Count(error => error is null));
        Assert.Equal(Enumerable.Range(1, 200), await NumbersAsync(Office, FormKind.Receipt));
    }

    [Fact]
    public async Task Clicks_that_issue_several_kinds_do_not_wait_for_one_another()
    {
        const string Office = "phuong-hai";

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() =>
        {
            var changes = Issue(Office, FormKind.Receipt);
            FormRow.Issue(changes, Row(Office, FormKind.StopNotice));
            return database.Lane.CommitAsync(changes);
        })));

        Assert.Equal(Enumerable.Range(1, 60), await NumbersAsync(Office, FormKind.Receipt));
        Assert.Equal(Enumerable.Range(1, 60), await NumbersAsync(Office, FormKind.StopNotice));
    }

    [Fact]
    public async Task Each_office_year_and_kind_counts_for_itself()
    {
        foreach (var (office, kind, year) in new[] { ("a", FormKind.Receipt, 2026), ("b", FormKind.Receipt, 2026), ("a", FormKind.Refusal, 2026), ("a", FormKind.Receipt, 2027) })
        {
            var changes = new Changes();
            FormRow.Issue(changes, Row(office, kind, year));
            await database.Lane.CommitAsync(changes);
        }

        await using var db = database.Open();
        Assert.Equal([1, 1, 1, 1], await db.Forms.Where(row => row.OfficeId == "a" || row.OfficeId == "b").Select(row => row.Sequence).ToListAsync());
    }

    protected TestDatabase Engines => database;

    protected static Changes Issue(string office, FormKind kind)
    {
        var changes = new Changes();
        FormRow.Issue(changes, Row(office, kind));
        return changes;
    }

    private static FormRow Row(string office, FormKind kind, int year = 2026) => new()
    {
        Id = Guid.CreateVersion7(),
        DossierId = Guid.CreateVersion7(),
        LedgerSequence = 2,
        Kind = kind,
        OfficeId = office,
        Year = year,
        Letters = "GTN-UBND",
        IssuedAt = Rows.At,
        IssuedBy = "Trần Thị Lan",
        Content = "{}",
    };

    protected async Task<List<int>> NumbersAsync(string office, FormKind kind)
    {
        await using var db = database.Open();
        return await db.Forms.Where(row => row.OfficeId == office && row.Kind == kind).OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync();
    }
}

public sealed class FormNumbersOnSqliteTests(SqliteDatabase database) : FormNumbersTests(database), IClassFixture<SqliteDatabase>;

public sealed class FormNumbersOnPostgresTests(PostgresDatabase database) : FormNumbersTests(database), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Two_engines_on_onedatabase_share_one_row_of_numbers()
    {
        const string Office = "phuong-ba";
        await using var other = Engines.Wire();
        CommitLane[] lanes = [Engines.Lane, other.GetRequiredService<CommitLane>()];

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => lanes[i % 2].CommitAsync(Issue(Office, FormKind.Receipt)))));

        Assert.Equal(Enumerable.Range(1, 200), await NumbersAsync(Office, FormKind.Receipt));
    }
}
