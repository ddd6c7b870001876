using System.Text.Json;
using PublicService.Activities;
using PublicService.Activities.Coordination;
using PublicService.Activities.Fees;
using PublicService.Activities.Results;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>Rows people look at, made of what a run left behind.</summary>
internal static class Projections
{
    /// <summary>The task of a bookmark: an officer's, or one of another system (RunTask).</summary>
    /// <param name="payload">JSON of what the other system is given to work with.</param>
    public static TaskRow ToTask(Bookmark bookmark, InstanceState instance, Guid? dossierId, string? payload = null)
    {
        if (bookmark.Name != TaskRequest.BookmarkName)
        {
            return new TaskRow
            {
                Id = bookmark.Id,
                InstanceId = instance.Id,
                DossierId = dossierId,
                Kind = "RunTask",
                Title = bookmark.Payload?["TaskName"]?.ToString() ?? string.Empty,
                Outcomes = """["Done"]""",
                Payload = payload,
                CreatedAt = bookmark.CreatedAt,
            };
        }

        var request = TaskRequest.Read(bookmark.Payload!);
        return new TaskRow
        {
            Id = bookmark.Id,
            InstanceId = instance.Id,
            DossierId = dossierId,
            Kind = "Officer",
            Title = request.Title,
            Role = request.Role,
            OfficeId = request.OfficeId,
            Outcomes = JsonSerializer.Serialize(request.Outcomes, JsonText.Readable),
            Form = request.Form?.ToJsonString(JsonText.Readable),
            CreatedAt = bookmark.CreatedAt,
            DueAt = request.DueAt,
            FormalAct = request.Act is FormalActs.None ? null : request.Act,
            WorkMinutes = request.Minutes > 0 ? request.Minutes : null,
        };
    }

    /// <summary>What waits for somebody outside and is found by its key, kept beyond the wait; null for any other bookmark.</summary>
    public static object? ToOutsideWait(Bookmark bookmark, InstanceState instance, Guid? dossierId) => bookmark.Name switch
    {
        Callback.BookmarkName => new CallbackRow
        {
            Id = bookmark.Id,
            InstanceId = instance.Id,
            DossierId = dossierId,
            System = bookmark.Payload!["system"]!.ToString(),
            Outcomes = bookmark.Payload["outcomes"]!.ToJsonString(JsonText.Readable),
            AskedAt = bookmark.CreatedAt,
        },
        CollectFee.BookmarkName => new PaymentRow
        {
            Id = bookmark.Id,
            DossierId = dossierId!.Value,
            InstanceId = instance.Id,
            Title = bookmark.Payload!["title"]?.ToString() ?? string.Empty,
            Amount = bookmark.Payload["amount"]!.GetValue<long>(),
            AskedAt = bookmark.CreatedAt,
        },
        _ => null,
    };

    public static ResultRow ToResult(Dossier dossier, ResultIssued issued, Act act) => new()
    {
        Id = Guid.CreateVersion7(),
        DossierId = dossier.Id,
        Code = issued.Code,
        Name = issued.Name,
        Number = issued.Number,
        Data = issued.Data.ToJsonString(JsonText.Readable),
        IssuedAt = act.At,
        IssuedBy = act.ActorName,
        OfficeId = dossier.CompetentOfficeId,
    };
}
