using System.Text.RegularExpressions;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.NationalPortal;

/// <summary>
/// Corrects who the applicant of a dossier is, with a reason, also after it has ended; the national portal is told at once. For a dossier
/// that is held back because its identity is missing or wrong.
/// </summary>
public static partial class CorrectApplicant
{
    public sealed record Body(string Name, string Reason, string? IdNumber = null, string? Phone = null, string? Email = null, string? Address = null);

    public sealed record Command(Guid DossierId, Body Body) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/applicant-corrections", async (Guid id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.Receptionist, Role.OfficeLeader);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Name, "name", 200)
            .Shape(input.Body.IdNumber, "idNumber", IdNumber(), "Không đúng dạng số định danh cá nhân, hộ chiếu hoặc mã số doanh nghiệp.")
            .OptionalText(input.Body.Phone, "phone", 16)
            .OptionalText(input.Body.Email, "email", 256)
            .OptionalText(input.Body.Address, "address", 500)
            .Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var body = request.Body;
            var act = sight.ActOn(dossier, body.Reason, Role.Receptionist, Role.OfficeLeader);
            return await runs.ChangeAsync(
                dossier.Id,
                act,
                click => click.Dossier!.CorrectApplicant(new Applicant(body.Name, body.IdNumber, body.Phone, body.Email, body.Address), body.Reason, click.Act),
                DossierStanding.After,
                cancellationToken);
        }
    }

    // The shapes of StartDossier: personal number, old identity card, tax code of an enterprise, passport.
    [GeneratedRegex(@"^(?:[0-9]{12}|[0-9]{9}|[0-9]{10}(?:-[0-9]{3})?|[A-Z][0-9]{7,8})\z")]
    private static partial Regex IdNumber();
}
