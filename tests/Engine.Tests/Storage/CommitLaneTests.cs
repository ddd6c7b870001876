using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Tests.Storage;

public abstract class CommitLaneTests(TestDatabase database)
{
    private CommitLane Lane => database.Lane;

    [Fact]
    public async Task Stores_a_whole_click_as_the_model_reads_it()
    {
        var id = Rows.Id();
        var dossier = Guid.NewGuid();

        await Lane.CommitAsync(Rows.Click(id, dossier));

        await using var db = database.Open();
        var instance = await db.Instances.SingleAsync(row => row.Id == id);
        Assert.Equal(dossier, instance.DossierId);
        Assert.Equal(InstanceSubStatus.Suspended, instance.SubStatus);
        Assert.Equal("""{"id":"x","steps":[]}"""u8.ToArray(), instance.State);
        Assert.Equal(Rows.At, instance.CreatedAt);
        Assert.Null(instance.FinishedAt);
        Assert.Equal("Thẩm định hồ sơ", (await db.Tasks.SingleAsync(row => row.Id == id + "-b")).Title);
        Assert.Equal(2, await db.Bookmarks.CountAsync(row => row.InstanceId == id));
        Assert.Equal(1, await db.Journal.CountAsync(row => row.DossierId == dossier));
        Assert.True((await db.Outbox.SingleAsync(row => row.DossierId == dossier)).Id > 0);
    }

    [Fact]
    public async Task Raises_the_version_of_what_it_updates()
    {
        var row = Rows.Instance();
        await Lane.CommitAsync(new Changes().Insert(row));

        row.Status = InstanceStatus.Finished;
        row.State = null;
        await Lane.CommitAsync(new Changes().Update(row));
        row.Name = "again";
        await Lane.CommitAsync(new Changes().Update(row));

        await using var db = database.Open();
        var stored = await db.Instances.SingleAsync(instance => instance.Id == row.Id);
        Assert.Equal(2, row.Version);
        Assert.Equal((2, "again", InstanceStatus.Finished), (stored.Version, stored.Name, stored.Status));
        Assert.Null(stored.State);
    }

    [Fact]
    public async Task Refuses_an_older_version()
    {
        var row = Rows.Instance();
        await Lane.CommitAsync(new Changes().Insert(row));
        var other = Rows.Instance(row.Id);
        await Lane.CommitAsync(new Changes().Update(other));

        await Assert.ThrowsAsync<StaleException>(() => Lane.CommitAsync(new Changes().Update(row)));
        await Assert.ThrowsAsync<StaleException>(() => Lane.CommitAsync(new Changes().Delete(row)));

        Assert.Equal(0, row.Version);
        await Lane.CommitAsync(new Changes().Delete(other));
    }

    [Fact]
    public async Task Updates_only_the_properties_named()
    {
        var row = Rows.Task();
        await Lane.CommitAsync(new Changes().Insert(row));

        row.AssigneeId = "lan";
        row.Title = "not written";
        await Lane.CommitAsync(new Changes().Update(row, nameof(TaskRow.AssigneeId)));

        await using var db = database.Open();
        var stored = await db.Tasks.SingleAsync(task => task.Id == row.Id);
        Assert.Equal(("lan", "Thẩm định hồ sơ", 1L), (stored.AssigneeId, stored.Title, stored.Version));
    }

    [Fact]
    public async Task Says_which_property_it_does_not_know() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Lane.CommitAsync(new Changes().Update(Rows.Task(), "Colour")));

    [Fact]
    public async Task Refuses_to_update_a_row_that_is_gone() =>
        await Assert.ThrowsAsync<StaleException>(() => Lane.CommitAsync(new Changes().Update(Rows.Instance())));

    [Fact]
    public async Task Refuses_to_burn_a_bookmark_twice()
    {
        var row = Rows.Bookmark();
        await Lane.CommitAsync(new Changes().Insert(row));
        await Lane.CommitAsync(new Changes().DeleteBookmark(row.Id));

        await Assert.ThrowsAsync<StaleException>(() => Lane.CommitAsync(new Changes().DeleteBookmark(row.Id)));
    }

    [Fact]
    public async Task Names_the_broken_unique_rule_alike_on_both_databases()
    {
        var row = Rows.Instance();
        var message = Rows.Message();
        await Lane.CommitAsync(new Changes().Insert(row).Insert(message).Insert(Rows.Definition(row.Id, 1)));
        var sameVersion = new DefinitionRow
        {
            Id = Rows.Id(),
            DefinitionId = row.Id,
            Version = 1,
            Json = "",
            CreatedBy = "",
            Hash = "",
        };

        var key = await Assert.ThrowsAsync<DuplicateException>(() => Lane.CommitAsync(new Changes().Insert(row)));
        var index = await Assert.ThrowsAsync<DuplicateException>(() => Lane.CommitAsync(new Changes().Insert(message)));
        var wide = await Assert.ThrowsAsync<DuplicateException>(() => Lane.CommitAsync(new Changes().Insert(sameVersion)));

        Assert.Equal("pk_instances", key.Constraint);
        Assert.Equal("ux_outbox_idempotency_key", index.Constraint);
        Assert.Equal("ux_definitions_definition_id_version", wide.Constraint);
    }

    [Fact]
    public async Task Stores_nothing_of_a_unit_that_fails_in_the_middle()
    {
        var first = Rows.Instance();
        var second = Rows.Instance();
        var withoutTitle = Rows.Task();
        withoutTitle.Title = null!;

        await Assert.ThrowsAsync<StaleException>(() => Lane.CommitAsync(
            new Changes().Insert(first).DeleteBookmark("no such").Insert(second)));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Lane.CommitAsync(
            new Changes().Insert(first).Insert(withoutTitle)));

        await using var db = database.Open();
        Assert.False(await db.Instances.AnyAsync(row => row.Id == first.Id || row.Id == second.Id));
    }

    [Fact]
    public async Task Runs_a_change_of_many_rows_with_converted_values()
    {
        var definition = Rows.Id();
        await Lane.CommitAsync(new Changes().Insert(Rows.Definition(definition, 1)).Insert(Rows.Definition(definition, 2)));
        var task = Rows.Task();
        await Lane.CommitAsync(new Changes().Insert(task));

        await Lane.CommitAsync(new Changes()
            .Execute($"update definitions set is_latest = {false} where definition_id = {definition} and version < {2}", rows: 1)
            .Execute($"update tasks set state = {TaskState.Cancelled}, completed_at = {Rows.At}, outcome = {null} where id = {task.Id}"));
        await Assert.ThrowsAsync<StaleException>(() => Lane.CommitAsync(
            new Changes().Execute($"update definitions set is_latest = {false} where definition_id = {"none"}", rows: 1)));

        await using var db = database.Open();
        Assert.Equal(2, (await db.Definitions.SingleAsync(row => row.DefinitionId == definition && row.IsLatest)).Version);
        var stored = await db.Tasks.SingleAsync(row => row.Id == task.Id);
        Assert.Equal((TaskState.Cancelled, Rows.At), (stored.State, stored.CompletedAt));
    }

    [Fact]
    public async Task Numbers_messages_in_the_order_of_the_clicks()
    {
        var dossier = Guid.NewGuid();
        for (var i = 0; i < 5; i++)
        {
            await Lane.CommitAsync(new Changes().Insert(Rows.Message(dossier, $"{dossier}-{i}")));
        }

        await using var db = database.Open();
        var keys = await db.Outbox.Where(row => row.DossierId == dossier).OrderBy(row => row.Id).Select(row => row.IdempotencyKey).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"{dossier}-{i}"), keys);
    }

    [Fact]
    public async Task Tells_about_what_was_stored_and_only_that()
    {
        var seen = new List<Changes>();
        void Note(Changes changes) => seen.Add(changes);
        Lane.Committed += Note;
        var stored = new Changes().Insert(Rows.Instance());

        await Lane.CommitAsync(stored);
        await Assert.ThrowsAsync<StaleException>(() => Lane.CommitAsync(new Changes().DeleteBookmark("no such")));
        await Lane.CommitAsync(new Changes());

        Lane.Committed -= Note;
        Assert.Same(stored, Assert.Single(seen));
    }

    [Fact]
    public async Task Writes_nothing_for_a_caller_who_has_already_left()
    {
        var row = Rows.Instance();
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Lane.CommitAsync(new Changes().Insert(row), left.Token));

        await using var db = database.Open();
        Assert.False(await db.Instances.AnyAsync(instance => instance.Id == row.Id));
    }

    [Fact]
    public async Task Compares_and_orders_instants_in_SQL()
    {
        var instance = Rows.Id();
        var hanoi = TimeSpan.FromHours(7);
        var morning = new DateTimeOffset(2026, 11, 20, 8, 0, 0, hanoi);
        await Lane.CommitAsync(new Changes()
            .Insert(Rows.Bookmark("b" + instance, instance, morning.AddHours(1)))
            .Insert(Rows.Bookmark("a" + instance, instance, morning.ToUniversalTime().AddMinutes(-1)))
            .Insert(Rows.Bookmark("c" + instance, instance)));

        await using var db = database.Open();
        var due = await db.Bookmarks.Where(row => row.InstanceId == instance && row.DueAt <= morning.AddHours(2))
            .OrderBy(row => row.DueAt).Select(row => row.Id).ToListAsync();
        Assert.Equal(["a" + instance, "b" + instance], due);
    }
}

public sealed class CommitLaneOnSqliteTests(SqliteDatabase database) : CommitLaneTests(database), IClassFixture<SqliteDatabase>;

public sealed class CommitLaneOnPostgresTests(PostgresDatabase database) : CommitLaneTests(database), IClassFixture<PostgresDatabase>;
