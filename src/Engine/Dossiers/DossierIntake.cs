using System.Text.RegularExpressions;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Dossiers;

/// <summary>What a dossier must bring with it when it is handed in, and what is filled in for it.</summary>
internal static class DossierIntake
{
    /// <summary>The submission, but for what is known only when it gets its number.</summary>
    public static Func<DossierCode, Submission> Submission(
        StartDossier.Body body, Procedure procedure, Office competent, Office? support, KeptIntake kept, DateTimeOffset now) => code => new()
        {
            Id = Guid.CreateVersion7(now),
            Code = code,
            ProcedureCode = procedure.Code,
            ProcedureValidFrom = procedure.ValidFrom,
            Title = string.IsNullOrWhiteSpace(body.Title) ? procedure.Name : body.Title.Trim(),
            Channel = body.Channel,
            Applicant = new Applicant(body.Applicant.Name, body.Applicant.IdNumber, body.Applicant.Phone, body.Applicant.Email, body.Applicant.Address),
            ReceivingOfficeId = body.ReceivingOfficeId,
            CompetentOfficeId = competent.Id,
            SupportOfficeId = support?.Id,
            FormData = body.Form?.ToJsonString(JsonText.Readable) ?? "{}",
            FormOrigins = kept.FormOrigins,
            WantedReturn = body.ReturnMethod,
            TrackingSecretHash = kept.SecretHash,
            SealedSecret = kept.SealedSecret,
        };
}

/// <summary>What a new dossier keeps of its form and of the secret of its receipt.</summary>
internal sealed record KeptIntake(string? FormOrigins, string SecretHash, string SealedSecret);

/// <summary>Looks at the form of a new dossier: the procedure it belongs to, and where its values come from.</summary>
internal sealed class IntakeForms(ProcedureDirectory procedures, FormOrigins origins, SecretSeal seal)
{
    /// <exception cref="RefusedException">PROCEDURE_NOT_FOUND.</exception>
    public Procedure Procedure(string code, DateOnly on) => procedures.Find(code, on);

    public async Task<KeptIntake> KeepAsync(StartDossier.Body body, Procedure procedure, string personId, string secret, CancellationToken cancellationToken) => new(
        await origins.OfAsync(procedure.Code, body.Form, body.Prefills ?? [], personId, cancellationToken), TrackingSecret.HashOf(secret), seal.Seal(secret));
}

/// <summary>Input rules of <see cref="StartDossier"/>: the form is measured against the schema of its procedure.</summary>
internal sealed partial class StartDossierRules(ProcedureDirectory procedures, FormValidator forms, TimeProvider time) : IInputRules<StartDossier.Command>
{
    public void Check(StartDossier.Command input, InputErrors errors)
    {
        var body = input.Body;
        errors.Text(body.ProcedureCode, "procedureCode", 50)
            .Text(body.ReceivingOfficeId, "receivingOfficeId", 100)
            .OptionalText(body.CompetentOfficeId, "competentOfficeId", 100)
            .OptionalText(body.SupportOfficeId, "supportOfficeId", 100)
            .OptionalText(body.Title, "title", 300)
            .When(body.Prefills?.Count > 10, "prefills", "Ghi nhiều nhất 10 lần tra cứu.")
            .Text(body.Applicant.Name, "applicant.name", 200)
            .OptionalText(body.Applicant.Email, "applicant.email", 256)
            .OptionalText(body.Applicant.Address, "applicant.address", 500)
            .Shape(body.Applicant.IdNumber, "applicant.idNumber", IdNumber(), "Không đúng dạng số định danh cá nhân, hộ chiếu hoặc mã số doanh nghiệp.")
            .Shape(body.Applicant.Phone, "applicant.phone", Phone(), "Không đúng dạng số điện thoại.");
        foreach (var (field, sentences) in forms.Validate(SchemaOf(body.ProcedureCode), body.Form ?? []))
        {
            foreach (var sentence in sentences)
            {
                errors.Add($"form.{field}", sentence);
            }
        }
    }

    private string? SchemaOf(string? code) =>
        code is null ? null : procedures.TryFind(code, VietnamTime.DateOf(time.GetUtcNow()))?.FormSchema;

    // Personal number, old identity card, tax code of an enterprise, passport.
    [GeneratedRegex(@"^(?:[0-9]{12}|[0-9]{9}|[0-9]{10}(?:-[0-9]{3})?|[A-Z][0-9]{7,8})\z")]
    private static partial Regex IdNumber();

    [GeneratedRegex(@"^\+?[0-9 .]{8,16}\z")]
    private static partial Regex Phone();
}
