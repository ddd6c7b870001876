using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Seeding;

/// <summary>
/// The first account of an engine without demo data: <c>FirstAdmin:UserName</c> and <c>FirstAdmin:Password</c> from the configuration
/// (environment variables), used once while there is nobody. There is no default password.
/// </summary>
public sealed class FirstAdmin(
    IDbContextFactory<EngineDb> contexts, CommitLane lane, OfficeDirectory offices, IPasswordHasher<Person> hasher, IConfiguration configuration,
    AccessOptions options, TimeProvider time)
{
    public async Task AddAsync(CancellationToken cancellationToken = default)
    {
        var (userName, password) = (configuration["FirstAdmin:UserName"], configuration["FirstAdmin:Password"]);
        if (userName is null || password is null)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
        {
            return;
        }

        if (password.Length < options.ShortestPassword)
        {
            throw new InvalidOperationException($"FirstAdmin:Password needs at least {options.ShortestPassword} characters.");
        }

        var now = time.GetUtcNow();
        var person = Accounts.New(userName, "Quản trị kỹ thuật", offices.Root.Id, now);
        person.PasswordHash = hasher.HashPassword(person, password);
        var changes = new Changes().Insert(person).InsertAll(new[] { Role.TechnicalAdmin, Role.BusinessAdmin }
            .Select(role => Accounts.Grant(person, role, offices.Root.Id, now)));
        await lane.CommitAsync(changes, cancellationToken);
    }
}
