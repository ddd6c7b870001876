using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Access;

public sealed class RightsTests(EngineHost host) : IClassFixture<EngineHost>
{
    private const string HongGai = "phuong-hong-gai";
    private const string HaLong = "phuong-ha-long";

    [Fact]
    public void Every_route_demands_a_role_or_says_anonymous()
    {
        var silent = host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<RoleDemand>() is null)
            .Select(endpoint => endpoint.DisplayName);

        Assert.Empty(silent);
    }

    [Fact]
    public async Task Without_a_sign_in_nobody_gets_in_and_without_the_role_neither()
    {
        using var officer = await host.AsAsync("tiepnhan");

        await (await host.CreateClient().GetAsync(new Uri("/api/v1/people", UriKind.Relative)))
            .ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
        await (await officer.GetAsync(new Uri("/api/v1/people", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    [Fact]
    public void A_role_counts_at_its_own_office_only()
    {
        var person = Person(Own(Role.Receptionist, HongGai));

        Assert.True(person.Holds(Role.Receptionist, HongGai));
        Assert.False(person.Holds(Role.Receptionist, HaLong));
        Assert.False(person.Holds(Role.CaseOfficer, HongGai));
        Assert.Equal(403, Assert.Throws<ProblemException>(() => person.MustHold(Role.Receptionist, HaLong)).Status);
    }

    [Fact]
    public void An_ordinary_role_at_the_province_does_not_reach_down_but_supervision_does()
    {
        var person = Person(Own(Role.OfficeLeader, "quang-ninh"), Own(Role.Supervisor, "quang-ninh"));

        Assert.False(person.Holds(Role.OfficeLeader, HongGai));
        Assert.True(person.Holds(Role.Supervisor, HongGai));
    }

    [Fact]
    public void A_role_for_one_field_does_not_count_for_another()
    {
        var person = Person(Own(Role.CaseOfficer, HongGai, "Hộ tịch"));

        Assert.True(person.Holds(Role.CaseOfficer, HongGai, "Hộ tịch"));
        Assert.False(person.Holds(Role.CaseOfficer, HongGai, "Đất đai"));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void A_role_counts_from_its_first_to_its_last_day(int days, bool holds)
    {
        var today = VietnamTime.DateOf(host.Clock.GetUtcNow());
        var role = Own(Role.Clerk, HongGai, from: today.AddDays(-days), to: today.AddDays(5 - days));

        Assert.Equal(holds, Person(role).Holds(Role.Clerk, HongGai));
    }

    [Fact]
    public void An_act_names_who_when_where_and_why()
    {
        var act = Person(Own(Role.Receptionist, HongGai)).ActFor(HongGai, "vì sao");

        Assert.Equal(("p1", "Lê Thị An", HongGai, "vì sao"), (act.ActorId, act.ActorName, act.OfficeId, act.Reason));
        Assert.Equal(host.Clock.GetUtcNow(), act.At);
        Assert.Null(act.OnBehalfOf);
    }

    [Fact]
    public void An_act_at_a_foreign_office_is_refused()
    {
        var person = Person(Own(Role.Receptionist, HongGai));

        Assert.Equal("OFFICE_REQUIRED", Assert.Throws<ProblemException>(() => person.ActFor(HaLong)).Code);
        Assert.Equal("ROLE_REQUIRED", Assert.Throws<ProblemException>(() => person.ActFor(HongGai, role: Role.OfficeLeader)).Code);
    }

    [Fact]
    public void An_own_right_comes_before_a_borrowed_one_of_the_same_role()
    {
        var lent = new LentRights(new("p2", "Phạm Văn Bình"), DateOnly.MinValue, DateOnly.MaxValue, [Own(Role.CaseOfficer, HongGai), Own(Role.OfficeLeader, HongGai)]);
        var person = Person([Own(Role.CaseOfficer, HongGai)], [lent]);

        Assert.Null(person.ActFor(HongGai, role: Role.CaseOfficer).OnBehalfOf);
        Assert.Equal("Phạm Văn Bình", person.ActFor(HongGai, role: Role.OfficeLeader).OnBehalfOf);
    }

    [Fact]
    public async Task Roles_that_are_set_count_at_once_and_end_at_once()
    {
        using var admin = await host.AsAsync("kythuat");
        var created = await (await admin.PostAsJsonAsync("/api/v1/people", new { userName = "moi.nguoi", fullName = "Người Mới", password = "long-enough-1", officeId = HongGai })).JsonAsync();
        using var person = await host.AsAsync("moi.nguoi", "long-enough-1");
        var address = $"/api/v1/people/{created.Text("id")}/roles";

        var grant = new { role = Role.Clerk, officeId = HongGai, validFrom = "2026-11-01" };
        Assert.Equal(1, (await (await admin.PutAsJsonAsync(address, new { roles = new[] { grant } })).JsonAsync()).GetProperty("granted").GetInt32());
        Assert.Equal(1, (await person.GetJsonAsync("/api/v1/me")).GetProperty("rights").GetArrayLength());
        Assert.Equal(0, (await (await admin.PutAsJsonAsync(address, new { roles = new[] { grant } })).JsonAsync()).GetProperty("granted").GetInt32());

        Assert.Equal(1, (await (await admin.PutAsJsonAsync(address, new { roles = Array.Empty<object>() })).JsonAsync()).GetProperty("ended").GetInt32());
        Assert.Equal(0, (await person.GetJsonAsync("/api/v1/me")).GetProperty("rights").GetArrayLength());
        Assert.Equal("2026-11-19", (await admin.GetJsonAsync($"/api/v1/people/{created.Text("id")}")).GetProperty("roles")[0].Text("validTo"));
    }

    [Fact]
    public async Task Nobody_changes_the_own_roles_and_only_a_technical_administrator_makes_administrators()
    {
        using var business = await host.AsAsync("quantri");
        var own = await host.PersonIdAsync("quantri");
        var other = await host.PersonIdAsync("vanthu");
        var roles = new { roles = new[] { new { role = Role.TechnicalAdmin, officeId = "quang-ninh", validFrom = "2026-11-01" } } };

        await (await business.PutAsJsonAsync($"/api/v1/people/{own}/roles", roles)).ShouldBeRefusedAsync("OWN_ROLES");
        await (await business.PutAsJsonAsync($"/api/v1/people/{other}/roles", roles)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    private static PersonRole Own(string role, string officeId, string? field = null, DateOnly? from = null, DateOnly? to = null) => new()
    {
        Id = "r",
        PersonId = "p1",
        Role = role,
        OfficeId = officeId,
        Field = field,
        ValidFrom = from ?? DateOnly.MinValue,
        ValidTo = to,
        GrantedBy = "x",
    };

    private CurrentPerson Person(params PersonRole[] roles) => Person(roles, []);

    private CurrentPerson Person(PersonRole[] roles, LentRights[] lent)
    {
        var person = new CurrentPerson(host.Services.GetRequiredService<OfficeDirectory>(), host.Clock);
        person.Is(new KnownPerson("p1", "an", "Lê Thị An", HongGai, true, null, roles, lent));
        return person;
    }
}
