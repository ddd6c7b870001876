using System.Text.Json.Nodes;
using PublicService.Activities;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Benchmarks.Setup;

/// <summary>The clicks of a benchmark through the engine's own doors, each in a scope of its own like a request.</summary>
public sealed class Clicks(IServiceProvider services)
{
    private static readonly Act Officer = new("can-bo", "Trần Thị Lan", "bench", DateTimeOffset.MinValue);
    private readonly Office[] communes = [.. services.GetRequiredService<OfficeDirectory>().All.Where(office => office.Level is OfficeLevel.Commune).OrderBy(office => office.Id, StringComparer.Ordinal)];

    /// <summary>How many agencies number their own dossiers.</summary>
    public int Communes => communes.Length;

    /// <summary>Starts a dossier at one of the communes and returns it with its open tasks.</summary>
    public async Task<Started> StartAsync(string definitionId, int n)
    {
        await using var scope = services.CreateAsyncScope();
        return await StartAsync(scope.ServiceProvider.GetRequiredService<DossierRuns>(), definitionId, n);
    }

    /// <summary>The same inside the scope of a request.</summary>
    public Task<Started> StartAsync(DossierRuns runs, string definitionId, int n)
    {
        var office = communes[n % communes.Length];
        return runs.StartAsync(
            office.AgencyCode,
            new WorkflowChoice(definitionId),
            (code, definition) => new Submission
            {
                Id = Guid.CreateVersion7(),
                Code = code,
                ProcedureCode = BenchWork.ProcedureOf(definitionId),
                Title = "Đăng ký khai sinh cho Nguyễn Văn An",
                Channel = Channel.Direct,
                Applicant = new Applicant("Nguyễn Văn An", "022090000001", "0912345678"),
                ReceivingOfficeId = office.Id,
                CompetentOfficeId = office.Id,
                DefinitionId = definition.DefinitionId,
                DefinitionVersionId = definition.Id,
            },
            Officer,
            click => new Started(click.Dossier!.Id, click.Dossier.Code, [.. click.NewTasks]),
            CancellationToken.None);
    }

    /// <summary>Completes a task and returns what waits then.</summary>
    public async Task<Completed> CompleteAsync(TaskRow task, string outcome)
    {
        await using var scope = services.CreateAsyncScope();
        return await CompleteAsync(scope.ServiceProvider.GetRequiredService<DossierRuns>(), task, outcome);
    }

    /// <summary>The same inside the scope of a request.</summary>
    public static Task<Completed> CompleteAsync(DossierRuns runs, TaskRow task, string outcome) =>
        runs.CompleteAsync(task, new TaskAnswer(outcome, [], null), _ => { }, Officer, click => new Completed([.. click.NewTasks]), CancellationToken.None);

    /// <summary>Withdraws a dossier.</summary>
    public async Task WithdrawAsync(Guid dossierId)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DossierRuns>().WithdrawAsync(dossierId, "Công dân rút hồ sơ", _ => { }, Officer, _ => 0, CancellationToken.None);
    }

    /// <summary>Starts a workflow without a dossier.</summary>
    public async Task<string> StartPlainAsync(string definitionId) =>
        (await services.GetRequiredService<InstanceRuns>().StartAsync(definitionId, new StartRequest(), CancellationToken.None))!;

    /// <summary>Goes on from a bookmark; false when somebody was faster.</summary>
    public Task<bool> ResumeAsync(Guid? dossierId, string instanceId, string bookmarkId) => services.GetRequiredService<InstanceRuns>()
        .ResumeAsync(dossierId, instanceId, bookmarkId, EventDelivery.InputOf(new JsonObject()), CancellationToken.None);
}

/// <summary>The answer to starting a dossier.</summary>
public sealed record Started(Guid DossierId, string Code, IReadOnlyList<TaskRow> Tasks);

/// <summary>The answer to completing a task: the tasks that wait then.</summary>
public sealed record Completed(IReadOnlyList<TaskRow> Tasks);
