using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Access;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using PublicService.Engine.Tests.Supervision;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Tests.Definitions;

/// <summary>
/// Time in the steps of a procedure, from dossiers that went through it. Friday 20 November 2026, hours 07:00-11:30 and 13:30-17:00; an engine
/// of its own for each test, because each moves the clock. Runs on both databases.
/// </summary>
public abstract class HeatTests(OneStop engine) : IAsyncLifetime
{
    private const string Birth = "1.001193";

    public Task InitializeAsync() => engine.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)engine).DisposeAsync();

    [Fact]
    public async Task Each_step_is_counted_in_the_working_time_of_its_office()
    {
        var (first, second, third) = (await Walk.StartAsync(engine), await Walk.StartAsync(engine), await Walk.StartAsync(engine));
        engine.GoTo(Watched.Hour(20, 8, 20));
        await first.DoAsync("Tiếp nhận", "Tiếp nhận");
        engine.GoTo(Watched.Hour(20, 8, 40));
        await second.DoAsync("Tiếp nhận", "Tiếp nhận");
        engine.GoTo(Watched.Hour(20, 9, 40));
        await third.DoAsync("Tiếp nhận", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Thiếu giấy chứng sinh" });
        engine.GoTo(Watched.Hour(20, 9, 50));
        await first.DoAsync("Thẩm tra", "Đủ điều kiện");
        await engine.SettleAsync();
        engine.GoTo(Watched.Hour(23, 8, 30));
        await second.DoAsync("Thẩm tra", "Đủ điều kiện");
        await engine.SettleAsync();

        var heat = await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/definitions/{Birth}/heat");

        Assert.Equal((3, 3, "2026-08-25", "2026-11-23"), (heat.Number("dossiers"), heat.Number("counted"), heat.Text("from"), heat.Text("to")));
        // 20, 40 and 100 minutes; the step has one hour; the third asked for papers.
        Assert.Equal(new Numbers(3, 3, 0, 40, 100, 1 / 3d, 3, 1 / 3d), Of(heat, "TiepNhan"));
        // 08:20 to 09:50, and 08:40 over the weekend to Monday 08:30: 170 + 210 + 90; two hours are given.
        Assert.Equal(new Numbers(2, 2, 0, 90, 470, 0, 2, 0.5), Of(heat, "ThamTra"));
        Assert.Equal(new Numbers(1, 0, 1, null, null, null, 0, null), Of(heat, "BoSungBanDau"));
        // The first waits since Friday 09:50, the second since now.
        Assert.Equal(new Numbers(2, 0, 2, null, null, null, 2, 0.5), Of(heat, "GhiSo"));
        Assert.Equal(new Numbers(0, 0, 0, null, null, null, 0, null), Of(heat, "Ky"));
        Assert.Equal(new Numbers(3, 3, 0, 0, 0, null, 0, null), Of(heat, "BatDau"));
    }

    [Fact]
    public async Task A_step_that_is_come_to_again_is_another_pass()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi sổ", "Đã ghi sổ");
        engine.GoTo(Watched.Hour(20, 8, 30));
        await walk.DoAsync("Ký", "Trả lại", note: "Sai họ");
        engine.GoTo(Watched.Hour(20, 9, 0));
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");

        var heat = await (await engine.SomebodyAsync("quantri")).ReadAsync($"/definitions/{Birth}/heat?version=1");

        Assert.Equal((2, 2, 0, 30), (Of(heat, "ThamTra").Passes, Of(heat, "ThamTra").Completed, Of(heat, "ThamTra").Median, Of(heat, "ThamTra").P90));
        Assert.Equal((1, 30), (Of(heat, "Ky").Passes, Of(heat, "Ky").P90));
    }

    [Fact]
    public async Task Dossiers_of_another_time_or_office_do_not_count()
    {
        await Walk.StartAsync(engine);
        var supervisor = await engine.SomebodyAsync("giamsat");
        foreach (var (office, seen) in new[] { (OneStop.OtherWard, 0), (OneStop.Ward, 1) })
        {
            var (part, _) = await engine.NewPersonAsync(Role.Supervisor, office);
            Assert.Equal(seen, (await part.ReadAsync($"/definitions/{Birth}/heat")).Number("dossiers"));
        }

        Assert.Equal(1, (await supervisor.ReadAsync($"/definitions/{Birth}/heat?from=2026-11-20&to=2026-11-20")).Number("dossiers"));
        Assert.Equal(0, (await supervisor.ReadAsync($"/definitions/{Birth}/heat?from=2026-11-01&to=2026-11-19")).Number("dossiers"));
        await (await supervisor.GetAsync($"/api/v1/definitions/{Birth}/heat?from=2026-11-20&to=2026-11-01")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    [Fact]
    public async Task Of_very_many_dossiers_a_part_spread_over_the_period_is_looked_at()
    {
        const int many = 2500;
        var changes = new Changes();
        for (var i = 0; i < many; i++)
        {
            var at = engine.Clock.GetUtcNow().AddSeconds(i);
            var id = $"heat-{i:0000}";
            changes.Insert(new InstanceRow { Id = id, DefinitionId = Birth, DefinitionVersionId = $"{Birth}:1", Status = InstanceStatus.Finished, SubStatus = InstanceSubStatus.Finished, CreatedAt = at, UpdatedAt = at });
            changes.Insert(new JournalRow
            {
                InstanceId = id,
                FirstSequence = 1,
                At = at,
                Entries = "[]"u8.ToArray(),
                Steps = InstanceJson.Write([new StepState { Id = $"{id}-1", NodeId = "Workflow1:KhaiSinh:TiepNhan", Status = StepStatus.Completed, StartedAt = at, CompletedAt = at.AddMinutes(i < 1250 ? 10 : 20) }]),
            });
        }

        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(changes);

        var heat = await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/definitions/{Birth}/heat");

        // Every third: 834, of which the first 417 are of the earlier half.
        Assert.Equal((many, 834, 1000), (heat.Number("dossiers"), heat.Number("counted"), heat.Number("limit")));
        Assert.Equal((834, 10, 20), (Of(heat, "TiepNhan").Completed, Of(heat, "TiepNhan").Median, Of(heat, "TiepNhan").P90));
    }

    private sealed record Numbers(int Passes, int Completed, int Waiting, int? Median, int? P90, double? Supplement, int Limited, double? Overdue);

    private static Numbers Of(JsonElement heat, string step)
    {
        var one = heat.List("steps").Single(row => row.Text("id") == step);
        return new(
            one.Number("passes"), one.Number("completed"), one.Number("waiting"), Whole(one, "medianMinutes"), Whole(one, "p90Minutes"), Share(one, "supplementShare"), one.Number("limited"), Share(one, "overdueShare"));
    }

    private static int? Whole(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    private static double? Share(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}

public sealed class HeatSqliteTests() : HeatTests(new OneStop());

public sealed class HeatPostgresTests() : HeatTests(new PostgresOneStop());
