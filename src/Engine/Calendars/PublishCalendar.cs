using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Calendars;

/// <summary>
/// Write the next version of an office's calendar. It counts for dossiers received from <c>validFrom</c> on; open dossiers keep
/// the version they were promised with.
/// </summary>
public static class PublishCalendar
{
    public sealed record Body(
        DateOnly ValidFrom,
        IReadOnlyDictionary<DayOfWeek, IReadOnlyList<HourRange>> Week,
        IReadOnlyList<SpecialDay> SpecialDays,
        string Note,
        TimeOnly? CutOff = null,
        int DueSoonMinutes = 480,
        int ApologyNoticeDays = 1);

    public sealed record Command(string OfficeId, Body Body) : IRequest<Reply>;

    public sealed record Reply(string CalendarId, int Version, DateOnly ValidFrom);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/calendars/{officeId}", async (string officeId, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(officeId, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors)
        {
            errors.Text(input.Body.Note, "note", 1000)
                .When(input.Body.SpecialDays.Count > 2000, "specialDays", "Quá nhiều ngày.")
                .When(input.Body.DueSoonMinutes is < 0 or > 100_000, "dueSoonMinutes", "Nằm ngoài khoảng cho phép.")
                .When(input.Body.ApologyNoticeDays is < 0 or > 30, "apologyNoticeDays", "Nằm ngoài khoảng cho phép.");
            try
            {
                _ = new WorkCalendar(Data(input, 1));
            }
            catch (ArgumentException wrong)
            {
                // The calendar itself knows best what a calendar must not be; its words are for developers but name the day.
                errors.Add("week", $"Lịch không hợp lệ: {wrong.Message}");
            }
        }
    }

    private static CalendarData Data(Command command, int version) => new()
    {
        Id = command.OfficeId,
        Version = version,
        ValidFrom = command.Body.ValidFrom,
        Week = command.Body.Week,
        SpecialDays = command.Body.SpecialDays,
        CutOff = command.Body.CutOff ?? new TimeOnly(15, 0),
        DueSoonMinutes = command.Body.DueSoonMinutes,
        ApologyNoticeDays = command.Body.ApologyNoticeDays,
    };

    internal sealed class Handler(
        CommitLane lane,
        CurrentPerson admin,
        OfficeDirectory offices,
        CalendarDirectory calendars,
        DirectoryRefresh refresh,
        TimeProvider time,
        ILogger<Handler> logger) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var office = offices.TryFind(request.OfficeId).FindOrRefuse("Đơn vị");
            admin.MustHold(Role.BusinessAdmin, office.Id);
            await refresh.RefreshAsync(cancellationToken);
            var version = calendars.Versions(office.Id).Select(one => one.Version).LastOrDefault() + 1;
            var row = new CalendarRow
            {
                CalendarId = office.Id,
                Version = version,
                ValidFrom = request.Body.ValidFrom,
                Json = Data(request, version).ToJson(),
                CreatedAt = time.GetUtcNow(),
                CreatedBy = admin.Id,
                Note = request.Body.Note,
            };
            await lane.CommitAsync(DirectoryRefresh.Raise(new Changes().Insert(row)), cancellationToken);
            await refresh.RefreshAsync(CancellationToken.None);
            logger.LogInformation("Calendar {Calendar} version {Version} written by {Person}.", office.Id, version, admin.Id);
            return new(office.Id, version, row.ValidFrom);
        }
    }
}
