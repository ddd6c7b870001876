using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;
using PublicService.Workflows.Trials;

namespace PublicService.Activities.Tests;

/// <summary>A dossier on a workflow in memory, with offices, a calendar and a clock of its own. Steps are called by their id.</summary>
internal sealed class DossierTrial
{
    public const string Commune = "xa-06823";
    public const string OtherCommune = "xa-06760";
    public const string Centre = "ttphcc";

    public static readonly ActivityCatalog Catalog = ActivityCatalog.Of(typeof(ActivitiesRoom).Assembly);

    /// <summary>Monday 5 January 2026, 8:00 in Viet Nam: an ordinary working day.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    public static readonly WorkCalendar WorkHours = new(new CalendarData
    {
        Id = "qn",
        Version = 1,
        ValidFrom = new DateOnly(2025, 7, 1),
        Week = CalendarData.StandardWeek,
        SpecialDays = NationalHolidays.All(),
    });

    private readonly Trial trial;

    public DossierTrial(WorkflowDefinition definition, Channel channel = Channel.Direct, string receiving = Commune, TimeLimit? limit = null, DateTimeOffset? at = null, JsonObject? form = null, string procedure = "1.001193")
    {
        var start = at ?? Monday;
        Dossier = Dossier.Submit(
            new Submission
            {
                Id = Guid.NewGuid(),
                Code = DossierCode.For("H49.40", start, 1),
                ProcedureCode = procedure,
                Title = "Đăng ký khai sinh",
                Channel = channel,
                Applicant = new Applicant("Nguyễn Văn A"),
                ReceivingOfficeId = receiving,
                CompetentOfficeId = Commune,
                FormData = form?.ToJsonString() ?? "{}",
            },
            Act.System(start));
        trial = new Trial([definition], start)
        {
            SubjectAt = now => new DossierSubject
            {
                Dossier = Dossier,
                Act = Actor is null ? Act.System(now) : new Act(Actor, "Cán bộ " + Actor, Commune, now),
                Limit = limit ?? TimeLimit.SameDay(new TimeOnly(15, 0)),
                Result = ("KQ.G15.000031", "Giấy khai sinh"),
                CalendarOf = _ => WorkHours,
                OfficeOf = id => new Office(id, "H49.40", id, OfficeKind.PeoplesCommittee, OfficeLevel.Commune, null, new DateOnly(2025, 7, 1), null, "qn"),
            },
            IsRefusal = failure => failure is RefusedException,
        };
        trial.Start(new JsonObject
        {
            ["Dossier"] = new JsonObject
            {
                ["code"] = Dossier.Code,
                ["procedureCode"] = procedure,
                ["channel"] = channel.ToString(),
                ["receivingOfficeId"] = receiving,
                ["competentOfficeId"] = Commune,
                ["applicant"] = new JsonObject { ["name"] = Dossier.ApplicantName, ["idNumber"] = null },
            },
            ["Form"] = form?.DeepClone() ?? new JsonObject
            {
                ["child"] = new JsonObject { ["fullName"] = "Nguyễn An", ["sex"] = "nam", ["birthDate"] = "2026-01-01" },
                ["parentsMarriage"] = new JsonObject { ["registeredAtOfficeId"] = OtherCommune },
            },
        });
    }

    public Dossier Dossier { get; }

    public string? Actor { get; set; }

    public InstanceState State => trial.Instances[0].State;

    public DateTimeOffset Now => trial.Now;

    public IReadOnlyList<string> Lines => trial.Lines;

    /// <summary>What went to the outbox or to the host, in order.</summary>
    public IReadOnlyList<(DateTimeOffset At, Effect Effect)> Effects => trial.Effects;

    /// <summary>Content of the messages of one kind that have left.</summary>
    public IReadOnlyList<JsonObject> Messages(string kind) =>
        [.. Effects.Select(one => one.Effect).OfType<SendMessage>().Where(message => message.Kind == kind).Select(message => message.Payload)];

    public IReadOnlyList<JournalEntry> Journal => trial.Instances[0].Journal;

    public IReadOnlyList<string> OutcomesOf(string activityId)
    {
        var node = trial.Instances[0].Definition.FindActivity(activityId)!;
        return node.Activity.OutcomesOf(node);
    }

    /// <summary>Ids of the activities the instance waits at for a person or a system.</summary>
    public IReadOnlyList<string> Waiting => [.. State.Bookmarks.Where(bookmark => bookmark.DueAt is null).Select(bookmark => bookmark.ActivityId)];

    public TaskRequest Task(string activityId) => TaskRequest.Read(State.Bookmarks.Find(bookmark => bookmark.ActivityId == activityId && bookmark.Name == TaskRequest.BookmarkName)!.Payload!);

    public void Complete(string activityId, string outcome, JsonObject? form = null, string? note = null)
    {
        Actor = "cb1";
        Resume(activityId, TaskRequest.BookmarkName, new TaskAnswer(outcome, form ?? [], note).ToJson());
        Actor = null;
    }

    public void Resume(string activityId, string bookmarkName, JsonObject input)
    {
        var waiting = State.Bookmarks.Where(bookmark => bookmark.ActivityId == activityId).ToList();
        var index = waiting.FindIndex(bookmark => bookmark.Name == bookmarkName);
        Assert.True(index >= 0, $"{activityId} does not wait for {bookmarkName}; the instance waits at {string.Join(", ", Waiting)}");
        Resume(activityId, index, input);
    }

    /// <summary>Goes on from one of several waits of an activity, by its place among them.</summary>
    public void Resume(string activityId, int index, JsonObject input)
    {
        trial.Resume(activityId, index, input);
        Assert.True(State.Incidents.Count == 0, string.Join("; ", State.Incidents.Select(incident => $"{incident.ActivityId}: {incident.Message} {incident.Cause}")));
    }

    /// <summary>Another system answers the step that asked it.</summary>
    public void Answer(string activityId, string outcome, JsonObject? data = null) =>
        Resume(activityId, Coordination.Callback.BookmarkName, new JsonObject { ["outcome"] = outcome, ["data"] = data });

    public void Pass(TimeSpan time)
    {
        trial.Wait(time);
        Assert.True(State.Incidents.Count == 0, string.Join("; ", State.Incidents.Select(incident => $"{incident.ActivityId}: {incident.Message} {incident.Cause}")));
    }

    public static WorkflowDefinition Procedure(string file) =>
        DefinitionReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "workflows", file)), Catalog);
}
