using System.Globalization;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Messages;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>
/// The leader signs the letter of apology: the promise moves, once, and the citizen is told (form 04, D11). Refuses with DRAFT_DECIDED,
/// PROMISE_MOVED, and the law's ALREADY_EXTENDED, TOO_LATE_TO_EXTEND, NEW_PROMISE_TOO_EARLY, DOSSIER_CLOSED.
/// </summary>
public static class AcceptApology
{
    /// <param name="NewDueAt">Another date than the proposed one.</param>
    public sealed record Body(string CauseCode, string Reason, DateTimeOffset? NewDueAt = null);

    public sealed record Command(Guid Id, Body Body) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/supervision/apology-drafts/{id:guid}/acceptances", async (Guid id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.OfficeLeader, Role.ProvinceLeader);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.CauseCode, "causeCode", 50)
            .Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(EngineDb db, DossierRuns runs, DraftDecision decision, CalendarDirectory calendars) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, (draft, act)) = (request.Body, await decision.FindAsync(request.Id, request.Body.Reason, cancellationToken));
            var known = await db.Set<DelayCauseRow>().AnyAsync(cause => cause.Code == body.CauseCode, cancellationToken);
            new InputErrors().When(!known, "causeCode", "Nguyên nhân không có trong danh mục.").ThrowIfAny();
            var newDue = body.NewDueAt ?? draft.ProposedDueAt;
            return await runs.ChangeAsync(draft.DossierId, act, click =>
            {
                var dossier = click.Dossier!;
                if (dossier.IsOpen && !dossier.Extended && dossier.DueAt != draft.DueAt)
                {
                    throw new RefusedException("PROMISE_MOVED", "Ngày hẹn trả đã thay đổi sau khi lập dự thảo này.");
                }

                dossier.Extend(newDue, body.Reason, calendars.For(dossier.CompetentOfficeId, VietnamTime.DateOf(click.Act.At)), click.Act);
                decision.Decide(click, draft, ApologyDraftStatus.Accepted, body.Reason, body.CauseCode, dossier.DueAt);
                click.Changes.Insert(new OutboxRow
                {
                    DossierId = dossier.Id,
                    Kind = Notification.Kind,
                    Payload = Notification.About(dossier, "XinLoi", new JsonObject { ["dueAt"] = Notification.Instant(dossier.DueAt) }).ToJsonString(JsonText.Readable),
                    IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"apology-{draft.Id}"),
                    CreatedAt = click.Act.At,
                    NextAttemptAt = click.Act.At,
                });
            }, DossierStanding.After, cancellationToken);
        }
    }
}

/// <summary>No letter is sent: the work goes on, and the dossier may be late. Refuses with DRAFT_DECIDED.</summary>
public static class DiscardApology
{
    public sealed record Body(string Reason);

    public sealed record Command(Guid Id, Body Body) : IRequest<DossierStanding>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/supervision/apology-drafts/{id:guid}/discards", async (Guid id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.OfficeLeader, Role.ProvinceLeader);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Body.Reason, "reason", 1000);
    }

    internal sealed class Handler(DossierRuns runs, DraftDecision decision) : IRequestHandler<Command, DossierStanding>
    {
        public async Task<DossierStanding> Handle(Command request, CancellationToken cancellationToken)
        {
            var (draft, act) = await decision.FindAsync(request.Id, request.Body.Reason, cancellationToken);
            return await runs.ChangeAsync(
                draft.DossierId, act, click => decision.Decide(click, draft, ApologyDraftStatus.Discarded, request.Body.Reason, null, null), DossierStanding.After, cancellationToken);
        }
    }
}

/// <summary>What both decisions on a draft share: whose it is, and that there is only one.</summary>
public sealed class DraftDecision(EngineDb db, CurrentPerson person)
{
    /// <exception cref="ProblemException">404; 403 ROLE_REQUIRED for anybody but the leader of its office.</exception>
    /// <exception cref="RefusedException">DRAFT_DECIDED.</exception>
    public async Task<(ApologyDraftRow Draft, Act Act)> FindAsync(Guid id, string reason, CancellationToken cancellationToken)
    {
        var draft = await db.Set<ApologyDraftRow>().AsNoTracking().Where(draft => draft.Id == id).FindOrRefuseAsync("Dự thảo văn bản xin lỗi", cancellationToken);
        var role = person.Holds(Role.ProvinceLeader, draft.OfficeId) ? Role.ProvinceLeader : Role.OfficeLeader;
        person.MustHold(role, draft.OfficeId);
        return draft.Status is ApologyDraftStatus.Draft
            ? (draft, person.ActFor(draft.OfficeId, reason, role))
            : throw new RefusedException("DRAFT_DECIDED", "Dự thảo này đã được quyết định.");
    }

    /// <summary>The version of the draft lets one decision through.</summary>
    public void Decide(Click click, ApologyDraftRow draft, ApologyDraftStatus status, string reason, string? causeCode, DateTimeOffset? newDue)
    {
        (draft.Status, draft.Reason, draft.CauseCode, draft.NewDueAt, draft.DecidedAt, draft.DecidedBy) = (status, reason, causeCode, newDue, click.Act.At, person.Id);
        click.Changes.Update(draft);
    }
}
