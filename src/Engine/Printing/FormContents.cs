using System.Text.Json;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Printing;

/// <summary>Puts together what a form 01 to 05 says, from the line of the ledger that issues it and the directories of that day.</summary>
public sealed class FormContents(OfficeDirectory offices, ProcedureDirectory procedures)
{
    /// <param name="entry">The line that issues it; for a draft one that is never stored.</param>
    /// <param name="papers">Papers of the dossier, for form 01.</param>
    public FormContent Of(FormKind kind, Dossier dossier, LedgerEntry entry, IReadOnlyList<PaperRow> papers)
    {
        var issuer = IssuerOf(kind, dossier, entry);
        var procedure = procedures.TryFindFor(dossier) ?? procedures.Find(dossier.ProcedureCode, VietnamTime.DateOf(dossier.SubmittedAt));
        using var data = JsonDocument.Parse(entry.Data ?? "{}");
        var desk = offices.OneStop(dossier.ReceivingOfficeId);
        var isOfficer = entry.ActorId != Act.SystemId && entry.OfficeId != Act.CitizenOffice;
        return new FormContent
        {
            Kind = kind,
            Head = HeadOf(kind, issuer),
            At = entry.At,
            DossierCode = dossier.Code,
            ProcedureCode = procedure.Code,
            ProcedureName = procedure.Name,
            Title = dossier.Title,
            Applicant = new(dossier.ApplicantName, dossier.ApplicantIdNumber, dossier.ApplicantPhone, dossier.ApplicantEmail, dossier.ApplicantAddress),
            Desk = desk,
            CompetentOffice = offices.Find(dossier.CompetentOfficeId).Name,
            Papers = kind switch
            {
                FormKind.Receipt => Handed(procedure, dossier, papers),
                FormKind.SupplementRequest => Missing(data.RootElement),
                _ => [],
            },
            Limit = dossier.ReceivedAt is null ? procedure.Limit.Word() : dossier.Limit.Word(),
            ReceivedAt = dossier.ReceivedAt,
            DueAt = entry.DueAfter,
            PreviousDueAt = data.RootElement.TryGetProperty("previous", out var previous) ? previous.GetDateTimeOffset() : null,
            ReturnWord = ReturnWord(dossier.WantedReturn, desk),
            Reason = entry.Reason,
            Days = data.RootElement.TryGetProperty("days", out var days) ? days.GetInt32() : null,
            IsWithdrawn = entry.Act is LedgerAct.Withdrawn,
            AmountPaid = dossier.AmountPaid,
            OfficerName = isOfficer ? entry.ActorName : null,
            OnBehalfOf = entry.OnBehalfOf,
        };
    }

    /// <summary>The form as a row to be stored with the act; its number is given by <see cref="FormRow.Issue"/>.</summary>
    public FormRow Issue(FormKind kind, Dossier dossier, LedgerEntry entry, IReadOnlyList<PaperRow> papers)
    {
        var content = Of(kind, dossier, entry, papers);
        return new FormRow
        {
            Id = Guid.CreateVersion7(entry.At),
            DossierId = dossier.Id,
            LedgerSequence = entry.Sequence,
            Kind = kind,
            OfficeId = IssuerOf(kind, dossier, entry).Id,
            Year = VietnamTime.DateOf(entry.At).Year,
            Letters = $"{kind.Letters()}-{content.Head.Letters}",
            IssuedAt = entry.At,
            IssuedBy = entry.ActorName,
            Content = JsonSerializer.Serialize(content, JsonText.Records),
        };
    }

    /// <summary>The same for a form nobody has issued: what it would say if this act were done.</summary>
    public FormContent Draft(FormKind kind, Dossier dossier, FormDraft draft, Act act)
    {
        var data = new { draft.Papers, draft.Days, Previous = kind is FormKind.Apology ? dossier.DueAt : null };
        return Of(kind, dossier, new LedgerEntry(
            dossier.Id, 0, act.At, act.ActorId, act.ActorName, act.OnBehalfOf, act.OfficeId, kind.Act(), act.Reason, null,
            dossier.BusinessStatus, draft.NewDueAt ?? dossier.DueAt, JsonSerializer.Serialize(data, JsonText.Records)), []);
    }

    public static FormContent Read(FormRow row) => JsonSerializer.Deserialize<FormContent>(row.Content, JsonText.Records)!;

    /// <summary>Head of a form that the one-stop desk of an office prints.</summary>
    public Letterhead HeadOfDesk(Office office) => Letterhead.OfDesk(office, offices.OneStop(office.Id), offices.Parent(office.Id));

    /// <summary>How the applicant wants the result, in words; without a wish he fetches it where he handed the dossier in.</summary>
    /// <param name="desk">Null where the place is plain.</param>
    public static string ReturnWord(ReturnMethod? method, string? desk) => method switch
    {
        ReturnMethod.Post => "Qua dịch vụ bưu chính công ích",
        ReturnMethod.Electronic => "Bản điện tử qua Cổng Dịch vụ công quốc gia",
        ReturnMethod.Counter or null => desk is null ? "Trực tiếp" : $"Trực tiếp tại {desk}",
    };

    /// <summary>Name of the procedure as it was when the dossier came; its code when it is no longer on file.</summary>
    public string NameOf(Dossier dossier) =>
        procedures.TryFindFor(dossier)?.Name ?? dossier.ProcedureCode;

    private Letterhead HeadOf(FormKind kind, Office issuer) => kind is FormKind.Apology or FormKind.StopNotice
        ? Letterhead.OfOffice(issuer, offices.Parent(issuer.Id))
        : HeadOfDesk(issuer);

    /// <summary>Form 01 is the receiving desk's, 04 and 05 the competent office's; 02 and 03 whose officer acts.</summary>
    private Office IssuerOf(FormKind kind, Dossier dossier, LedgerEntry entry)
    {
        var competent = dossier.ReceivedAt is null ? dossier.ReceivingOfficeId : dossier.CompetentOfficeId;
        var office = kind switch
        {
            FormKind.Receipt => offices.Find(dossier.ReceivingOfficeId),
            FormKind.SupplementRequest or FormKind.Refusal => offices.TryFind(entry.OfficeId) ?? offices.Find(competent),
            _ => offices.Find(competent),
        };
        return office.Kind is OfficeKind.InternalUnit ? offices.Parent(office.Id) ?? office : office;
    }

    private static FormPaper[] Missing(JsonElement data) => data.TryGetProperty("papers", out var papers)
        ? [.. papers.EnumerateArray().Select(paper => new FormPaper(paper.GetString() ?? ""))]
        : [];

    /// <summary>
    /// The procedure's papers with what is on file of each. Where nothing is, the cells stay empty for the receptionist's pen; a paper for
    /// special cases is left out then.
    /// </summary>
    private static FormPaper[] Handed(Procedure procedure, Dossier dossier, IReadOnlyList<PaperRow> papers)
    {
        bool Is(PaperRow row, RequiredPaper paper) => row.Kind == paper.Id || row.Name == paper.Name;
        var listed = procedure.Papers
            .Select(paper => (Paper: paper, OnFile: papers.Any(row => Is(row, paper))))
            .Where(one => one.OnFile || one.Paper.Condition is null)
            .Select(one => one.OnFile
                ? new FormPaper(one.Paper.Name, Some(one.Paper.Originals), null, Some(one.Paper.Copies), "Đã có bản điện tử")
                : new FormPaper(one.Paper.Name, Note: one.Paper.EForm is not null && dossier.FormData != "{}" ? "Biểu mẫu điện tử"
                    : one.Paper.ReplacedByData is { } register ? $"Khai thác {register}" : null));
        var others = papers.Where(row => !procedure.Papers.Any(paper => Is(row, paper))).Select(row => new FormPaper(row.Name, Note: "Bản điện tử"));
        return [.. listed, .. others];

        static int? Some(int count) => count > 0 ? count : null;
    }
}

/// <summary>What a draft says beyond its dossier.</summary>
/// <param name="NewDueAt">The promise to be given instead (04).</param>
/// <param name="Papers">Papers to be supplemented (02).</param>
/// <param name="Days">Working days for the supplement (02).</param>
public sealed record FormDraft(DateTimeOffset? NewDueAt, IReadOnlyList<string> Papers, int? Days);
