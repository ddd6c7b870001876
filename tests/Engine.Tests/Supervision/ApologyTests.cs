using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Supervision;

/// <summary>A building permit that lies at its first step is foreseen to be late while the letter may still be sent.</summary>
public abstract class ApologyTests(OneStop engine) : SupervisedTests(engine)
{
    private readonly OneStop engine = engine;

    private static JsonObject Reason => new() { ["causeCode"] = "QUA_TAI", ["reason"] = "Số lượng hồ sơ tăng" };

    [Fact]
    public async Task The_leader_signs_once_and_the_promise_moves()
    {
        var (walk, draft) = await DraftedAsync();
        var (leader, due) = (await engine.OfficerAsync("lanh-dao"), draft.GetProperty("dueAt").GetDateTimeOffset());
        Assert.True(draft.GetProperty("proposedDueAt").GetDateTimeOffset() > due);
        Assert.True(draft.Number("neededMinutes") > draft.Number("leftMinutes"));
        Assert.True(draft.GetProperty("sendBy").GetDateTimeOffset() > engine.Clock.GetUtcNow());
        await (await (await engine.OfficerAsync("lanh-dao", OneStop.OtherWard)).SendAsync(Path(draft, "acceptances"), Reason)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await leader.SendAsync(Path(draft, "acceptances"), new JsonObject { ["causeCode"] = "VI_SAO", ["reason"] = "x" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        var standing = await leader.SendAsync(Path(draft, "acceptances"), Reason).JsonAsync();

        var moved = standing.GetProperty("dueAt").GetDateTimeOffset();
        Assert.Equal(draft.GetProperty("proposedDueAt").GetDateTimeOffset(), moved);
        await (await leader.SendAsync(Path(draft, "acceptances"), Reason)).ShouldBeRefusedAsync("DRAFT_DECIDED");
        await (await leader.SendAsync(Path(draft, "discards"), new JsonObject { ["reason"] = "x" })).ShouldBeRefusedAsync("DRAFT_DECIDED");
        var ledger = (await leader.ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray();
        Assert.Equal("Số lượng hồ sơ tăng", Assert.Single(ledger, line => line.Text("act") == "Extended").Text("reason"));
        await using var db = engine.Open();
        Assert.Contains("XinLoi", (await db.Outbox.SingleAsync(row => row.IdempotencyKey == $"apology-{draft.Text("id")}")).Payload, StringComparison.Ordinal);
        Assert.Equal(moved, (await db.Watches.SingleAsync(row => row.DossierId == Guid.Parse(walk.Id))).DueAt);

        // The moved promise is told of again, and no second letter is prepared.
        engine.GoTo(moved.AddHours(1));
        await engine.SettleAsync();
        Assert.Equal(moved, Assert.Single(await engine.OwnEventsAsync(walk), one => one.Text("kind") == "Breached").GetProperty("dueAt").GetDateTimeOffset());
        Assert.Empty((await leader.ReadAsync("/supervision/apology-drafts")).List("items"));
    }

    [Fact]
    public async Task Without_a_letter_the_dossier_gets_late()
    {
        var (walk, draft) = await DraftedAsync();
        var leader = await engine.OfficerAsync("lanh-dao");

        await leader.SendAsync(Path(draft, "discards"), new JsonObject { ["reason"] = "Sẽ kịp" }).JsonAsync();

        Assert.Empty((await leader.ReadAsync("/supervision/apology-drafts")).List("items"));
        Assert.Equal("Sẽ kịp", Assert.Single((await leader.ReadAsync("/supervision/apology-drafts?status=Discarded")).List("items")).Text("reason"));
        Assert.Equal(draft.GetProperty("dueAt").GetDateTimeOffset(), (await leader.ReadAsync($"/dossiers/{walk.Id}")).GetProperty("dueAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_letter_comes_too_late_on_the_last_day()
    {
        var (walk, draft) = await DraftedAsync();
        var before = draft.GetProperty("dueAt").GetDateTimeOffset();
        engine.GoTo(draft.GetProperty("sendBy").GetDateTimeOffset().AddMinutes(1));

        await (await (await engine.OfficerAsync("lanh-dao")).SendAsync(Path(draft, "acceptances"), Reason)).ShouldBeRefusedAsync("TOO_LATE_TO_EXTEND");

        Assert.Equal(before, (await (await engine.OfficerAsync("lanh-dao")).ReadAsync($"/dossiers/{walk.Id}")).GetProperty("dueAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Nobody_writes_a_letter_for_a_dossier_that_is_nearly_done()
    {
        var walk = await Watched.ReceivedAsync(engine, "1.013225");
        await walk.DoAsync("Thẩm định", "Không phải lấy ý kiến");
        await walk.DoAsync("Tổng hợp", "Trình cấp phép");
        await walk.DoAsync("Soát xét", "Đã ký");

        engine.GoTo(walk.Standing.GetProperty("dueAt").GetDateTimeOffset().AddDays(-1));
        await engine.SettleAsync();

        Assert.Empty((await (await engine.OfficerAsync("lanh-dao")).ReadAsync("/supervision/apology-drafts")).List("items"));
    }

    private static string Path(JsonElement draft, string act) => $"/supervision/apology-drafts/{draft.Text("id")}/{act}";

    private async Task<(Walk Walk, JsonElement Draft)> DraftedAsync()
    {
        var walk = await Watched.ReceivedAsync(engine, "1.013225");
        var due = walk.Standing.GetProperty("dueAt").GetDateTimeOffset();
        engine.GoTo(due.AddDays(-5));
        await engine.SettleAsync();
        Assert.Empty((await (await engine.OfficerAsync("lanh-dao")).ReadAsync("/supervision/apology-drafts")).List("items"));

        // Two working days before the promise: one more than the law asks for.
        DateTimeOffset forecast;
        await using (var db = engine.Open())
        {
            forecast = (await db.Watches.SingleAsync(row => row.DossierId == Guid.Parse(walk.Id))).NextAt;
        }

        engine.GoTo(forecast);
        await engine.SettleAsync();
        var draft = Assert.Single((await (await engine.OfficerAsync("lanh-dao")).ReadAsync("/supervision/apology-drafts")).List("items"));
        Assert.Equal(walk.Code, draft.Text("dossierCode"));
        return (walk, draft);
    }
}

public sealed class ApologySqliteTests() : ApologyTests(new OneStop());

public sealed class ApologyPostgresTests() : ApologyTests(new PostgresOneStop());
