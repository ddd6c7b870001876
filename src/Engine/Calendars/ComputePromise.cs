using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Calendars;

/// <summary>The promised date of a procedure if it were received at this office at that instant (now without one).</summary>
public static class ComputePromise
{
    public sealed record Query(string OfficeId, string Procedure, DateTimeOffset? Received) : IRequest<Reply>;

    /// <param name="ClockStart">When the time limit starts to run.</param>
    /// <param name="Due">Null when the procedure promises no date.</param>
    public sealed record Reply(
        DateTimeOffset Received, DateTimeOffset ClockStart, DateTimeOffset? Due, string Limit, string CalendarId, int CalendarVersion);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/calendars/{officeId}/promise",
            async (string officeId, string procedure, DateTimeOffset? received, IMediator mediator, CancellationToken cancellationToken) =>
                await mediator.Send(new Query(officeId, procedure, received), cancellationToken))
        .AllowAnonymous();

    internal sealed class Handler(CalendarDirectory calendars, ProcedureDirectory procedures, OfficeDirectory offices, TimeProvider time)
        : IRequestHandler<Query, Reply>
    {
        public Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var received = (request.Received ?? time.GetUtcNow()).ToUniversalTime();
            var date = VietnamTime.DateOf(received);
            var office = offices.TryFind(request.OfficeId).FindOrRefuse("Đơn vị");
            var procedure = procedures.TryFind(request.Procedure, date).FindOrRefuse("Thủ tục");
            var calendar = calendars.For(office.Id, date);
            return Task.FromResult(new Reply(
                received,
                calendar.NextOpening(received),
                calendar.PromiseFor(received, procedure.Limit),
                procedure.Limit.Word(),
                calendar.Id,
                calendar.Version));
        }
    }
}
