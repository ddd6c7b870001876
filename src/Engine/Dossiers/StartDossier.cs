using System.Text.Json.Nodes;
using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;

namespace PublicService.Engine.Dossiers;

/// <summary>
/// Hands in a dossier and starts its workflow (NĐ 118/2025): at the counter by the receptionist, or online through an integration account
/// of the receiving office. The tracking secret is shown once. Refuses with PROCEDURE_NOT_FOUND, WORKFLOW_NOT_PUBLISHED,
/// CHANNEL_NOT_ALLOWED, OFFICE_NOT_FOUND, OFFICE_NOT_IN_FORCE, COMPETENT_OFFICE_REQUIRED.
/// </summary>
public static class StartDossier
{
    public sealed record Person(string Name, string? IdNumber = null, string? Phone = null, string? Email = null, string? Address = null);

    /// <param name="ReturnMethod">How the applicant wants the result, printed on form 01.</param>
    /// <param name="Prefills">Ids of the questions to the population registry the form was filled with.</param>
    public sealed record Body(
        string ProcedureCode,
        Channel Channel,
        string ReceivingOfficeId,
        Person Applicant,
        JsonObject? Form = null,
        string? CompetentOfficeId = null,
        string? SupportOfficeId = null,
        string? Title = null,
        ReturnMethod? ReturnMethod = null,
        IReadOnlyList<Guid>? Prefills = null);

    public sealed record Command(Body Body) : IRequest<Reply>;

    public sealed record Reply(
        Guid Id,
        string Code,
        string TrackingSecret,
        BusinessStatus Status,
        int StatusCode,
        string StatusWord,
        DateTimeOffset? ReceivedAt,
        DateTimeOffset? DueAt,
        long Version,
        IReadOnlyList<WaitingStep> Tasks);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers", async (Body body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            ETags.Write(response, reply.Version);
            return TypedResults.Created($"/api/v1/dossiers/{reply.Id}", reply);
        })
        .RequireRole(Role.Receptionist, Role.External);

    internal sealed class Handler(
        DossierRuns runs, CurrentPerson person, OfficeDirectory offices, IntakeForms intake, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var body = request.Body;
            var now = time.GetUtcNow();
            var receiving = offices.Find(body.ReceivingOfficeId, VietnamTime.DateOf(now));
            var act = ActAt(receiving, body.Channel);
            var procedure = intake.Procedure(body.ProcedureCode, VietnamTime.DateOf(now));
            procedure.MustAllow(body.Channel);
            var competent = procedure.CompetentOffice(body.CompetentOfficeId, receiving, id => offices.Find(id, VietnamTime.DateOf(now)));
            var support = body.SupportOfficeId is { } id ? offices.Find(id, VietnamTime.DateOf(now)) : null;
            var secret = TrackingSecret.New();
            var kept = await intake.KeepAsync(body, procedure, person.Id, secret, cancellationToken);
            var submission = DossierIntake.Submission(body, procedure, competent, support, kept, now);
            return await runs.StartAsync(
                receiving.AgencyCode,
                new WorkflowChoice(procedure.DefinitionId, procedure.DefinitionVersionId),
                (code, definition) => submission(code) with { DefinitionId = definition.DefinitionId, DefinitionVersionId = definition.Id },
                act,
                click => ReplyOf(DossierStanding.After(click), secret),
                cancellationToken);
        }

        /// <summary>A receptionist takes in whatever comes; an integration account only what was handed in online.</summary>
        private Act ActAt(Office receiving, Channel channel) =>
            channel is Channel.Online && person.Holds(Role.External, receiving.Id) && !person.Holds(Role.Receptionist, receiving.Id)
                ? person.ActFor(receiving.Id, role: Role.External)
                : person.ActFor(receiving.Id, role: Role.Receptionist);

        private static Reply ReplyOf(DossierStanding standing, string secret) => new(
            standing.Id, standing.Code, secret, standing.Status, standing.StatusCode, standing.StatusWord,
            standing.ReceivedAt, standing.DueAt, standing.Version, standing.Tasks);
    }
}
