using MediatR;
using Microsoft.AspNetCore.Identity;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

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
            return TypedResults.Created($"/api/v1/people/{reply.Id}", reply);
        })
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

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

    internal sealed class Handler(UserManager<Person> accounts, CurrentPerson admin, OfficeDirectory offices, AccessOptions options, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, now) = (request.Body, time.GetUtcNow());
            var office = offices.Find(body.OfficeId, VietnamTime.DateOf(now));
            admin.MustLookAfter(office.Id);
            var userName = body.UserName.Trim().ToLowerInvariant();
            var person = new Person
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                UserName = userName,
                FullName = body.FullName.Trim(),
                Email = body.Email,
                PhoneNumber = body.PhoneNumber,
                OfficeId = office.Id,
                CreatedAt = now,
                SearchText = SearchText.Of(body.FullName, userName),
            };
            (await accounts.CreateAsync(person, body.Password)).ThrowIfFailed(options.ShortestPassword);
            return new(person.Id, userName);
        }
    }
}
