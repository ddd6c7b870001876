using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Procedures;

/// <summary>Papers a dossier of this procedure consists of (thành phần hồ sơ) on a day, today without one; a dossier asks for its <c>procedureValidFrom</c>.</summary>
public static class ListPapers
{
    public sealed record Query(string Code, DateOnly? On) : IRequest<IReadOnlyList<RequiredPaper>>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/procedures/{code}/papers", async (string code, DateOnly? on, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(code, on), cancellationToken))
        .AllowAnonymous();

    internal sealed class Handler(ProcedureDirectory procedures, TimeProvider time) : IRequestHandler<Query, IReadOnlyList<RequiredPaper>>
    {
        public Task<IReadOnlyList<RequiredPaper>> Handle(Query request, CancellationToken cancellationToken) => Task.FromResult(
            procedures.TryFind(request.Code, request.On ?? VietnamTime.DateOf(time.GetUtcNow())).FindOrRefuse("Thủ tục").Papers);
    }
}
