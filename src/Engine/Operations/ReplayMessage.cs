using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Outbox;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Operations;

/// <summary>Gives a dead message all its attempts again, under its old key. Refuses with MESSAGE_NOT_DEAD.</summary>
public static class ReplayMessage
{
    public sealed record Command(long Id) : IRequest<Reply>;

    public sealed record Reply(long Id);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/outbox/{id:long}/replays", async (long id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id), cancellationToken))
        .RequireRole(Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, PendingMessages messages) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var message = await db.Outbox.AsNoTracking().Where(row => row.Id == request.Id).FindOrRefuseAsync("Thông điệp", cancellationToken);
            if (message.DeadAt is null)
            {
                throw new RefusedException("MESSAGE_NOT_DEAD", "Thông điệp này chưa bị dừng gửi nên không cần gửi lại.");
            }

            await messages.ReplayAsync(message.Id, cancellationToken);
            return new(message.Id);
        }
    }
}
