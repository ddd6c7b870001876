using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using PublicService.Activities;
using PublicService.Benchmarks.Kill;
using PublicService.Workflows.Running;

namespace PublicService.Benchmarks.Reorganise;

/// <summary>Compares the engine's file after a reorganisation with a copy from before, row by row, from outside.</summary>
internal sealed class MovedTruth : IDisposable
{
    private readonly SqliteConnection connection;

    public MovedTruth(string after, string before)
    {
        connection = new SqliteConnection($"Data Source={after};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var attach = connection.CreateCommand();
        attach.CommandText = $"attach '{before}' as old";
        attach.ExecuteNonQuery();
    }

    /// <summary>A copy as it is now.</summary>
    public static void Keep(string file, string copy)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"vacuum into '{copy}'";
        command.CommandTimeout = 600;
        command.ExecuteNonQuery();
    }

    /// <exception cref="ProofFailedException">A date moved, something moved twice or not at all.</exception>
    public void Compare(JsonNode counts)
    {
        Same("dossiers", "id", "submitted_at", "received_at", "due_at", "original_due_at", "paused_from", "open_pauses", "finished_at", "returned_at", "calendar_id",
            "calendar_version", "extended", "business_status", "delivery_status", "limit_value", "supplement_requests");
        Same("tasks", "id", "created_at", "due_at", "sort_at", "claimed_at", "completed_at", "state", "assignee_id");
        Same("bookmarks", "id", "due_at", "instance_id", "try_after");
        Same("instances", "id", "created_at", "updated_at", "finished_at", "status");
        Expect(0, "select count(*) from old.ledger l left join ledger n on n.dossier_id = l.dossier_id and n.sequence = l.sequence where n.at is not l.at or n.due_after is not l.due_after or n.data is not l.data or n.office_id is not l.office_id", "history that was rewritten");
        Expect((long)counts["dossiers"]!, "select count(*) from ledger where act = 'Reorganised'", "lines in the ledger");
        Expect(0, "select count(*) from (select 1 from ledger where act = 'Reorganised' group by dossier_id having count(*) > 1)", "moved twice");
        Expect(0, "select count(*) from dossiers d where d.ledger_length <> (select count(*) from ledger l where l.dossier_id = d.id) or d.ledger_length <> (select max(sequence) from ledger l where l.dossier_id = d.id)", "ledgers with gaps");
        Expect((long)counts["dossiersToReview"]!, "select count(*) from reorganisation_reviews where kind = 'Dossier'", "dossiers to review");
        Expect(0, "select count(*) from dossiers d where d.business_status in ('Registered', 'Received', 'InProgress') and (d.competent_office_id like 'cu-%' or d.receiving_office_id like 'cu-%' or d.support_office_id like 'cu-%') and not exists (select 1 from reorganisation_reviews r where r.subject_id = lower(d.id))", "left behind");
        Expect(0, "select count(*) from tasks t where t.state = 'Open' and t.office_id like 'cu-%' and not exists (select 1 from reorganisation_reviews r where r.subject_id = lower(t.dossier_id))", "tasks left behind");
        Expect(0, "select count(*) from dossiers d join old.dossiers o on o.id = d.id where d.business_status in ('Returned', 'Withdrawn', 'Stopped', 'NotAccepted') and (d.competent_office_id is not o.competent_office_id or d.receiving_office_id is not o.receiving_office_id or d.version is not o.version)", "finished dossiers that moved");
        Expect(0, "select count(*) from person_roles r where r.office_id like 'cu-%' and r.valid_to is null and not exists (select 1 from reorganisation_reviews v where v.kind = 'Person' and v.subject_id = r.person_id)", "rights left behind");
        States();
    }

    public void Dispose() => connection.Dispose();

    /// <summary>What a waiting workflow knows of its office is what the table of tasks says.</summary>
    private void States()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select i.state, t.id, t.office_id from instances i join tasks t on t.instance_id = i.id and t.state = 'Open' where i.status = 'Running'";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var task = InstanceJson.Read(reader.GetFieldValue<byte[]>(0)).Bookmarks.Find(bookmark => bookmark.Id == reader.GetString(1));
            if (task is null || TaskRequest.Read(task.Payload!).OfficeId != reader.GetString(2))
            {
                throw new ProofFailedException($"task {reader.GetString(1)} is at {reader.GetString(2)}, its workflow says something else");
            }
        }
    }

    private void Same(string table, string key, params string[] columns)
    {
        Expect(Number($"select count(*) from old.{table}"), $"select count(*) from {table}", $"rows of {table}");
        Expect(0, $"select count(*) from {table} n join old.{table} o on o.{key} = n.{key} where {string.Join(" or ", columns.Select(column => $"n.{column} is not o.{column}"))}", $"{table} with another date");
    }

    private void Expect(long expected, string sql, string what)
    {
        if (Number(sql) is var found && found != expected)
        {
            throw new ProofFailedException($"{what}: {expected} against {found}");
        }
    }

    public long Number(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        return (long)command.ExecuteScalar()!;
    }
}
