using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PublicService.Activities.Coordination;
using PublicService.Activities.Deadlines;
using PublicService.Activities.Fees;
using PublicService.Activities.Intake;
using PublicService.Activities.Wallet;
using PublicService.Activities.Work;
using PublicService.Dossiers;

namespace PublicService.Activities.Tests;

/// <summary>Whatever people, citizens, systems and time can answer a procedure that waits.</summary>
internal sealed partial class Walker
{
    private IEnumerable<(string Key, Action Give)> Answers(DossierTrial trial)
    {
        foreach (var bookmark in trial.State.Bookmarks)
        {
            var id = bookmark.ActivityId;
            switch (bookmark.Name)
            {
                case TaskRequest.BookmarkName:
                    var task = TaskRequest.Read(bookmark.Payload!);
                    foreach (var outcome in task.Outcomes.Where(outcome => IsLegal(trial, id, outcome)))
                    {
                        foreach (var (variant, form) in Forms(trial, id, task.Form))
                        {
                            yield return ($"{id}:{outcome}{variant}", () => trial.Complete(id, outcome, form, "Lý do của người xử lý"));
                        }
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
                        yield return ($"{id}:{outcome}", () => trial.Answer(id, outcome, ForeignData()));
                        if (source.Contains($"getOutputFrom('{id}','Answer')", StringComparison.Ordinal))
                        {
                            yield return ($"{id}:{outcome};without data", () => trial.Answer(id, outcome));
                        }
                    }

                    break;
                case StartLinkedDossiers.BookmarkName:
                    yield return ($"{id}:finished", () => trial.Resume(id, bookmark.Name, Part(BusinessStatus.Finished)));
                    yield return ($"{id}:stopped", () => trial.Resume(id, bookmark.Name, Part(BusinessStatus.Stopped)));
                    break;
                case DeliverToWallet.BookmarkName:
                    var fetched = trial.State.Bookmarks.Exists(open => open.ActivityId == id && open.Name == DeliverToWallet.BookmarkName + ".Unconfirmed");
                    foreach (var happened in Enum.GetValues<WalletEvent>().Where(happened => !fetched || happened is not WalletEvent.Issued))
                    {
                        yield return ($"{id}:{happened}", () => trial.Resume(id, bookmark.Name, new JsonObject { ["event"] = happened.ToString() }));
                    }

                    break;
                case CollectFee.BookmarkName:
                    yield return ($"{id}:gateway", () => trial.Resume(id, CollectFee.BookmarkName, new JsonObject { ["amount"] = trial.Dossier.AmountDue, ["receipt"] = "BL-1" }));
                    break;
                case var _ when bookmark.DueAt is { } due && map.Step(id).Activity is not Deadline:
                    yield return ($"{id}:{bookmark.Name}", () => trial.Pass(due - trial.Now));
                    break;
            }
        }
    }

    /// <summary>A second letter of apology, or one after the release, is refused (D11); the leader can then only leave it.</summary>
    private bool IsLegal(DossierTrial trial, string step, string outcome) =>
        map.Step(step).Activity is not Apologise || outcome != Apologise.Sent || trial.Dossier is { IsOpen: true, Extended: false };

    private static JsonObject Part(BusinessStatus status) => new()
    {
        ["code"] = "H49.40-260105-0002",
        ["status"] = status.Word(),
        ["statusCode"] = (int)status,
        ["completed"] = status is BusinessStatus.Finished,
        ["resultNumber"] = status is BusinessStatus.Finished ? "12/2026" : null,
    };

    /// <summary>What foreign systems tell besides their outcome.</summary>
    private static JsonObject ForeignData() => new() { ["amount"] = 1_250_000, ["taxCode"] = "0101234567" };

    /// <summary>
    /// The ways to fill in a task's form: the fields it has, or any when it has none of its own. A sum that decides whether something is to
    /// be paid, and a yes or no that a later script reads, are given both ways.
    /// </summary>
    private IEnumerable<(string Variant, JsonObject Form)> Forms(DossierTrial trial, string step, JsonObject? schema)
    {
        var form = Form(trial);
        if (schema?["properties"] is JsonObject fields)
        {
            form = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, form[field.Key]?.DeepClone() ?? FormSample.Value((JsonObject)field.Value!))));
        }

        yield return (string.Empty, form);
        var read = Regex.Matches(source, $@"getOutputFrom\('{Regex.Escape(step)}','Data'\)\??\.(\w+)").Select(match => match.Groups[1].Value).Distinct();
        foreach (var name in read.Where(form.ContainsKey))
        {
            if (form[name] is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.Number or System.Text.Json.JsonValueKind.True)
            {
                var other = (JsonObject)form.DeepClone();
                other[name] = value.GetValueKind() is System.Text.Json.JsonValueKind.True ? false : 0;
                yield return ($";{name}", other);
            }
        }
    }

    /// <summary>Everything any form asks for; a real engine refuses what a form does not know.</summary>
    private static JsonObject Form(DossierTrial trial) => new()
    {
        ["papers"] = new JsonArray("Giấy tờ"),
        ["fee"] = 75_000,
        ["reason"] = "Chưa đầy đủ",
        ["resultNumber"] = "12/2026",
        ["receiver"] = "Nguyễn Văn A",
        ["method"] = "Counter",
        ["receipt"] = "BL-1",
        ["newDueAt"] = (trial.Dossier.DueAt ?? trial.Now).AddDays(10).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    };
}
