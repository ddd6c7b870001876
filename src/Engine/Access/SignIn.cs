using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Sign in with user name and password. Every failure looks the same and takes the same time.</summary>
public static class SignIn
{
    public sealed record Body(string UserName, string Password);

    public sealed record Command(Body Body) : IRequest<SignInReply>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/sign-in", async (Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(body), cancellationToken))
        .AllowAnonymous();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.UserName, "userName", 256)
            .Text(input.Body.Password, "password", 256);
    }

    internal sealed class Handler(
        EngineDb db,
        CommitLane lane,
        IPasswordHasher<Person> hasher,
        ILookupNormalizer names,
        PersonDirectory people,
        OfficeDirectory offices,
        AccessTokens tokens,
        AccessOptions options,
        TimeProvider time) : IRequestHandler<Command, SignInReply>
    {
        // Verified instead when nobody has the name, so that a stopwatch does not tell which names exist.
        private static readonly Person Nobody = new() { FullName = "", SearchText = "" };
        private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<Person>().HashPassword(Nobody, Guid.NewGuid().ToString()));

        public async Task<SignInReply> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var person = await FindAsync(request.Body.UserName, cancellationToken);
            var isRight = hasher.VerifyHashedPassword(
                person ?? Nobody, person?.PasswordHash ?? NobodysHash.Value, request.Body.Password) != PasswordVerificationResult.Failed;
            if (person is null || !person.IsActive || person.PasswordHash is null || person.LockoutEnd > now)
            {
                AccessMetrics.SignIn("refused");
                throw Problems.SignInFailed();
            }

            if (!isRight)
            {
                AccessMetrics.SignIn("wrong_password");
                await CountFailureAsync(person, now, cancellationToken);
                throw Problems.SignInFailed();
            }

            if (person.AccessFailedCount > 0 || person.LockoutEnd is not null)
            {
                await lane.CommitAsync(
                    new Changes().Execute($"update people set access_failed_count = {0}, lockout_end = null where id = {person.Id}"), cancellationToken);
            }

            AccessMetrics.SignIn("ok");
            var known = (await people.FindAsync(person.Id, cancellationToken)).FindOrRefuse();
            var issued = tokens.Issue(person.Id, known.UserName, person.SecurityStamp);
            return new("Bearer", issued.AccessToken, issued.RefreshToken, issued.ExpiresAt, issued.RefreshExpiresAt,
                PersonReply.From(known, VietnamTime.DateOf(now), offices));
        }

        private async Task<Person?> FindAsync(string userName, CancellationToken cancellationToken)
        {
            // Two look-ups by index; one condition with "or" would read the whole table.
            var name = names.NormalizeName(userName.Trim());
            return await db.Users.AsNoTracking().FirstOrDefaultAsync(person => person.NormalizedUserName == name, cancellationToken)
                ?? await (
                    from login in db.UserLogins
                    join person in db.Users on login.UserId equals person.Id
                    where login.LoginProvider == Person.AliasProvider && login.ProviderKey == name
                    select person).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        }

        // The database counts, so that guesses made at the same time are all counted.
        private Task CountFailureAsync(Person person, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var (until, last) = (now + options.LockoutTime, options.FailuresBeforeLockout);
            return lane.CommitAsync(
                new Changes()
                    .Execute($"update people set access_failed_count = access_failed_count + 1 where id = {person.Id}")
                    .Execute($"update people set lockout_end = {until}, access_failed_count = 0 where id = {person.Id} and access_failed_count >= {last}"),
                cancellationToken);
        }
    }
}
