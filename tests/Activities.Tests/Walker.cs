using System.Text.Json.Nodes;
using PublicService.Activities.Coordination;
using PublicService.Activities.Deadlines;
using PublicService.Activities.Fees;
using PublicService.Activities.Intake;
using PublicService.Activities.Wallet;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Tests;

/// <summary>
/// Walks a procedure again and again, each time preferring answers it has given least, until every outcome of every step was followed
/// or nothing new comes up. People answer tasks, systems answer questions, citizens bring papers or stay silent.
/// </summary>
internal sealed class Walker(WorkflowDefinition definition, int seed)
{
    private const int LongestWalk = 80;
    private const int Enough = 100;
    private readonly Random random = new(seed);
    private readonly Dictionary<string, int> chosen = [];

    /// <summary>Outcomes seen, as <c>step:outcome</c>.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>Business statuses walks have ended in.</summary>
    public HashSet<BusinessStatus> Endings { get; } = [];

    /// <param name="wanted">Outcomes to look for; when all were seen a few walks are enough.</param>
    public void Walk(IReadOnlyCollection<string> wanted, int atMost)
    {
        for (var walk = 0; walk < atMost && (walk < Enough || !Seen.IsSupersetOf(wanted)); walk++)
        {
            var channel = walk % 2 == 0 ? Channel.Direct : Channel.Online;
            var receiving = walk % 3 == 0 ? DossierTrial.Centre : DossierTrial.Commune;
            var trial = new DossierTrial(definition, channel, receiving, TimeLimit.WorkingDays(20), form: SampleForm.Of(definition.DefinitionId, random));
            var steps = 0;
            while (trial.State.Status is InstanceStatus.Running && steps++ < LongestWalk)
            {
                Answer(trial);
            }

            Assert.True(trial.State.Status is InstanceStatus.Finished, $"{definition.DefinitionId}: after {steps} answers it still waits at {string.Join(", ", trial.Waiting)}");
            Assert.Equal(trial.Dossier.LedgerLength, trial.Dossier.Ledger.Count);
            Endings.Add(trial.Dossier.BusinessStatus);
            foreach (var entry in trial.Journal.Where(entry => entry.Event == "Completed"))
            {
                foreach (var outcome in entry.Outcomes ?? ["Done"])
                {
                    Seen.Add($"{entry.ActivityId}:{outcome}");
                }
            }
        }
    }

    private void Answer(DossierTrial trial)
    {
        var answers = Answers(trial).ToList();
        Assert.True(answers.Count > 0, $"{definition.DefinitionId} waits for nothing at {string.Join(", ", trial.Waiting)}");
        var least = answers.Min(answer => chosen.GetValueOrDefault(answer.Key));
        var rare = answers.Where(answer => chosen.GetValueOrDefault(answer.Key) == least).ToList();
        var (key, give) = rare[random.Next(rare.Count)];
        chosen[key] = chosen.GetValueOrDefault(key) + 1;
        give();
    }

    private IEnumerable<(string Key, Action Give)> Answers(DossierTrial trial)
    {
        foreach (var bookmark in trial.State.Bookmarks)
        {
            var id = bookmark.ActivityId;
            switch (bookmark.Name)
            {
                case TaskRequest.BookmarkName:
                    var task = TaskRequest.Read(bookmark.Payload!);

                    // The law takes no letter of apology for a dossier that has ended; the leader leaves it.
                    foreach (var outcome in task.Outcomes.Where(outcome => outcome != Apologise.Sent || trial.Dossier.IsOpen))
                    {
                        yield return ($"{id}:{outcome}", () => trial.Complete(id, outcome, Form(trial, task.Form), "Lý do của người xử lý"));
                    }

                    break;
                case RequestSupplement.BookmarkName:
                    yield return ($"{id}:bring", () => trial.Resume(id, RequestSupplement.BookmarkName, new JsonObject { ["papers"] = new JsonArray("Giấy tờ") }));
                    break;
                case LookUpPopulation.Kind:
                    yield return ($"{id}:found", () => trial.Resume(id, LookUpPopulation.Kind, new JsonObject { ["person"] = new JsonObject { ["personalNumber"] = "999000000001" } }));
                    yield return ($"{id}:nobody", () => trial.Resume(id, LookUpPopulation.Kind, new JsonObject { ["person"] = null }));
                    break;
                case Callback.BookmarkName:
                    foreach (var outcome in trial.OutcomesOf(id).Where(outcome => outcome != Transfer.Overdue))
                    {
                        yield return ($"{id}:{outcome}", () => trial.Resume(id, Callback.BookmarkName, new JsonObject { ["outcome"] = outcome, ["data"] = Form(trial) }));
                    }

                    break;
                case StartLinkedDossiers.BookmarkName:
                    yield return ($"{id}:finished", () => trial.Resume(id, bookmark.Name, Part(BusinessStatus.Finished)));
                    yield return ($"{id}:stopped", () => trial.Resume(id, bookmark.Name, Part(BusinessStatus.Stopped)));
                    break;
                case DeliverToWallet.BookmarkName:
                    foreach (var happened in Enum.GetValues<WalletEvent>())
                    {
                        yield return ($"{id}:{happened}", () => trial.Resume(id, bookmark.Name, new JsonObject { ["event"] = happened.ToString() }));
                    }

                    break;
                case CollectFee.BookmarkName:
                    yield return ($"{id}:gateway", () => trial.Resume(id, CollectFee.BookmarkName, new JsonObject { ["amount"] = trial.Dossier.AmountDue, ["receipt"] = "BL-1" }));
                    break;
                case var _ when bookmark.DueAt is { } due:
                    yield return ($"{id}:{bookmark.Name}:{due == trial.Dossier.DueAt}", () => trial.Pass(due - trial.Now));
                    break;
            }
        }
    }

    private static JsonObject Part(BusinessStatus status) => new()
    {
        ["code"] = "H49.40-260105-0002",
        ["status"] = status.Word(),
        ["statusCode"] = (int)status,
        ["completed"] = status is BusinessStatus.Finished,
        ["resultNumber"] = status is BusinessStatus.Finished ? "12/2026" : null,
    };

    /// <summary>What the task's own form asks for, and everything any form asks for; a real engine refuses what a form does not know.</summary>
    private JsonObject Form(DossierTrial trial, JsonObject? schema)
    {
        var form = schema is null ? [] : SampleForm.Of(schema, random);
        foreach (var (name, value) in Form(trial))
        {
            form[name] = value?.DeepClone();
        }

        return form;
    }

    private JsonObject Form(DossierTrial trial) => new()
    {
        ["papers"] = new JsonArray("Giấy tờ"),
        ["fee"] = random.Next(2) * 75_000,
        ["amount"] = random.Next(2) * 1_200_000,
        ["reason"] = "Chưa đầy đủ",
        ["resultNumber"] = "12/2026",
        ["receiver"] = "Nguyễn Văn A",
        ["method"] = "Counter",
        ["receipt"] = "BL-1",
        ["newDueAt"] = (trial.Dossier.DueAt ?? trial.Now).AddDays(10).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    };
}
