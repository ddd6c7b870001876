using System.Text.Json;
using System.Text.Json.Nodes;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PublicService.Engine.Storage;
using PublicService.Engine.Supervision;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Supervision;

/// <summary>Warnings and breaches of a procedure whose workflow does not watch its deadline. The clock stands at Friday 20/11/2026 08:00.</summary>
public abstract class DeadlineEventTests(OneStop engine) : SupervisedTests(engine)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly OneStop engine = engine;

    [Fact]
    public async Task Each_is_told_at_its_instant_and_once_and_goes_up_the_ladder()
    {
        var walk = await Watched.ReceivedAsync(engine);
        var due = walk.Standing.GetProperty("dueAt").GetDateTimeOffset();
        Assert.Equal(Watched.Hour(25, 8), due);

        // One working day before: nothing a tick too early, and no sweep is called by hand.
        engine.GoTo(Watched.Hour(24, 8) - Tick);
        await engine.SweepAsync();
        Assert.Empty(await engine.OwnEventsAsync(walk));
        engine.Clock.Advance(Tick);
        await Watched.UntilAsync(async () => (await engine.OwnEventsAsync(walk)).Count == 1);

        // On the promised millisecond one is still in time.
        engine.GoTo(due);
        await engine.SweepAsync();
        Assert.Single(await engine.OwnEventsAsync(walk));
        engine.Clock.Advance(Tick);
        await Watched.UntilAsync(async () => (await engine.OwnEventsAsync(walk)).Count == 2);

        // Half a working day and two working days late.
        engine.GoTo(Watched.Hour(25, 14) + Tick);
        await Watched.UntilAsync(async () => (await engine.OwnEventsAsync(walk)).Count == 3);
        engine.GoTo(Watched.Hour(27, 8) + Tick);
        await Watched.UntilAsync(async () => (await engine.OwnEventsAsync(walk)).Count == 4);
        engine.Clock.Jump(TimeSpan.FromDays(20));
        await engine.SettleAsync();

        var events = await engine.OwnEventsAsync(walk);
        Assert.Equal(["Warned", "Breached", "Escalated", "Escalated"], events.Select(one => one.Text("kind")));
        Assert.Equal(["CHUYEN_VIEN", "LD_PHONG", "LD_DON_VI", "GIAM_SAT"], events.Select(one => one.Text("toldRole")));
        Assert.Equal([OneStop.Ward, OneStop.Ward, OneStop.Ward, "quang-ninh"], events.Select(one => one.Text("toldOfficeId")));
        Assert.All(events, one => Assert.Equal(due, one.GetProperty("dueAt").GetDateTimeOffset()));
        DateTimeOffset[] instants = [Watched.Hour(24, 8), due + Tick, Watched.Hour(25, 14) + Tick, Watched.Hour(27, 8) + Tick];
        Assert.All(events.Zip(instants), pair => Assert.InRange(pair.First.GetProperty("at").GetDateTimeOffset() - pair.Second, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        var ledger = (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray();
        Assert.Single(ledger, line => line.Text("act") == "DeadlineBreached");
        await using var db = engine.Open();
        var message = JsonNode.Parse((await db.Outbox.SingleAsync(row => row.IdempotencyKey == $"deadline-{walk.Id}-{due.ToUnixTimeMilliseconds()}-3")).Payload)!;
        var supervisor = Assert.Single(message["to"]!["people"]!.AsArray());
        Assert.Equal(await engine.PersonIdAsync("giamsat"), supervisor!["id"]!.ToString());
        Assert.False(await db.Watches.AnyAsync(row => row.DossierId == Guid.Parse(walk.Id)));
    }

    [Fact]
    public async Task A_step_is_told_to_whoever_has_it_then_to_the_head()
    {
        var walk = await Watched.ReceivedAsync(engine);
        var task = await walk.TaskAsync("Thẩm tra");
        await (await engine.OfficerAsync("chuyen-vien")).SendAsync($"/tasks/{task.Text("id")}/claim").JsonAsync();
        var received = engine.Clock.GetUtcNow();

        engine.Clock.Jump(TimeSpan.FromDays(4));
        await engine.SettleAsync();

        var events = (await engine.EventsAsync(walk)).Where(one => one.GetProperty("taskId").GetString() == task.Text("id")).ToList();
        Assert.Equal(["Warned", "Breached", "Escalated"], events.Select(one => one.Text("kind")).Take(3));
        Assert.All(events, one => Assert.StartsWith("Thẩm tra", one.Text("step"), StringComparison.Ordinal));
        var officer = await engine.PersonIdAsync($"chuyen-vien.{OneStop.Ward}");
        Assert.All(events, one => Assert.Equal(officer, one.Text("officerId")));
        await using var db = engine.Open();
        var due = (await db.Tasks.SingleAsync(row => row.Id == task.Text("id"))).DueAt!.Value;
        Assert.True(due > received);
        var message = JsonNode.Parse((await db.Outbox.SingleAsync(row => row.IdempotencyKey == $"deadline-{task.Text("id")}-{due.ToUnixTimeMilliseconds()}-0")).Payload)!;
        Assert.Equal(officer, Assert.Single(message["to"]!["people"]!.AsArray())!["id"]!.ToString());
    }

    [Fact]
    public async Task A_step_that_is_done_in_time_is_never_told_of()
    {
        var walk = await Watched.ReceivedAsync(engine);
        await walk.DoAsync("Thẩm tra", "Đủ thông tin");

        engine.Clock.Jump(TimeSpan.FromDays(5));
        await engine.SettleAsync();

        Assert.DoesNotContain(await engine.EventsAsync(walk), one => one.GetProperty("step").GetString() is { } step && step.StartsWith("Thẩm tra", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waiting_for_papers_moves_the_promise_and_its_warning()
    {
        var walk = await Watched.ReceivedAsync(engine);
        var (officer, receptionist) = (await engine.OfficerAsync("chuyen-vien"), await engine.OfficerAsync("tiep-nhan"));
        var first = walk.Standing.GetProperty("dueAt").GetDateTimeOffset();
        var papers = new JsonArray("Giấy tờ");
        await officer.SendAsync($"/dossiers/{walk.Id}/supplement-requests", new JsonObject { ["papers"] = papers.DeepClone(), ["reason"] = "Thiếu" }).JsonAsync();

        // The promise would be broken by now; the clock stands still.
        engine.GoTo(first.AddHours(3));
        await engine.SettleAsync();
        Assert.Empty(await engine.OwnEventsAsync(walk));
        await receptionist.SendAsync($"/dossiers/{walk.Id}/supplements", new JsonObject { ["papers"] = papers.DeepClone() }).JsonAsync();
        var moved = (await officer.ReadAsync($"/dossiers/{walk.Id}")).GetProperty("dueAt").GetDateTimeOffset();
        Assert.True(moved > first.AddDays(1));

        engine.GoTo(moved);
        await engine.SettleAsync();
        Assert.Equal("Warned", Assert.Single(await engine.OwnEventsAsync(walk)).Text("kind"));
        engine.Clock.Advance(Tick);
        await Watched.UntilAsync(async () => (await engine.OwnEventsAsync(walk)).Count == 2);
        Assert.All(await engine.OwnEventsAsync(walk), one => Assert.Equal(moved, one.GetProperty("dueAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_dossier_that_ends_is_watched_no_more()
    {
        var walk = await Watched.ReceivedAsync(engine);
        await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{walk.Id}/withdrawals", new JsonObject { ["reason"] = "Không cần nữa" }).JsonAsync();

        await using var db = engine.Open();
        Assert.False(await db.Watches.AnyAsync(row => row.DossierId == Guid.Parse(walk.Id)));
        Assert.False(await db.Tasks.AnyAsync(task => task.DossierId == Guid.Parse(walk.Id) && task.WatchAt != null));
        engine.Clock.Jump(TimeSpan.FromDays(10));
        await engine.SettleAsync();
        Assert.Empty(await engine.EventsAsync(walk));
    }

    [Fact]
    public async Task Several_engines_tell_it_once()
    {
        var walks = new List<Walk>();
        for (var i = 0; i < 12; i++)
        {
            walks.Add(await Watched.ReceivedAsync(engine));
        }

        engine.Clock.Jump(TimeSpan.FromDays(20));
        var services = engine.Services;
        var sweeps = Enumerable.Range(0, 4).Select(_ => new DeadlineSweep(
            services.GetRequiredService<IDbContextFactory<EngineDb>>(), services.GetRequiredService<DeadlineNews>(), services.GetRequiredService<CommitLane>(), engine.Clock, NullLogger<DeadlineSweep>.Instance)).ToList();
        await Task.WhenAll(sweeps.Select(sweep => Task.Run(() => sweep.SweepAsync())));
        sweeps.ForEach(sweep => sweep.Dispose());
        await engine.SettleAsync();

        await using var db = engine.Open();
        var ids = walks.ConvertAll(walk => walk.Id);
        var levels = await db.Set<DeadlineEventRow>().Where(row => ids.Contains(row.SubjectId)).GroupBy(row => row.SubjectId).Select(group => group.Count()).ToListAsync();
        Assert.Equal(Enumerable.Repeat(4, 12), levels);
    }

    [Fact]
    public async Task The_ladder_is_data()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var before = await admin.ReadAsync("/supervision/escalation-levels");
        var levels = JsonNode.Parse("""{"levels":[{"number":0,"afterMinutes":0,"role":null},{"number":1,"afterMinutes":0,"role":"LD_DON_VI"}]}""")!;
        await (await admin.PutAsync(new Uri("/api/v1/supervision/escalation-levels", UriKind.Relative), JsonContent.Create(levels))).JsonAsync();
        var walk = await Watched.ReceivedAsync(engine);

        engine.Clock.Jump(TimeSpan.FromDays(20));
        await engine.SettleAsync();

        Assert.Equal([("Warned", "CHUYEN_VIEN"), ("Breached", "LD_DON_VI")], (await engine.OwnEventsAsync(walk)).Select(one => (one.Text("kind"), one.Text("toldRole"))));
        levels["levels"]![1]!["afterMinutes"] = 5;
        await (await admin.PutAsync(new Uri("/api/v1/supervision/escalation-levels", UriKind.Relative), JsonContent.Create(levels))).ShouldBeProblemAsync(System.Net.HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await admin.PutAsync(new Uri("/api/v1/supervision/escalation-levels", UriKind.Relative), JsonContent.Create(new { levels = before }))).JsonAsync();
    }

    [Fact]
    public async Task An_open_stream_says_what_happens()
    {
        var walk = await Watched.ReceivedAsync(engine);
        var client = await engine.SomebodyAsync("giamsat");
        using var response = await client.GetAsync(new Uri("/api/v1/supervision/events/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: open", await reader.ReadLineAsync());

        engine.GoTo(engine.Clock.GetUtcNow().AddDays(30));
        await engine.SweepAsync();

        var seen = "";
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!(seen.Contains(walk.Code, StringComparison.Ordinal) && seen.Contains("\"Breached\"", StringComparison.Ordinal)))
        {
            seen += await reader.ReadLineAsync(limit.Token) + "\n";
        }

        Assert.Contains("event: deadline", seen, StringComparison.Ordinal);
        Assert.Contains("id: ", seen, StringComparison.Ordinal);
    }
}

public sealed class DeadlineEventSqliteTests() : DeadlineEventTests(new OneStop());

public sealed class DeadlineEventPostgresTests() : DeadlineEventTests(new PostgresOneStop());

/// <summary>An engine that was switched off over the instants.</summary>
public sealed class DeadlineRestartTests : IDisposable
{
    private readonly OneStop engine = new();

    [Fact]
    public async Task Tells_after_a_restart_what_fell_due_meanwhile_and_not_what_was_told_before()
    {
        await Watched.PublishAsync(engine);
        var walk = await Watched.ReceivedAsync(engine);
        engine.GoTo(Watched.Hour(24, 9));
        await engine.SettleAsync();
        Assert.Single(await engine.OwnEventsAsync(walk));
        await engine.DisposeAsync();

        await using var again = engine.Again();
        again.Clock.Jump(Watched.Hour(25, 9) - again.Clock.GetUtcNow());
        using var supervisor = await again.AsAsync("giamsat");
        await again.Services.GetRequiredService<DeadlineSweep>().SweepAsync();

        var events = (await supervisor.ReadAsync("/supervision/events?size=200")).List("items").Where(one => one.Text("dossierCode") == walk.Code && one.GetProperty("taskId").ValueKind is JsonValueKind.Null);
        Assert.Equal(["Warned", "Breached"], events.Select(one => one.Text("kind")));
    }

    public void Dispose() => Directory.Delete(engine.Folder, recursive: true);
}
