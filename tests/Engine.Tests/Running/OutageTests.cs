using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Running;

/// <summary>The disk is full or the file is locked: clicks fail as a whole and clearly, and go on when the trouble is over.</summary>
public sealed class OutageTests
{
    [NeedsMount]
    public async Task Survives_a_full_disk()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        await using var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = disk.Folder }, new FakeClock());
        var clicks = new Clicks(engine.Services);
        var stored = new List<Started>();
        var filler = Path.Combine(disk.Folder, "filler");
        await using (var file = File.Create(filler))
        {
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                while (true)
                {
                    await file.WriteAsync(new byte[64 * 1024]);
                    await file.FlushAsync();
                }
            });
        }

        Exception? error = null;
        while (error is null)
        {
            error = await Record.ExceptionAsync(async () => stored.Add(await clicks.StartAsync(BenchWork.Cycle, stored.Count)));
            Assert.True(stored.Count < 100_000);
        }

        Assert.IsType<StorageUnavailableException>(error);
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        await AssertStoredAsync(engine, stored);

        File.Delete(filler);
        var after = await clicks.StartAsync(BenchWork.Cycle, stored.Count);
        stored.Add(after);
        await clicks.CompleteAsync(after.Tasks[0], BenchWork.Outcome);
        await AssertStoredAsync(engine, stored);
    }

    [Fact]
    public async Task Refuses_clearly_while_another_process_holds_the_file()
    {
        using var folder = new TemporaryFolder();
        await using var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = folder.Path, LockTimeoutSeconds = 1 }, new FakeClock());
        var clicks = new Clicks(engine.Services);
        var stored = new List<Started> { await clicks.StartAsync(BenchWork.Cycle, 0) };

        using (var holder = Hold(folder.Path))
        {
            var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => clicks.CompleteAsync(stored[0].Tasks[0], BenchWork.Outcome));
            Assert.Contains("locked", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => clicks.StartAsync(BenchWork.Cycle, 0));
            await AssertStoredAsync(engine, stored);
            holder.Kill();
            await holder.WaitForExitAsync();
        }

        await clicks.CompleteAsync(stored[0].Tasks[0], BenchWork.Outcome);
        var next = await clicks.StartAsync(BenchWork.Cycle, 0);
        Assert.EndsWith("-0002", next.Code, StringComparison.Ordinal);
    }

    /// <summary>Exactly the dossiers that were acknowledged, each with its instance and task.</summary>
    private static async Task AssertStoredAsync(BenchEngine engine, List<Started> stored)
    {
        await using var db = await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<IDbContextFactory<EngineDb>>(engine.Services).CreateDbContextAsync();
        Assert.Equal(stored.Select(started => started.Code).Order(), (await db.Dossiers.Select(row => row.Code).ToListAsync()).Order());
        Assert.Equal(stored.Count, await db.Instances.CountAsync());
        Assert.Equal(stored.Count, await db.Tasks.CountAsync());
        Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("select integrity_check as \"Value\" from pragma_integrity_check").FirstAsync());
    }

    private static Process Hold(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PublicService.Benchmarks.dll"));
        start.ArgumentList.Add("--hold");
        start.ArgumentList.Add(Path.Combine(folder, "engine.db"));
        var process = Process.Start(start)!;
        Assert.Equal("held", process.StandardOutput.ReadLine());
        return process;
    }
}
