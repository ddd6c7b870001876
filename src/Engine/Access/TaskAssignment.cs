using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Gives new tasks to people where the office has a rule for it; called inside the click that makes the tasks.</summary>
/// <param name="tasks">New tasks, changed in place.</param>
/// <param name="done">Tasks that end in the same click and weigh nothing any more.</param>
public delegate Task AssignTasks(IReadOnlyList<TaskRow> tasks, Dossier? dossier, IReadOnlySet<string> done, Changes changes);

/// <summary>
/// Chooses the officer of a new task among those who hold its role at its office, in its field, and are there today. It can be explained
/// afterwards: the candidates with their work are kept with the task.
/// </summary>
internal sealed class TaskAssignment(
    IDbContextFactory<EngineDb> contexts, AssignmentRules rules, PersonDirectory people, OfficeDirectory offices, ProcedureDirectory procedures, TimeProvider time)
{
    /// <summary>What a task without a limit weighs: a working hour (our choice).</summary>
    public const int UnknownMinutes = 60;

    public async Task AssignAsync(IReadOnlyList<TaskRow> tasks, Dossier? dossier, IReadOnlySet<string> done, Changes changes)
    {
        if (rules.IsEmpty)
        {
            return;
        }

        var given = new Dictionary<string, (int Tasks, int Minutes)>(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            if (task is { Role: { } role, OfficeId: { } office, AssigneeId: null } && rules.ModeOf(office, role) is not AssignmentMode.Manual and var mode)
            {
                Assign(task, mode, await CandidatesAsync(task, dossier, done, given), changes);
                if (task.AssigneeId is { } chosen)
                {
                    var (count, minutes) = given.GetValueOrDefault(chosen);
                    given[chosen] = (count + 1, minutes + (task.WorkMinutes ?? UnknownMinutes));
                }
            }
        }
    }

    /// <summary>Everybody who could do a task, with what lies with them already.</summary>
    public async Task<List<Candidate>> CandidatesAsync(
        TaskRow task, Dossier? dossier, IReadOnlySet<string> done, Dictionary<string, (int Tasks, int Minutes)> given)
    {
        var today = VietnamTime.DateOf(time.GetUtcNow());
        var field = dossier is null ? null : procedures.TryFind(dossier.ProcedureCode, VietnamTime.DateOf(dossier.SubmittedAt))?.Field;
        var holders = new List<(KnownPerson Person, string? Away)>();
        foreach (var (person, away) in await people.HoldersAsync(task.Role!, ChainOf(task.OfficeId!), today, task.FormalAct, CancellationToken.None))
        {
            var current = new CurrentPerson(offices, time);
            current.Is(person);
            if (person.IsActive && current.Holds(task.Role!, task.OfficeId!, field, task.FormalAct))
            {
                holders.Add((person, away));
            }
        }

        var loads = await LoadsAsync([.. holders.Select(holder => holder.Person.Id)], done);
        return [.. holders.Select(holder =>
        {
            var (open, minutes) = loads.GetValueOrDefault(holder.Person.Id);
            var (more, weight) = given.GetValueOrDefault(holder.Person.Id);
            return new Candidate(holder.Person.Id, holder.Person.FullName, holder.Away is null, open + more, minutes + weight, holder.Away);
        })];
    }

    private void Assign(TaskRow task, AssignmentMode mode, List<Candidate> candidates, Changes changes)
    {
        var present = candidates.FindAll(candidate => candidate.Present);
        var chosen = present.Count == 0 ? null : mode is AssignmentMode.RoundRobin ? InTurn(task, present, changes) : LeastLoaded(task, present);
        (task.AssigneeId, task.ClaimedAt) = (chosen?.PersonId, chosen is null ? null : time.GetUtcNow());
        task.Assignment = JsonSerializer.Serialize(new AssignmentReason(mode, chosen?.PersonId, SentenceOf(mode, chosen, present.Count), candidates), AssignmentReason.Format);
    }

    private Candidate InTurn(TaskRow task, List<Candidate> present, Changes changes)
    {
        var next = rules.Next(task.OfficeId!, task.Role!, [.. present.Select(candidate => candidate.PersonId)]);
        changes.Execute($"update assignment_rules set last_person_id = {next} where office_id = {task.OfficeId} and role = {task.Role}");
        return present.Find(candidate => candidate.PersonId == next)!;
    }

    // Among equals the task's own id decides, so that the first name of the alphabet does not get everything.
    private static Candidate LeastLoaded(TaskRow task, List<Candidate> present) => present
        .OrderBy(candidate => candidate.LoadMinutes).ThenBy(candidate => candidate.OpenTasks)
        .ThenBy(candidate => StableHash(task.Id + candidate.PersonId)).First();

    private async Task<Dictionary<string, (int Tasks, int Minutes)>> LoadsAsync(List<string> ids, IReadOnlySet<string> done)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var ended = done.ToList();
        await using var db = await contexts.CreateDbContextAsync();
        // By the index of open tasks of a person: costs what lies there now, not what ever lay there.
        return await db.Tasks.AsNoTracking().Open().Where(task => ids.Contains(task.AssigneeId!) && !ended.Contains(task.Id))
            .GroupBy(task => task.AssigneeId!)
            .Select(group => new { group.Key, Count = group.Count(), Minutes = group.Sum(task => task.WorkMinutes ?? UnknownMinutes) })
            .ToDictionaryAsync(one => one.Key, one => (one.Count, one.Minutes));
    }

    /// <summary>An internal unit's work is also that of the people of the office it belongs to.</summary>
    private List<string> ChainOf(string officeId)
    {
        List<string> chain = [officeId];
        for (var office = offices.TryFind(officeId); office is { Kind: OfficeKind.InternalUnit, ParentId: { } parent } && chain.Count < 16; office = offices.TryFind(parent))
        {
            chain.Add(parent);
        }

        return chain;
    }

    private static string SentenceOf(AssignmentMode mode, Candidate? chosen, int present) => (mode, chosen) switch
    {
        (_, null) => "Không có ai giữ vai trò này đang có mặt; việc chờ người nhận.",
        (AssignmentMode.RoundRobin, { } next) => $"Giao lần lượt: đến lượt “{next.Name}” trong {present} người có mặt.",
        (_, { } least) => $"“{least.Name}” có ít việc nhất trong {present} người có mặt: {least.OpenTasks} việc, {least.LoadMinutes} phút làm việc.",
    };

    private static uint StableHash(string text) => text.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}

/// <summary>Somebody who could do a task.</summary>
/// <param name="Present">There today; only such a person is chosen.</param>
/// <param name="LoadMinutes">Working minutes of the open tasks that lie with the person.</param>
/// <param name="Note">Why not present.</param>
public sealed record Candidate(string PersonId, string Name, bool Present, int OpenTasks, int LoadMinutes, string? Note);

/// <summary>Why a task was given to whom, as it is kept with the task.</summary>
/// <param name="PersonId">Null when nobody was there.</param>
/// <param name="Sentence">For people, in Vietnamese.</param>
public sealed record AssignmentReason(AssignmentMode Mode, string? PersonId, string Sentence, IReadOnlyList<Candidate> Candidates)
{
    internal static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    /// <summary>From its stored form.</summary>
    public static AssignmentReason? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<AssignmentReason>(json, Format);
}
