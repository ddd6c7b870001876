using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Setup;

/// <summary>Three case officers at each commune, and the rule that gives a new task to the least loaded of them.</summary>
internal static class Officers
{
    private const int Each = 3;

    public static async Task AddAsync(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var changes = new Changes();
        foreach (var office in services.GetRequiredService<OfficeDirectory>().All.Where(office => office.Level is OfficeLevel.Commune))
        {
            changes.Insert(new AssignmentRuleRow { OfficeId = office.Id, Role = Role.CaseOfficer, Mode = AssignmentMode.LeastLoaded, ChangedBy = "bench", ChangedAt = now });
            for (var i = 0; i < Each; i++)
            {
                var id = Guid.CreateVersion7(now).ToString("N");
                changes.Insert(new Person { Id = id, UserName = id, NormalizedUserName = id, FullName = "Cán bộ", OfficeId = office.Id, CreatedAt = now, SecurityStamp = "x", SearchText = id });
                changes.Insert(new PersonRole
                {
                    Id = id,
                    PersonId = id,
                    Role = Role.CaseOfficer,
                    OfficeId = office.Id,
                    ValidFrom = VietnamTime.DateOf(now),
                    GrantedBy = Act.SystemId,
                    GrantedAt = now,
                });
            }
        }

        await services.GetRequiredService<CommitLane>().CommitAsync(DirectoryRefresh.Raise(changes));
        await services.GetRequiredService<DirectoryRefresh>().RefreshAsync();
    }
}
