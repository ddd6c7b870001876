using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Access;

/// <summary>Exchange a refresh token for new tokens. It ends when the person is switched off or gets another password.</summary>
public static class RefreshSignIn
{
    public sealed record Body(string RefreshToken);

    public sealed record Command(Body Body) : IRequest<SignInReply>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/sign-in/refresh", async (Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(body), cancellationToken))
        .AllowAnonymous();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.Text(input.Body.RefreshToken, "refreshToken", 4096);
    }

    internal sealed class Handler(PersonDirectory people, OfficeDirectory offices, AccessTokens tokens, TimeProvider time)
        : IRequestHandler<Command, SignInReply>
    {
        public async Task<SignInReply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (id, stamp) = tokens.ReadRefresh(request.Body.RefreshToken) ?? throw Problems.RefreshFailed();
            var person = await people.FindAsync(id, cancellationToken);
            if (person is not { IsActive: true } || person.SecurityStamp != stamp)
            {
                throw Problems.RefreshFailed();
            }

            var issued = tokens.Issue(person.Id, person.UserName, person.SecurityStamp);
            return new("Bearer", issued.AccessToken, issued.RefreshToken, issued.ExpiresAt, issued.RefreshExpiresAt,
                PersonReply.From(person, VietnamTime.DateOf(time.GetUtcNow()), offices));
        }
    }
}
