using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Trials;

/// <summary>
/// Plays one trial: the clicks of its moves are made by <see cref="ClickMaking"/> like those of the province, under a clock of its own,
/// and kept in <see cref="TrialMemory"/> instead of being committed. A refusal or a failing step is an answer here, not an error.
/// </summary>
internal sealed class TrialRun(ClickMaking making, TrialAnswers answers, TrialMemory memory, TrialLimits limits, DateTimeOffset start)
{
    private readonly List<(TrialHappening Happening, DateTimeOffset At)> happened = [];
    private TrialHappening now = new("Nộp hồ sơ");
    private int clicks;

    public TrialAnswers Answers { get; } = answers;

    /// <summary>The trial's clock.</summary>
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>Everything that happened, one entry for each move that was made.</summary>
    public IReadOnlyList<(TrialHappening Happening, DateTimeOffset At)> Happened => happened;

    /// <summary>Hands the dossier in and starts the workflow; null when nothing said no.</summary>
    public async Task<TrialProblem?> StartAsync(WorkflowDefinition definition, Submission submission, Act act)
    {
        var dossier = Dossier.Submit(submission, act);
        var problem = await ClickAsync(dossier, isNew: true, act, click =>
        {
            click.Start(definition, DossierStarts.RequestOf(dossier));
            return Task.CompletedTask;
        });
        return problem ?? await FinishMoveAsync();
    }

    /// <summary>Makes a move; null when nothing said no. What was refused has changed nothing.</summary>
    public async Task<TrialProblem?> MoveAsync(TrialMove move)
    {
        now = new(await Answers.LabelAsync(move, memory));
        var problem = await (move.Kind switch
        {
            TrialMoveKind.Answer => AnswerAsync(move),
            TrialMoveKind.Wait => WaitAsync(move.Until),
            TrialMoveKind.Withdraw => WithdrawAsync(move),
            _ => ReturnAsync(move),
        });
        if (problem is not null && move.Kind is TrialMoveKind.Wait && problem != TrialProblem.NotPossible && problem != TrialProblem.TooLong)
        {
            // Nobody is there to be refused: what a timer meets is for the people who watch, and everything else goes on.
            now.Trouble(problem.Sentence);
            problem = null;
        }

        return problem ?? await FinishMoveAsync();
    }

    private async Task<TrialProblem?> AnswerAsync(TrialMove move)
    {
        if ((await memory.WaitsAsync()).FirstOrDefault(wait => wait.Bookmark.ActivityId == move.Step && wait.Bookmark.Name == move.On && wait.Index == move.Index) is not { } wait)
        {
            return TrialProblem.NotPossible;
        }

        var act = TrialAnswers.ActOf(wait, memory.Dossier!, Now);
        return await ClickAsync(memory.Dossier, isNew: false, act, async click =>
        {
            var (input, task) = Answers.InputOf(wait, move, click.Dossier!);
            await click.ResumeAsync(wait.Instance.Id, wait.Bookmark.Id, input);
            if (task is not null)
            {
                click.Complete(task, move.Outcome ?? "Done");
            }
        });
    }

    /// <summary>Lets timers fire in the order of their instants, as the sweep does.</summary>
    private async Task<TrialProblem?> WaitAsync(DateTimeOffset? until)
    {
        if ((until ?? (await NextTimerAsync(DateTimeOffset.MaxValue))?.Bookmark.DueAt) is not { } end)
        {
            return TrialProblem.NotPossible;
        }

        while (await NextTimerAsync(end) is { } timer)
        {
            Now = timer.Bookmark.DueAt > Now ? timer.Bookmark.DueAt.Value : Now;
            if (await ClickAsync(memory.Dossier, isNew: false, Act.System(Now), click => click.ResumeAsync(timer.Instance.Id, timer.Bookmark.Id, [])) is { } problem)
            {
                return problem;
            }
        }

        Now = end > Now ? end : Now;
        return null;
    }

    private async Task<TrialWait?> NextTimerAsync(DateTimeOffset until) =>
        (await memory.WaitsAsync()).Where(wait => wait.Bookmark.DueAt <= until).MinBy(wait => wait.Bookmark.DueAt);

    private Task<TrialProblem?> WithdrawAsync(TrialMove move)
    {
        var dossier = memory.Dossier!;
        return ClickAsync(dossier, isNew: false, Act.Citizen("thu-cong-dan", dossier.ApplicantName, Now), async click =>
        {
            click.Dossier!.Withdraw(move.Note ?? string.Empty, click.Act);
            if (memory.Root is { } root)
            {
                await click.CancelAsync(root.State.Id);
            }
        });
    }

    private Task<TrialProblem?> ReturnAsync(TrialMove move)
    {
        var dossier = memory.Dossier!;
        return memory.Root is not { } root || move.Step is null
            ? Task.FromResult<TrialProblem?>(TrialProblem.NotPossible)
            : ClickAsync(
                dossier,
                isNew: false,
                new Act("thu-can-bo", "Cán bộ (chạy thử)", dossier.CompetentOfficeId, Now, move.Note),
                click => click.ReturnAsync(root.State.Id, move.Step, null));
    }

    private async Task<TrialProblem?> FinishMoveAsync()
    {
        var problem = await DeliverEventsAsync();
        happened.Add((now, Now));
        return problem;
    }

    /// <summary>Events the workflow published for everybody reach what waits for them here; elsewhere they start nothing.</summary>
    private async Task<TrialProblem?> DeliverEventsAsync()
    {
        for (var n = 0; n < now.Outbox.Count; n++)
        {
            if (now.Outbox[n].Kind != EventDelivery.Kind)
            {
                continue;
            }

            var published = (JsonObject)JsonNode.Parse(now.Outbox[n].Payload)!;
            foreach (var wait in (await memory.WaitsAsync()).Where(wait => wait.Bookmark.Name == "Elsa.Event" && wait.Bookmark.Key == published["name"]?.ToString()))
            {
                var input = EventDelivery.InputOf(published["payload"]);
                if (await ClickAsync(memory.Dossier, isNew: false, Act.System(Now), click => click.ResumeAsync(wait.Instance.Id, wait.Bookmark.Id, input)) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private async Task<TrialProblem?> ClickAsync(Dossier? dossier, bool isNew, Act act, Func<Click, Task> apply)
    {
        if (++clicks > limits.Clicks || memory.Stop.IsCancellationRequested)
        {
            return TrialProblem.TooLong;
        }

        try
        {
            var click = await making.MakeAsync(dossier, isNew, act, memory, apply);
            memory.Take(click, now);
            return null;
        }
        catch (RefusedException refused)
        {
            return new(refused.Code, refused.Message);
        }
        catch (ProblemException problem)
        {
            return new(problem.Code, problem.Message, null, problem.Errors);
        }
        catch (RunRefusedException)
        {
            return TrialProblem.NotPossible;
        }
        catch (StepFailedException failure)
        {
            return memory.Stop.IsCancellationRequested ? TrialProblem.TooLong : TrialProblem.Failed(failure.Incident, Answers.TitleOf(failure.Incident.NodeId));
        }
    }
}
