using System.Text;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Tests.Fixtures;

/// <summary>Rows as a click writes them, with values that do not matter to the test.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset At = new(2026, 11, 20, 1, 0, 0, 123, TimeSpan.Zero);

    public static string Id() => Guid.CreateVersion7().ToString("N");

    public static InstanceRow Instance(string? id = null, Guid? dossierId = null) => new()
    {
        Id = id ?? Id(),
        DossierId = dossierId,
        DefinitionId = "birth-registration",
        DefinitionVersionId = "birth-registration-1",
        Status = InstanceStatus.Running,
        SubStatus = InstanceSubStatus.Suspended,
        State = Encoding.UTF8.GetBytes("""{"id":"x","steps":[]}"""),
        CreatedAt = At,
        UpdatedAt = At,
    };

    public static Act Act(DateTimeOffset? at = null) => new("lan", "Trần Thị Lan", "H49.1", at ?? At);

    public static Dossier Dossier(DossierCode code) => PublicService.Dossiers.Dossier.Submit(
        new Submission
        {
            Id = Guid.CreateVersion7(),
            Code = code,
            ProcedureCode = "1.001193",
            Title = "Đăng ký khai sinh",
            Channel = Channel.Direct,
            Applicant = new Applicant("Nguyễn Văn An", "022090000001"),
            ReceivingOfficeId = "H49.1",
            CompetentOfficeId = "H49.1",
        },
        Act());

    public static JournalRow Journal(string instanceId, long firstSequence = 1, Guid? dossierId = null) => new()
    {
        InstanceId = instanceId,
        FirstSequence = firstSequence,
        At = At,
        DossierId = dossierId,
        Entries = "[]"u8.ToArray(),
        Steps = "[]"u8.ToArray(),
    };

    public static BookmarkRow Bookmark(string? id = null, string? instanceId = null, DateTimeOffset? dueAt = null) => new()
    {
        Id = id ?? Id(),
        InstanceId = instanceId ?? Id(),
        Name = dueAt is null ? "Elsa.Event" : "Elsa.Delay",
        Key = dueAt is null ? "paid" : null,
        DueAt = dueAt,
        ActivityId = "wait",
    };

    public static TaskRow Task(string? id = null, DateTimeOffset? dueAt = null, string? assigneeId = null, string officeId = "H49.1") => new()
    {
        Id = id ?? Id(),
        InstanceId = Id(),
        Kind = "OfficerTask",
        Title = "Thẩm định hồ sơ",
        Role = "CaseOfficer",
        OfficeId = officeId,
        AssigneeId = assigneeId,
        Outcomes = """["Duyệt","Trả lại"]""",
        CreatedAt = At,
        DueAt = dueAt,
    };

    public static OutboxRow Message(Guid? dossierId = null, string? key = null, string kind = "notification", DateTimeOffset? at = null) => new()
    {
        DossierId = dossierId,
        Kind = kind,
        Payload = """{"text":"Đã tiếp nhận"}""",
        IdempotencyKey = key ?? Id(),
        CreatedAt = at ?? At,
        NextAttemptAt = at ?? At,
    };

    public static DefinitionRow Definition(string definitionId, int version) => new()
    {
        Id = $"{definitionId}-{version}",
        DefinitionId = definitionId,
        Version = version,
        Json = "{}",
        IsLatest = true,
        CreatedAt = At,
        CreatedBy = "analyst",
        Hash = "00",
    };

    /// <summary>What one ordinary click writes: six rows.</summary>
    public static Changes Click(string instanceId, Guid dossierId) => new Changes()
        .Insert(Instance(instanceId, dossierId))
        .Insert(Journal(instanceId, 1, dossierId))
        .Insert(Bookmark(instanceId + "-b", instanceId))
        .Insert(Task(instanceId + "-b"))
        .Insert(Bookmark(instanceId + "-t", instanceId, At.AddDays(1)))
        .Insert(Message(dossierId, instanceId));
}
