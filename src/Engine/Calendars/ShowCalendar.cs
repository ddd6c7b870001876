using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Calendars;

/// <summary>The calendar an office keeps on a day (today without one).</summary>
public static class ShowCalendar
{
    public sealed record Query(string OfficeId, DateOnly? Date) : IRequest<Reply>;

    /// <param name="CalendarId">The office whose hours these are; another one when the office keeps no calendar of its own.</param>
    public sealed record Reply(
        string CalendarId,
        int Version,
        DateOnly ValidFrom,
        IReadOnlyDictionary<DayOfWeek, IReadOnlyList<HourRange>> Week,
        IReadOnlyList<SpecialDay> SpecialDays,
        TimeOnly CutOff,
        int DueSoonMinutes,
        int ApologyNoticeDays);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/calendars/{officeId}", async (string officeId, DateOnly? date, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(officeId, date), cancellationToken))
        .AllowAnonymous();

    internal sealed class Handler(CalendarDirectory calendars, OfficeDirectory offices, TimeProvider time) : IRequestHandler<Query, Reply>
    {
        public Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var office = offices.TryFind(request.OfficeId).FindOrRefuse("Đơn vị");
            var data = calendars.For(office.Id, request.Date ?? VietnamTime.DateOf(time.GetUtcNow())).Data;
            return Task.FromResult(new Reply(
                data.Id, data.Version, data.ValidFrom, data.Week, data.SpecialDays, data.CutOff, data.DueSoonMinutes, data.ApologyNoticeDays));
        }
    }
}
