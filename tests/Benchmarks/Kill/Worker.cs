using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Http;
using PublicService.Engine.Observability;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Kill;

/// <summary>
/// The engine with two anonymous routes that click on <see cref="BenchWork.Kill"/>: everything between the socket and the disk is
/// the engine's own, only sign-in and the slices are left out.
/// </summary>
public static class Worker
{
    public static async Task<int> RunAsync(string data, int port)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await using var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = data }, TimeProvider.System, url, app =>
        {
            app.UseHttpConventions();
            app.UseMiddleware<IdempotencyMiddleware>();
            app.MapObservability(loopbackOnly: true);
            var clicks = new Lazy<Clicks>(() => new Clicks(app.Services));
            app.MapPost("/dossiers", async (StartBody body, DossierRuns runs) =>
            {
                var started = await clicks.Value.StartAsync(runs, body.DefinitionId, body.Office);
                return Results.Created($"/api/v1/dossiers/{started.DossierId}", started);
            });
            app.MapPost("/tasks/{id}/completion", async (string id, CompleteBody body, DossierRuns runs, EngineDb db) =>
            {
                var task = await db.Tasks.AsNoTracking().FirstAsync(row => row.Id == id);
                return await Clicks.CompleteAsync(runs, task, body.Outcome);
            });
        });
        await engine.App.RunAsync();
        return 0;
    }
}

/// <summary>Starts a dossier at one of the communes.</summary>
public sealed record StartBody(string DefinitionId, int Office);

/// <summary>Completes a task.</summary>
public sealed record CompleteBody(string Outcome);
