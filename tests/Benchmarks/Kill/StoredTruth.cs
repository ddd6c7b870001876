using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using PublicService.Activities;
using PublicService.Dossiers;
using PublicService.Workflows.Running;

namespace PublicService.Benchmarks.Kill;

/// <summary>Reads one snapshot of the engine's file from outside and compares everything in it with everything else.</summary>
public sealed class StoredTruth(string folder)
{
    private readonly string source = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "engine.db"),
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
        DefaultTimeout = 30,
    }.ConnectionString;

    /// <exception cref="ProofFailedException">Something is lost, doubled or stuck.</exception>
    public async Task<string> CompareAsync(IReadOnlyList<Acknowledged> acknowledged)
    {
        await using var connection = new SqliteConnection(source);
        await connection.OpenAsync();
        await using var snapshot = connection.BeginTransaction(deferred: true);
        Expect("ok", Text(connection, "pragma integrity_check"), "integrity");
        Clicks(connection, acknowledged);
        Codes(connection);
        Ledger(connection);
        Instances(connection);
        Messages(connection);
        return $"{acknowledged.Count} clicks, {Number(connection, "select count(*) from dossiers")} dossiers, {Number(connection, "select count(*) from bookmarks where due_at is not null")} timers, {Number(connection, "select count(*) from outbox where sent_at is null")} messages to go";
    }

    /// <summary>Waits until no timer is due and no message waits, then compares the messages with the files they became.</summary>
    public async Task<DrainedState> DrainAsync()
    {
        var watch = Stopwatch.StartNew();
        await using var connection = new SqliteConnection(source);
        await connection.OpenAsync();
        while (Number(connection, "select (select count(*) from outbox where sent_at is null) + (select count(*) from bookmarks where name = 'Elsa.Delay')") > 0)
        {
            Require(watch.Elapsed < TimeSpan.FromSeconds(60), "timers or messages are not worked off");
            await Task.Delay(100);
        }

        await CompareAsync([]);
        var keys = Strings(connection, "select idempotency_key from outbox where kind = 'notification'").Order(StringComparer.Ordinal).ToList();
        var delivered = Path.Combine(folder, "outbox-out");
        var files = Directory.Exists(delivered)
            ? Directory.GetFiles(delivered, "*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))!)
                .Where(file => file["kind"]!.GetValue<string>() == "notification").Select(file => file["key"]!.GetValue<string>()).Order(StringComparer.Ordinal).ToList()
            : [];
        Require(keys.SequenceEqual(files), $"{keys.Count} messages became {files.Count} files");
        return new DrainedState((int)Number(connection, "select count(*) from dossiers"), keys.Count);
    }

    /// <summary>Every acknowledged click is there once, and there is no click nobody asked for.</summary>
    private static void Clicks(SqliteConnection connection, IReadOnlyList<Acknowledged> acknowledged)
    {
        if (acknowledged.Count == 0)
        {
            return;
        }

        Expect(acknowledged.Count, Number(connection, "select count(*) from idempotency_keys"), "requests and idempotency keys");
        var codes = Strings(connection, "select code from dossiers").ToHashSet(StringComparer.Ordinal);
        var starts = acknowledged.Where(click => click.Request.TaskId is null).ToList();
        Expect(starts.Count, codes.Count, "dossiers asked for and dossiers stored");
        Require(starts.All(click => codes.Contains(JsonNode.Parse(click.Answer)!["code"]!.GetValue<string>())), "an acknowledged dossier is lost");
        var completed = Strings(connection, "select id from tasks where state = 'Completed'").ToHashSet(StringComparer.Ordinal);
        var completions = acknowledged.Where(click => click.Request.TaskId is not null).ToList();
        Expect(completions.Count, completed.Count, "tasks completed by request and tasks completed");
        Require(completions.All(click => completed.Contains(click.Request.TaskId!)), "an acknowledged completion is lost");
        Expect(completed.Count, Number(connection, "select count(*) from ledger where act = 'TaskCompleted'"), "completed tasks and their lines in the ledger");
    }

    private static void Codes(SqliteConnection connection)
    {
        foreach (var agency in Strings(connection, "select code from dossiers").Select(DossierCode.Parse).GroupBy(code => (code.Agency, code.Date)))
        {
            Require(agency.Select(code => code.Number).Order().SequenceEqual(Enumerable.Range(1, agency.Count())), $"numbers of {agency.Key} are doubled or skipped");
        }
    }

    private static void Ledger(SqliteConnection connection)
    {
        Expect(0, Number(connection, """
            select count(*) from dossiers d where d.ledger_length <> (select count(*) from ledger l where l.dossier_id = d.id)
                or d.ledger_length <> (select max(sequence) from ledger l where l.dossier_id = d.id)
            """), "ledgers with gaps");
        Expect(0, Number(connection, "select count(*) from dossiers d where (select count(*) from ledger l where l.dossier_id = d.id and l.act = 'TaskCreated') <> (select count(*) from tasks t where t.dossier_id = d.id)"), "tasks without their line");
        Expect(0, Number(connection, "select count(*) from (select 1 from ledger where act in ('Submitted', 'Received', 'Notified') group by dossier_id, act having count(*) > 1)"), "acts done twice");
        Expect(0, Number(connection, "select count(*) from dossiers d where (d.business_status = 'Registered') = exists (select 1 from ledger l where l.dossier_id = d.id and l.act = 'Received')"), "status and ledger");
    }

    /// <summary>What an instance says it waits for is exactly what stands in the tables.</summary>
    private static void Instances(SqliteConnection connection)
    {
        Expect(Number(connection, "select count(*) from dossiers"), Number(connection, "select count(*) from instances"), "dossiers and instances");
        Expect(0, Number(connection, "select count(*) from incidents"), "incidents");
        var (timers, tasks) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        using var command = connection.CreateCommand();
        command.CommandText = "select state from instances where status = 'Running'";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var state = InstanceJson.Read(reader.GetFieldValue<byte[]>(0));
            Require(state.Bookmarks.Count > 0, $"instance {state.Id} waits for nothing");
            timers.UnionWith(state.Bookmarks.Where(bookmark => bookmark.DueAt is not null).Select(bookmark => $"{bookmark.Id} {bookmark.DueAt!.Value.ToUnixTimeMilliseconds()}"));
            tasks.UnionWith(state.Bookmarks.Where(bookmark => bookmark.Name == TaskRequest.BookmarkName).Select(bookmark => bookmark.Id));
        }

        Require(timers.SetEquals(Strings(connection, "select id || ' ' || due_at from bookmarks where due_at is not null")), "timers of states and timers of the table differ");
        Require(tasks.SetEquals(Strings(connection, "select id from tasks where state = 'Open'")), "tasks of states and tasks of the table differ");
        Expect(0, Number(connection, "select count(*) from bookmarks b where not exists (select 1 from instances i where i.id = b.instance_id and i.status = 'Running')"), "bookmarks without an instance");
    }

    /// <summary>Each reception and each notification of the ledger left exactly one message, and the national portal hears once of each line it is told.</summary>
    private static void Messages(SqliteConnection connection)
    {
        Expect(0, Number(connection, "select count(*) from dossiers d where (select count(*) from ledger l where l.dossier_id = d.id and l.act in ('Received', 'Notified')) <> (select count(*) from outbox o where o.dossier_id = d.id and o.kind = 'notification')"), "messages of the ledger and of the outbox");
        Expect(0, Number(connection, "select count(*) from dossiers d where not exists (select 1 from outbox o where o.dossier_id = d.id and o.kind = 'national-portal')"), "dossiers the national portal never hears of");
        Expect(0, Number(connection, "select count(*) - count(distinct dossier_id || payload) from outbox where kind = 'national-portal'"), "news told twice");
        Expect(0, Number(connection, "select count(*) from outbox where dead_at is not null"), "dead messages");
    }

    private static long Number(SqliteConnection connection, string sql) => (long)Scalar(connection, sql);

    private static string Text(SqliteConnection connection, string sql) => (string)Scalar(connection, sql);

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    private static List<string> Strings(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var strings = new List<string>();
        while (reader.Read())
        {
            strings.Add(reader.GetString(0));
        }

        return strings;
    }

    private static void Expect<T>(T expected, T found, string what) => Require(Equals(expected, found), $"{what}: {expected} against {found}");

    private static void Require(bool fine, string what)
    {
        if (!fine)
        {
            throw new ProofFailedException(what);
        }
    }
}

/// <summary>What is left when everything has been worked off.</summary>
public sealed record DrainedState(int Dossiers, int Messages);

/// <summary>Something is lost, doubled or stuck.</summary>
public sealed class ProofFailedException(string message) : Exception(message);
