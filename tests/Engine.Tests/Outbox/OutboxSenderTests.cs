using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PublicService.Engine.Outbox;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Outbox;

public abstract class OutboxSenderTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly OutboxOptions Options = new() { MaxAttempts = 3, FirstPause = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromSeconds(15) };
    private readonly Outside outside = new();

    private PendingMessages Messages => new(database.Database, database.Contexts, database.Lane, database.Clock, Options);

    [Fact]
    public async Task Sends_each_message_once_in_the_order_of_its_dossier()
    {
        Guid[] dossiers = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        for (var i = 0; i < 5; i++)
        {
            await StoreAsync([.. dossiers.Select(dossier => Message($"{dossier}/{i}", dossier))]);
        }

        using var sender = Sender();
        await sender.SendDueAsync();
        await sender.SendDueAsync();

        Assert.Equal(15, outside.Received.Count);
        Assert.All(dossiers, dossier => Assert.Equal(
            Enumerable.Range(0, 5).Select(i => $"{dossier}/{i}"),
            outside.Received.Where(message => message.DossierId == dossier).Select(message => message.IdempotencyKey)));
    }

    [Fact]
    public async Task Keeps_later_messages_of_a_dossier_back_while_an_earlier_one_fails()
    {
        var dossier = Guid.NewGuid();
        await StoreAsync(Message("first", dossier), Message("second", dossier), Message("other", Guid.NewGuid()));
        outside.Breaks = message => message.IdempotencyKey == "first" && message.Attempt == 1;
        using var sender = Sender();

        await sender.SendDueAsync();
        Assert.Equal(["other"], outside.Keys);
        database.Clock.Advance(TimeSpan.FromSeconds(9));
        await sender.SendDueAsync();
        Assert.Equal(["other"], outside.Keys);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        await sender.SendDueAsync();

        Assert.Equal(["other", "first", "second"], outside.Keys);
    }

    [Fact]
    public async Task A_kind_that_fails_does_not_hold_up_another_kind_about_the_same_dossier()
    {
        var dossier = Guid.NewGuid();
        await StoreAsync(Message("first", dossier), Message("second", dossier, kind: "national-portal"));
        outside.Breaks = message => message.IdempotencyKey == "first";
        using var sender = Sender();

        await sender.SendDueAsync();

        Assert.Equal(["second"], outside.Keys);
    }

    [Fact]
    public async Task Gives_up_after_the_last_attempt_lets_others_pass_and_can_replay()
    {
        var dossier = Guid.NewGuid();
        await StoreAsync(Message("poison", dossier), Message("next", dossier));
        outside.Breaks = message => message.IdempotencyKey == "poison";
        using var sender = Sender();

        for (var i = 0; i < 3; i++)
        {
            await sender.SendDueAsync();
            database.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        await sender.SendDueAsync();
        Assert.Equal(["next"], outside.Keys);
        var dead = await OneAsync("poison");
        Assert.Equal((3, "no route to host"), (dead.Attempts, dead.Error));
        Assert.NotNull(dead.DeadAt);

        outside.Breaks = _ => false;
        await Messages.ReplayAsync(dead.Id);
        await sender.SendDueAsync();
        Assert.Equal(["next", "poison"], outside.Keys);
        Assert.NotNull((await OneAsync("poison")).SentAt);
        await Assert.ThrowsAsync<StaleException>(() => Messages.ReplayAsync(dead.Id));
    }

    [Fact]
    public async Task Sends_again_with_the_same_key_after_a_crash_between_sending_and_noting_it()
    {
        await StoreAsync(Message("once", Guid.NewGuid()));
        using (var sender = Sender())
        {
            using var crash = new CancellationTokenSource();
            outside.AfterSend = crash.Cancel;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendDueAsync(crash.Token));
            outside.AfterSend = () => { };
        }

        Assert.Null((await OneAsync("once")).SentAt);
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        using var restarted = Sender();
        await restarted.SendDueAsync();

        Assert.Equal(["once", "once"], outside.Keys);
        Assert.NotNull((await OneAsync("once")).SentAt);
    }

    [Fact]
    public async Task A_channel_that_hangs_has_failed()
    {
        await StoreAsync(Message("hangs", null));
        outside.Hangs = true;
        using var sender = Sender();

        var sending = sender.SendDueAsync();
        await outside.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        database.Clock.Advance(Options.SendTimeout);
        await sending;

        Assert.Equal(1, (await OneAsync("hangs")).Attempts);
    }

    [Fact]
    public async Task Works_in_the_background_and_wakes_up_for_new_messages()
    {
        using var sender = Sender();
        await sender.StartAsync(default);
        await StoreAsync(Message("a", null));
        await UntilAsync(() => outside.Received.Count == 1);
        await StoreAsync(Message("b", null));
        await UntilAsync(() => outside.Received.Count == 2);

        await sender.StopAsync(default);
    }

    [Fact]
    public async Task Tells_how_old_the_oldest_message_is()
    {
        Assert.Equal(TimeSpan.Zero, await Messages.AgeAsync());
        await StoreAsync(Message("old", null));
        database.Clock.Advance(TimeSpan.FromSeconds(42));

        Assert.Equal(TimeSpan.FromSeconds(42), await Messages.AgeAsync());
    }

    [Fact]
    public async Task Kinds_without_a_channel_become_files_written_once()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(database.Clock).AddStorage(database.Options).AddOutbox(Options);
        await using var provider = services.BuildServiceProvider();
        await StoreAsync(Message("../../etc/passwd", Guid.NewGuid()));

        var sender = provider.GetRequiredService<OutboxSender>();
        await sender.SendDueAsync();
        await database.Lane.CommitAsync(new Changes().Execute($"update outbox set sent_at = {null}, next_attempt_at = {0L}"));
        await sender.SendDueAsync();

        var file = Assert.Single(Directory.GetFiles(Path.Combine(database.Folder, "outbox-out")));
        var content = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        Assert.Equal("../../etc/passwd", (string?)content["key"]);
        Assert.Equal("Đã tiếp nhận", (string?)content["payload"]!["text"]);
    }

    public async Task InitializeAsync() => await database.Lane.CommitAsync(new Changes().Execute($"delete from outbox"));

    public Task DisposeAsync() => Task.CompletedTask;

    private OutboxRow Message(string key, Guid? dossierId, string kind = "notification") =>
        Rows.Message(dossierId, key, kind, database.Clock.GetUtcNow());

    private Task StoreAsync(params OutboxRow[] rows) => database.Lane.CommitAsync(new Changes().InsertAll(rows));

    private OutboxSender Sender()
    {
        var services = new ServiceCollection().AddKeyedSingleton<IMessageChannel>("notification", outside)
            .AddKeyedSingleton<IMessageChannel>("national-portal", outside).BuildServiceProvider();
        return new OutboxSender(Messages, services, database.Lane, database.Clock, Options, NullLogger<OutboxSender>.Instance);
    }

    private async Task<OutboxRow> OneAsync(string key)
    {
        await using var db = database.Open();
        return await db.Outbox.AsNoTracking().SingleAsync(row => row.IdempotencyKey == key);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 500, "It did not happen.");
            await Task.Delay(20);
        }
    }

    /// <summary>The outside world.</summary>
    private sealed class Outside : IMessageChannel
    {
        public ConcurrentQueue<OutboxMessage> Received { get; } = new();

        public IEnumerable<string> Keys => Received.Select(message => message.IdempotencyKey);

        public Func<OutboxMessage, bool> Breaks { get; set; } = _ => false;

        public Action AfterSend { get; set; } = () => { };

        public bool Hangs { get; set; }

        public TaskCompletionSource Entered { get; } = new();

        public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (Breaks(message))
            {
                throw new HttpRequestException("no route to host");
            }

            Received.Enqueue(message);
            AfterSend();
        }
    }
}

public sealed class OutboxSenderOnSqliteTests(SqliteDatabase database) : OutboxSenderTests(database), IClassFixture<SqliteDatabase>;

public sealed class OutboxSenderOnPostgresTests(PostgresDatabase database) : OutboxSenderTests(database), IClassFixture<PostgresDatabase>;
