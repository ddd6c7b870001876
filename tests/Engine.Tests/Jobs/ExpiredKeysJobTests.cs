using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Jobs;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Jobs;

public sealed class ExpiredKeysJobTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Forgets_keys_after_three_days()
    {
        await database.Lane.CommitAsync(new Changes()
            .Insert(Key("old", database.Clock.GetUtcNow().AddHours(-73)))
            .Insert(Key("young", database.Clock.GetUtcNow().AddHours(-71))));

        await new ExpiredKeysJob(database.Lane, database.Clock).RunAsync();

        await using var db = database.Open();
        Assert.Equal("young", (await db.IdempotencyKeys.SingleAsync()).Key);
    }

    private static IdempotencyRow Key(string key, DateTimeOffset at) =>
        new() { Key = key, ActorId = "lan", RequestHash = "00", StatusCode = 200, CreatedAt = at };
}
