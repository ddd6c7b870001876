namespace PublicService.Dossiers;

/// <summary>Kênh thực hiện: the national portal's codes.</summary>
public enum Channel
{
    Direct = 1,
    Online = 2,
    Post = 3,
}

/// <summary>
/// Hồ sơ: the aggregate and the law around it. Every change is a method that demands an <see cref="Act"/>, refuses what is not legal
/// with <see cref="RefusedException"/> before anything has changed, and writes one line into the ledger.
/// Instants are UTC. Money is whole VND.
/// </summary>
public sealed partial class Dossier
{
    private Dossier()
    {
    }

    public Guid Id { get; private init; }

    public string Code { get; private init; } = "";

    public string ProcedureCode { get; private init; } = "";

    /// <summary>Names the wording of the procedure (limit, fees, papers) that holds for this dossier, whatever the catalogue says later.</summary>
    public DateOnly? ProcedureValidFrom { get; private init; }

    public string? DefinitionId { get; private init; }

    /// <summary>Version of the workflow the dossier runs on: the one of its submission, until somebody moves it (<see cref="MoveToVersion"/>).</summary>
    public string? DefinitionVersionId { get; private set; }

    /// <summary>The dossier the citizen knows, when this one is a part of it (liên thông).</summary>
    public Guid? ParentId { get; private init; }

    public string Title { get; private init; } = "";

    public Channel Channel { get; private init; }

    public string ApplicantName { get; private set; } = "";

    public string? ApplicantIdNumber { get; private set; }

    public string? ApplicantPhone { get; private set; }

    public string? ApplicantEmail { get; private set; }

    public string? ApplicantAddress { get; private set; }

    /// <summary>JSON text of the electronic form.</summary>
    public string FormData { get; private set; } = "{}";

    /// <summary>JSON text: for each field of the submitted form whether its value came from a register, was edited or typed; null when nobody looked.</summary>
    public string? FormOrigins { get; private set; }

    /// <summary>Nơi hỗ trợ: where the citizen was helped (phi địa giới).</summary>
    public string? SupportOfficeId { get; private set; }

    /// <summary>Nơi tiếp nhận.</summary>
    public string ReceivingOfficeId { get; private set; } = "";

    /// <summary>Cơ quan có thẩm quyền giải quyết.</summary>
    public string CompetentOfficeId { get; private set; } = "";

    public BusinessStatus BusinessStatus { get; private set; }

    public FinancialStatus FinancialStatus { get; private set; }

    public DeliveryStatus DeliveryStatus { get; private set; }

    public SyncStatus SyncStatus { get; private set; }

    public DateTimeOffset SubmittedAt { get; private init; }

    /// <summary>SHA-256 or the like of the secret on the receipt; the secret itself is never stored in the open.</summary>
    public string? TrackingSecretHash { get; private init; }

    /// <summary>The same secret sealed with a key that is not in the database, so that form 01 can be printed later than the submission.</summary>
    public string? SealedSecret { get; private init; }

    /// <summary>Optimistic concurrency; incremented by the Engine at each save.</summary>
    public long Version { get; private set; }

    public bool IsOpen => BusinessMoves.IsOpen(BusinessStatus);

    /// <summary>A new dossier in status 1, whichever the channel; reception is a separate act (<see cref="Receive"/>).</summary>
    public static Dossier Submit(Submission submission, Act act)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var dossier = new Dossier
        {
            Id = submission.Id,
            Code = submission.Code.ToString(),
            ProcedureCode = submission.ProcedureCode,
            ProcedureValidFrom = submission.ProcedureValidFrom,
            DefinitionId = submission.DefinitionId,
            DefinitionVersionId = submission.DefinitionVersionId,
            ParentId = submission.ParentId,
            Title = submission.Title,
            Channel = submission.Channel,
            FormData = submission.FormData,
            FormOrigins = submission.FormOrigins,
            WantedReturn = submission.WantedReturn,
            SupportOfficeId = submission.SupportOfficeId,
            ReceivingOfficeId = submission.ReceivingOfficeId,
            CompetentOfficeId = submission.CompetentOfficeId,
            TrackingSecretHash = submission.TrackingSecretHash,
            SealedSecret = submission.SealedSecret,
            BusinessStatus = BusinessStatus.Registered,
            SubmittedAt = act.At,
            LastActAt = act.At,
        };
        dossier.Take(submission.Applicant);
        dossier.Record(LedgerAct.Submitted, act, data: new { submission.Channel, submission.ProcedureCode });
        return dossier;
    }

    private void Take(Applicant applicant)
    {
        ApplicantName = Given(applicant.Name, "APPLICANT_REQUIRED", "tên người nộp hồ sơ");
        ApplicantIdNumber = applicant.IdNumber;
        ApplicantPhone = applicant.Phone;
        ApplicantEmail = applicant.Email;
        ApplicantAddress = applicant.Address;
    }

    /// <summary>Refuses, before anything changes, a move that is not legal or an act earlier than the last one.</summary>
    private void Check(BusinessStatus to, Act act)
    {
        CheckTime(act);
        if (!BusinessMoves.Allows(BusinessStatus, to))
        {
            throw Refusals.BusinessMove(BusinessStatus, to);
        }
    }

    private void CheckOpen(Act act)
    {
        CheckTime(act);
        if (!IsOpen)
        {
            throw Refusals.DossierClosed(BusinessStatus);
        }
    }

    // Node clocks may differ a little; a ledger that runs backwards would make the clocks lie, so the later node must try again.
    private void CheckTime(Act act)
    {
        if (act.At < LastActAt)
        {
            throw Refusals.ActOutOfOrder(LastActAt);
        }
    }

    private void MoveTo(BusinessStatus to) => BusinessStatus = to;

    private static string Given(string? text, string code, string what) =>
        string.IsNullOrWhiteSpace(text) ? throw Refusals.Missing(code, what) : text.Trim();

    private static string GivenReason(string? reason) => Given(reason, "REASON_REQUIRED", "lý do");
}
