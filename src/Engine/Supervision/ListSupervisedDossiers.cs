using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>A dossier as supervision sees it.</summary>
/// <param name="RemainingMinutes">Working minutes until the promise, negative when late; stands still while paused.</param>
public sealed record SupervisedDossier(
    Guid Id, string Code, string ProcedureCode, string Title, string ApplicantName, string ReceivingOfficeId, string CompetentOfficeId, string CompetentOfficeName,
    BusinessStatus Status, int StatusCode, string StatusWord, DateTimeOffset SubmittedAt, DateTimeOffset? ReceivedAt, DateTimeOffset? DueAt,
    DateTimeOffset? FinishedAt, DateTimeOffset? ReturnedAt, bool IsPaused, bool Extended, Band Band, string BandWord, int? RemainingMinutes);

/// <summary>The dossiers behind a number of the board: open ones the most urgent first, others in the order in which it happened.</summary>
public static class ListSupervisedDossiers
{
    /// <param name="Group">Which number; all open ones when not given.</param>
    /// <param name="NonBoundary">Only those handed in at another office than the one that decides.</param>
    public sealed record Query(
        DossierGroup? Group, bool? NonBoundary, string? Office, string? Procedure, string? Field, DateOnly? From, DateOnly? To, string? Cursor, int? Size) : IRequest<Page<SupervisedDossier>>
    {
        internal SupervisionFilter Filter => new(Office, Procedure, Field, From, To);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/dossiers", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(DossierReading reading, SupervisionSight sight, Cursors cursors) : IRequestHandler<Query, Page<SupervisedDossier>>
    {
        public async Task<Page<SupervisedDossier>> Handle(Query request, CancellationToken cancellationToken)
        {
            var group = request.Group ?? DossierGroup.Open;
            var (size, list, scope) = (Cursors.Size(request.Size), $"supervision-{group}", sight.Of(request.Filter));
            var rows = await reading.Query(group, request.NonBoundary ?? false, scope, cursors.Read(list, request.Cursor, 2)).Take(size + 1).ToListAsync(cancellationToken);
            return cursors.Page(
                rows.ConvertAll(dossier => reading.Of(dossier, scope.At.Now)),
                size,
                list,
                row => [SupervisedDossiers.KeyOf(group, row).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.Id.ToString()]);
        }
    }
}

/// <summary>Reads dossiers for the list and for the export.</summary>
public sealed class DossierReading(EngineDb db, OfficeDirectory offices, CalendarDirectory calendars)
{
    public IQueryable<Dossier> Query(DossierGroup group, bool nonBoundary, Scope scope, string[]? after)
    {
        var key = SupervisedDossiers.KeyOf(group);
        var dossiers = db.Dossiers.AsNoTracking().In(scope).Of(group, scope.At).After(key, after);
        return (nonBoundary ? dossiers.Where(dossier => dossier.ReceivingOfficeId != dossier.CompetentOfficeId) : dossiers).OrderBy(key).ThenBy(dossier => dossier.Id);
    }

    public SupervisedDossier Of(Dossier dossier, DateTimeOffset now)
    {
        var standing = dossier.StandingAt(now, CalendarOf(dossier));
        return new(
            dossier.Id, dossier.Code, dossier.ProcedureCode, dossier.Title, dossier.ApplicantName, dossier.ReceivingOfficeId, dossier.CompetentOfficeId,
            offices.TryFind(dossier.CompetentOfficeId)?.Name ?? dossier.CompetentOfficeId,
            dossier.BusinessStatus, (int)dossier.BusinessStatus, dossier.BusinessStatus.Word(), dossier.SubmittedAt, dossier.ReceivedAt, dossier.DueAt,
            dossier.FinishedAt, dossier.ReturnedAt, dossier.PausedFrom is not null, dossier.Extended, standing.Band, standing.Band.Word(), standing.RemainingMinutes);
    }

    /// <summary>The version the promise was made with.</summary>
    public WorkCalendar CalendarOf(Dossier dossier) =>
        (dossier.CalendarId is { } id ? calendars.Version(id, dossier.CalendarVersion) : null)
        ?? calendars.For(dossier.CompetentOfficeId, VietnamTime.DateOf(dossier.SubmittedAt));
}
