using MediatR;
using Microsoft.AspNetCore.Identity;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;

namespace PublicService.Engine.Access;

/// <summary>Change an account. Switching it off or setting a password ends its tokens at once.</summary>
public static class ChangePerson
{
    public sealed record Body(
        string FullName, string OfficeId, bool IsActive, string? Email = null, string? PhoneNumber = null, string? Password = null);

    public sealed record Command(string Id, Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id, string UserName, bool IsActive);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/people/{id}", async (string id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.FullName, "fullName", 200)
            .Text(input.Body.OfficeId, "officeId", 100)
            .OptionalText(input.Body.Email, "email", 256)
            .OptionalText(input.Body.PhoneNumber, "phoneNumber", 32)
            .OptionalText(input.Body.Password, "password", 256);
    }

    internal sealed class Handler(UserManager<Person> accounts, CurrentPerson admin, OfficeDirectory offices, PersonDirectory people, AccessOptions options)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var body = request.Body;
            var person = (await accounts.FindByIdAsync(request.Id)).FindOrRefuse("Người dùng");
            admin.MustLookAfter(person.OfficeId ?? offices.Root.Id);
            admin.MustLookAfter(offices.Find(body.OfficeId).Id);
            if (person.Id == admin.Id && !body.IsActive)
            {
                throw new RefusedException("OWN_ACCOUNT", "Không thể tự khóa tài khoản của chính mình.");
            }

            if (body.Password is not null)
            {
                foreach (var rule in accounts.PasswordValidators)
                {
                    (await rule.ValidateAsync(accounts, person, body.Password)).ThrowIfFailed(options.ShortestPassword);
                }

                person.PasswordHash = accounts.PasswordHasher.HashPassword(person, body.Password);
                (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
            }

            if (body.Password is not null || (person.IsActive && !body.IsActive))
            {
                person.SecurityStamp = accounts.GenerateNewAuthenticatorKey();
            }

            (person.FullName, person.OfficeId, person.IsActive) = (body.FullName.Trim(), body.OfficeId, body.IsActive);
            (person.Email, person.PhoneNumber) = (body.Email, body.PhoneNumber);
            person.SearchText = SearchText.Of(person.FullName, person.UserName);
            (await accounts.UpdateAsync(person)).ThrowIfFailed(options.ShortestPassword);
            people.Forget();
            return new(person.Id, person.UserName!, person.IsActive);
        }
    }
}
