using System.Globalization;
using Microsoft.Data.Sqlite;
using PublicService.Benchmarks.Setup;

namespace PublicService.Benchmarks.Grow;

/// <summary>Copies two real dossiers, a finished and an open one, as often as wanted, with ids, codes and offices of their own.</summary>
internal sealed class BulkFill(string folder, IReadOnlyList<(string Id, string Agency)> offices)
{
    private const string Dossier = "printf('%08X-0000-7000-8000-%012X', n, n)";
    private const string Instance = "printf('%032x', n)";
    private const string Task = "printf('t%031x', n)";

    public void Run(Started finished, Started open, int finishedCount, int openCount)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "engine.db")};Pooling=false");
        connection.Open();
        // Nobody reads it meanwhile, and if the machine fails the measurement is made again.
        Execute(connection, "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -2000000; create temp table office (i integer primary key, id text, agency text)");
        for (var i = 0; i < offices.Count; i++)
        {
            Execute(connection, $"insert into office values ({i}, '{offices[i].Id}', '{offices[i].Agency}')");
        }

        Copy(connection, finished, 1, finishedCount, "2023-01-01");
        Copy(connection, open, finishedCount + 1, openCount, "2025-07-01");
        Execute(connection, "pragma locking_mode = normal; pragma journal_mode = wal");
    }

    private void Copy(SqliteConnection connection, Started template, int first, int count, string day)
    {
        var number = $"((n - {first}) / {offices.Count})";
        var code = $"office.agency || strftime('-%Y%m%d-', '{day}', '+' || ({number} / 9000) || ' days') || printf('%04d', {number} % 9000 + 1)";
        code = $"replace({code}, '-20', '-')";
        // Spread over the time before today, so that lists by date look like real ones.
        var shift = $" - ({first + count} - n) * 10000";
        var instance = template.Tasks[0].InstanceId;
        var state = $"cast(replace(cast(t.state as text), '{instance}', {Instance}) as blob)";
        Table(connection, "dossiers", $"t.id = '{template.DossierId.ToString().ToUpperInvariant()}'", first, count, new()
        {
            ["id"] = Dossier,
            ["code"] = code,
            ["receiving_office_id"] = "office.id",
            ["competent_office_id"] = "office.id",
            ["submitted_at"] = "t.submitted_at" + shift,
            ["applicant_id_number"] = "printf('%012d', n)",
            ["applicant_name"] = "t.applicant_name || ' ' || n",
        });
        var of = $"t.dossier_id = '{template.DossierId.ToString().ToUpperInvariant()}'";
        Table(connection, "ledger", of, first, count, new() { ["dossier_id"] = Dossier, ["at"] = "t.at" + shift });
        Table(connection, "instances", of, first, count, new()
        {
            ["id"] = Instance,
            ["dossier_id"] = Dossier,
            ["correlation_id"] = code,
            ["created_at"] = "t.created_at" + shift,
            ["state"] = state,
        });
        Table(connection, "journal", of, first, count, new() { ["instance_id"] = Instance, ["dossier_id"] = Dossier });
        Table(connection, "tasks", of, first, count, new()
        {
            ["id"] = Task,
            ["instance_id"] = Instance,
            ["dossier_id"] = Dossier,
            ["office_id"] = "office.id",
            ["sort_at"] = "t.sort_at + n * 7919 % 100000000",
        });
    }

    private void Table(SqliteConnection connection, string table, string where, int first, int count, Dictionary<string, string> changed)
    {
        var columns = new List<string>();
        using (var info = connection.CreateCommand())
        {
            info.CommandText = $"select name from pragma_table_info('{table}')";
            using var reader = info.ExecuteReader();
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
