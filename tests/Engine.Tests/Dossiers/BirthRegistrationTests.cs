using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Procedure 1.001193 over HTTP, as the officers of a ward live it.</summary>
public abstract class BirthRegistrationTests(OneStop engine)
{
    [Fact]
    public async Task Handed_in_at_the_counter_it_goes_to_the_hand_over()
    {
        var walk = await Walk.StartAsync(engine);
        Assert.Equal("H49", walk.Code[..3]);
        Assert.Equal(1, walk.Standing.Number("statusCode"));
        Assert.True(walk.Secret.Length >= 16);

        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        Assert.Equal(4, walk.Standing.Number("statusCode"));
        Assert.StartsWith("Thẩm tra", Assert.Single(walk.Standing.List("tasks")).Text("title"), StringComparison.Ordinal);
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();

        Assert.Equal(10, walk.Standing.Number("statusCode"));
        Assert.Empty(walk.Standing.List("tasks"));
    }
}

public sealed class BirthRegistrationSqliteTests(OneStop engine) : BirthRegistrationTests(engine), IClassFixture<OneStop>;

public sealed class BirthRegistrationPostgresTests(PostgresOneStop engine) : BirthRegistrationTests(engine), IClassFixture<PostgresOneStop>;
