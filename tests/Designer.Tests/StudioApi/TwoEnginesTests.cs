using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Running;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using static PublicService.Designer.Tests.StudioApi.Analyst;

namespace PublicService.Designer.Tests.StudioApi;

/// <summary>Two engines on one PostgreSQL: what one publishes, the other runs.</summary>
public sealed class TwoEnginesTests : IAsyncLifetime
{
    private readonly PostgresOneStop here = new();
    private readonly OneStop there = new();

    public async Task InitializeAsync()
    {
        await here.InitializeAsync();
        there.With("Engine:Postgres", here.Connection);
    }

    [Fact]
    public async Task What_one_publishes_or_takes_back_the_other_learns_at_once()
    {
        var analyst = await here.AnalystAsync();
        var other = there.Services.GetRequiredService<DefinitionCache>();

        var id = await analyst.CreateAsync("Hai máy chủ", publish: true);
        await EventuallyAsync(() => other.Published(id)?.Version == 1);
        using (var run = await (await there.AnalystAsync()).TellAsync($"/workflow-definitions/{id}/execute"))
        {
            Assert.True(run.Headers.Contains("x-elsa-workflow-instance-id"));
        }

        await analyst.SaveAsync(Model("Hai máy chủ", id), publish: true);
        await EventuallyAsync(() => other.Published(id)?.Version == 2);
        await (await analyst.TellAsync($"/workflow-definitions/{id}/retract")).JsonAsync();
        await EventuallyAsync(() => other.Published(id) is null);
    }

    [Fact]
    public async Task A_number_that_is_given_out_again_is_another_version()
    {
        var analyst = await here.AnalystAsync();
        var id = await analyst.CreateAsync("Số dùng lại", publish: true);
        await analyst.DeleteAsync($"{Api}/workflow-definitions/{id}");
        var model = Model("Số dùng lại", id);
        model["description"] = "bản khác";
        await analyst.SaveAsync(model, publish: true);

        foreach (var engine in new[] { here, there })
        {
            var cache = engine.Services.GetRequiredService<DefinitionCache>();
            await EventuallyAsync(() => cache.Published(id)?.Description == "bản khác");
        }
    }

    public async Task DisposeAsync()
    {
        await ((IAsyncLifetime)there).DisposeAsync();
        await ((IAsyncLifetime)here).DisposeAsync();
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var attempt = 0; attempt < 100 && !holds(); attempt++)
        {
            await Task.Delay(50);
        }

        Assert.True(holds());
    }
}
