using System.Globalization;
using Microsoft.Data.Sqlite;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Benchmarks.Reorganise;

/// <summary>
/// Copies one waiting and one finished dossier as often as wanted, spread over the old units. Every copy is whole: its workflow, its tasks and
/// its timers have ids of their own, so it can really go on.
/// </summary>
internal sealed class UnitFill(string folder, IReadOnlyList<string> offices)
{
    private const string Dossier = "printf('%08X-0000-7000-8000-%012X', n, n)";

    public void Run(Started open, InstanceRow openInstance, Started finished, int openCount, int finishedCount)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "engine.db")};Pooling=false");
        connection.Open();
        Execute(connection, "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -500000; create temp table office (i integer primary key, id text)");
        for (var i = 0; i < offices.Count; i++)
        {
            Execute(connection, $"insert into office values ({i}, '{offices[i]}')");
        }

        var ids = InstanceJson.Read(openInstance.State).Bookmarks.ConvertAll(bookmark => bookmark.Id);
        Copy(connection, open, ids, 1, openCount);
        Copy(connection, finished, [], openCount + 1, finishedCount);
        Execute(connection, "pragma locking_mode = normal; pragma journal_mode = wal");
    }

    private void Copy(SqliteConnection connection, Started template, List<string> bookmarks, int first, int count)
    {
        var (old, instance) = (template.Tasks[0].OfficeId!, template.Tasks[0].InstanceId);
        var key = template.DossierId.ToString().ToUpperInvariant();
        var of = $"t.dossier_id = '{key}'";
        var state = $"replace(replace(cast(t.state as text), '{instance}', {Own($"'{instance}'")}), '\"{old}\"', '\"' || office.id || '\"')";
        state = bookmarks.Aggregate(state, (text, id) => $"replace({text}, '{id}', {Own($"'{id}'")})");
        var code = $"'H49.9' || printf('%03d', n / 9000) || '-250101-' || printf('%04d', n % 9000 + 1)";
        Table(connection, "dossiers", $"t.id = '{key}'", first, count, new()
        {
            ["id"] = Dossier,
            ["code"] = code,
            ["competent_office_id"] = "office.id",
            // Every seventh was received by a commune that stays, every eleventh had support at another old one.
            ["receiving_office_id"] = "case when n % 7 = 0 then 'phuong-hong-gai' else office.id end",
            ["support_office_id"] = $"case when n % 11 = 0 then (select o.id from office o where o.i = (n + 1) % {offices.Count}) end",
            ["applicant_id_number"] = "printf('%012d', n)",
            ["applicant_address"] = $"'Số ' || n || ', Thôn ' || (n / {offices.Count} % {OldUnits.Hamlets}) || ', xã cũ'",
        });
        Table(connection, "ledger", of, first, count, new() { ["dossier_id"] = Dossier, ["data"] = $"replace(t.data, '\"{old}\"', '\"' || office.id || '\"')" });
        Table(connection, "instances", of, first, count, new()
        {
            ["id"] = Own("t.id"),
            ["dossier_id"] = Dossier,
            ["correlation_id"] = code,
            ["state"] = $"cast({state} as blob)",
        });
        Table(connection, "journal", of, first, count, new() { ["instance_id"] = Own("t.instance_id"), ["dossier_id"] = Dossier });
        Table(connection, "tasks", of, first, count, new() { ["id"] = Own("t.id"), ["instance_id"] = Own("t.instance_id"), ["dossier_id"] = Dossier, ["office_id"] = "office.id" });
        Table(connection, "bookmarks", of, first, count, new() { ["id"] = Own("t.id"), ["instance_id"] = Own("t.instance_id"), ["dossier_id"] = Dossier });
    }

    /// <summary>An id of the template made the copy's own.</summary>
    private static string Own(string id) => $"(printf('%08x', n) || substr({id}, 9))";

    private void Table(SqliteConnection connection, string table, string where, int first, int count, Dictionary<string, string> changed)
    {
        using var info = connection.CreateCommand();
        info.CommandText = $"select name from pragma_table_info('{table}')";
        var columns = new List<string>();
        using (var reader = info.ExecuteReader())
        {
            while (reader.Read())
            {
                columns.Add(reader.GetString(0));
            }
        }

        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
            with recursive seq(n) as (select {first} union all select n + 1 from seq where n < {first + count - 1})
            insert into {table} ({string.Join(", ", columns.Select(name => $"\"{name}\""))})
            select {string.Join(", ", columns.Select(name => changed.GetValueOrDefault(name, $"t.\"{name}\"")))}
            from seq join office on office.i = n % {offices.Count} join {table} t on {where}
            """));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 3600;
        command.ExecuteNonQuery();
    }
}
