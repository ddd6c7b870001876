using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

public abstract class TaskQueriesTests(TestDatabase database)
{
    [Fact]
    public async Task Pages_show_each_open_task_once_with_undated_ones_last()
    {
        var office = Rows.Id();
        var tasks = Enumerable.Range(0, 25).Select(i => Rows.Task(
            id: $"{office}-{(i * 7) % 25:00}", dueAt: i % 5 == 0 ? null : Rows.At.AddHours(i / 3), officeId: office)).ToList();
        var closed = Rows.Task(officeId: office);
        closed.State = TaskState.Completed;
        await database.Lane.CommitAsync(new Changes().InsertAll(tasks).Insert(closed));

        var seen = new List<TaskRow>();
        List<TaskRow> page;
        do
        {
            await using var db = database.Open();
            page = await db.Tasks.AsNoTracking().Open().Where(task => task.OfficeId == office)
                .Page(seen.LastOrDefault()?.SortAt, seen.LastOrDefault()?.Id, 4).ToListAsync();
            seen.AddRange(page);
        }
        while (page.Count > 0);

        Assert.Equal(tasks.OrderBy(task => task.SortAt).ThenBy(task => task.Id, StringComparer.Ordinal).Select(task => task.Id), seen.Select(task => task.Id));
        Assert.All(seen.TakeLast(5), task => Assert.Null(task.DueAt));
    }

    [Fact]
    public async Task A_new_due_time_moves_the_task_in_the_list()
    {
        var row = Rows.Task();
        await database.Lane.CommitAsync(new Changes().Insert(row));

        row.DueAt = Rows.At;
        await database.Lane.CommitAsync(new Changes().Update(row));

        await using var db = database.Open();
        Assert.True(await db.Tasks.AnyAsync(task => task.Id == row.Id && task.SortAt == Rows.At));
    }

    [Theory]
    [InlineData("mine", "ix_tasks_assignee")]
    [InlineData("office", "ix_tasks_office")]
    [InlineData("unassigned", "ix_tasks_unassigned")]
    public async Task Lists_are_read_from_their_own_index(string list, string index)
    {
        await FillAsync();
        await using var db = database.Open();
        var query = list switch
        {
            "mine" => db.Tasks.Open().Where(task => task.AssigneeId == "person 7"),
            "office" => db.Tasks.Open().Where(task => task.OfficeId == "H49.1" && task.Role == "CaseOfficer"),
            _ => db.Tasks.Unassigned().Where(task => task.OfficeId == "H49.1" && task.Role == "CaseOfficer"),
        };

        var plan = await ExplainAsync(db, query.Page(Rows.At, "x", 50).ToQueryString());

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    /// <summary>Planners look at the data: lists must be found among many tasks of others and many closed ones.</summary>
    private async Task FillAsync()
    {
        var tasks = Enumerable.Range(0, 3000).Select(i => Rows.Task(
            dueAt: Rows.At.AddMinutes(i), assigneeId: i % 3 == 0 ? null : $"person {i % 100}", officeId: $"H49.{i % 40}")).ToList();
        tasks.Where((_, i) => i % 2 == 0).ToList().ForEach(task => task.State = TaskState.Completed);
        await database.Lane.CommitAsync(new Changes().InsertAll(tasks).Execute($"analyze tasks"));
    }

    protected abstract Task<string> ExplainAsync(EngineDb db, string sql);

    protected static async Task<string> ReadAsync(EngineDb db, string sql, int column)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(column));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Puts the values that are printed above the query back into it.</summary>
    protected static string Inline(string sql)
    {
        foreach (var (name, value) in new[] { ("sortAt", "5"), ("lastId", "'x'"), ("p", "50"), ("size", "50") })
        {
            sql = sql.Replace("@" + name, value, StringComparison.Ordinal);
        }

        return sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..];
    }
}

public sealed class TaskQueriesOnSqliteTests(SqliteDatabase database) : TaskQueriesTests(database), IClassFixture<SqliteDatabase>
{
    protected override async Task<string> ExplainAsync(EngineDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        return await ReadAsync(db, "explain query plan " + Inline(sql), 3);
    }
}

public sealed class TaskQueriesOnPostgresTests(PostgresDatabase database) : TaskQueriesTests(database), IClassFixture<PostgresDatabase>
{
    protected override async Task<string> ExplainAsync(EngineDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        return await ReadAsync(db, "explain " + Inline(sql), 0);
    }
}
