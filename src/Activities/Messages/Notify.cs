using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Messages;

/// <summary>Thông báo: a message to the citizen or to an office, sent after the click from the outbox.</summary>
[Activity(
    "PublicService.Notify",
    Palette.Category,
    "Thông báo",
    Description = "Gửi thông báo cho công dân hoặc cơ quan theo mẫu. Thông báo được gửi sau khi bước hoàn thành, không làm chậm hồ sơ.")]
[Outcomes("Done")]
public sealed class Notify : Activity
{
    [Field("Mẫu thông báo")]
    public Input<string> Template { get; } = new();

    [Field("Người nhận", Options = ["Applicant=Công dân", "Competent=Cơ quan giải quyết", "Receiving=Nơi tiếp nhận"])]
    public Input<string> Receiver { get; } = new("Applicant");

    [Field("Nội dung", Hint = UiHints.MultiLine)]
    public Input<string> Text { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var template = step.Get(Template) ?? "ThongBao";
        var details = new JsonObject();
        if (step.Get(Text) is { Length: > 0 } text)
        {
            details["text"] = text;
        }

        step.Emit(Notification.About(step, template, details, step.Get(Receiver)!));
        subject.Dossier.Note(LedgerAct.Notified, HumanTask.Data(new JsonObject { ["template"] = template }), Act.System(subject.Act.At));
        return StepResult.Done;
    }
}

/// <summary>Messages about a dossier.</summary>
public static class Notification
{
    /// <summary>Outbox kind of such messages.</summary>
    public const string Kind = "notification";

    public static SendMessage About(StepContext step, string template, JsonObject details, string receiver = "Applicant") =>
        new(Kind, About(step.Subject().Dossier, template, details, receiver));

    /// <summary>The message itself, for whoever tells of a dossier outside of its workflow.</summary>
    public static JsonObject About(Dossier dossier, string template, JsonObject details, string receiver = "Applicant")
    {
        var payload = new JsonObject
        {
            ["template"] = template,
            ["dossier"] = dossier.Code,
            ["to"] = receiver switch
            {
                OfficeRule.Competent => new JsonObject { ["office"] = dossier.CompetentOfficeId },
                OfficeRule.Receiving => new JsonObject { ["office"] = dossier.ReceivingOfficeId },
                _ => new JsonObject { ["name"] = dossier.ApplicantName, ["phone"] = dossier.ApplicantPhone, ["email"] = dossier.ApplicantEmail },
            },
        };
        foreach (var (name, value) in details)
        {
            payload[name] = value?.DeepClone();
        }

        return payload;
    }

    public static string? Instant(DateTimeOffset? instant) => instant?.ToString("O", CultureInfo.InvariantCulture);
}
