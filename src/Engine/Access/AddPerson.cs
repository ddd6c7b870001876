using MediatR;
using Microsoft.AspNetCore.Identity;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Open an account. It has no rights until roles are given.</summary>
public static class AddPerson
{
    public sealed record Body(string UserName, string FullName, string Password, string OfficeId, string? Email = null, string? PhoneNumber = null);

    public sealed record Command(Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id, string UserName);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/people", async (Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            return TypedResults.Created(Location(reply), reply);
        })
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    private static string Location(Reply reply) => $"/api/v1/people/{reply.Id}";

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.UserName, "userName", 64)
            .Text(input.Body.FullName, "fullName", 200)
            .Text(input.Body.Password, "password", 256)
            .Text(input.Body.OfficeId, "officeId", 100)
            .OptionalText(input.Body.Email, "email", 256)
            .OptionalText(input.Body.PhoneNumber, "phoneNumber", 32);
    }

    internal sealed class Handler(
        UserManager<Person> accounts,
        CommitLane lane,
        IdempotencyContext idempotency,
        CurrentPerson admin,
        OfficeDirectory offices,
        AccessOptions options,
        TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, now) = (request.Body, time.GetUtcNow());
            var office = offices.Find(body.OfficeId, VietnamTime.DateOf(now));
            admin.MustLookAfter(office.Id);
            var person = New(body, now);
            foreach (var rule in accounts.UserValidators)
            {
                (await rule.ValidateAsync(accounts, person)).ThrowIfFailed(options.ShortestPassword);
            }

            foreach (var rule in accounts.PasswordValidators)
            {
                (await rule.ValidateAsync(accounts, person, body.Password)).ThrowIfFailed(options.ShortestPassword);
            }

            person.PasswordHash = accounts.PasswordHasher.HashPassword(person, body.Password);
            var (changes, reply) = (new Changes().Insert(person), new Reply(person.Id, person.UserName!));
            idempotency.Record(changes, reply, StatusCodes.Status201Created, Location(reply));
            await lane.CommitAsync(changes, cancellationToken);
            return reply;
        }

        private Person New(Body body, DateTimeOffset now)
        {
            var userName = body.UserName.Trim().ToLowerInvariant();
            return new Person
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                UserName = userName,
                NormalizedUserName = accounts.NormalizeName(userName),
                FullName = body.FullName.Trim(),
                Email = body.Email,
                NormalizedEmail = accounts.NormalizeEmail(body.Email),
                PhoneNumber = body.PhoneNumber,
                OfficeId = body.OfficeId,
                CreatedAt = now,
                LockoutEnabled = true,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                SearchText = SearchText.Of(body.FullName, userName),
            };
        }
    }
}
