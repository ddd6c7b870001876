using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Offices;

public sealed class OfficeChangeTests(EngineHost host) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task An_office_is_added_renamed_and_ended_and_its_old_names_stay()
    {
        using var admin = await host.AsAsync("quantri");
        var office = new
        {
            id = "phong-thu", agencyCode = "H49.950", name = "Phòng Thử", kind = "InternalUnit", level = "Commune", parentId = "phuong-hong-gai", validFrom = "2026-01-01", areaCode = "99001",
        };
        await (await admin.PostAsJsonAsync("/api/v1/offices", office)).JsonAsync();
        await (await admin.PostAsJsonAsync("/api/v1/offices", office)).ShouldBeRefusedAsync("OFFICE_EXISTS");
        await (await admin.PostAsJsonAsync("/api/v1/offices", office with { id = "khac" })).ShouldBeRefusedAsync("AGENCY_CODE_TAKEN");
        await (await admin.PostAsJsonAsync("/api/v1/offices", office with { id = "Khác" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        using var officer = await host.AsAsync("tiepnhan");
        await (await officer.PostAsJsonAsync("/api/v1/offices", office with { id = "khac" })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");

        var names = "/api/v1/offices/phong-thu/names";
        await (await admin.PostAsJsonAsync(names, new { name = "Phòng Mai Sau", validFrom = "2027-01-01", reason = "QĐ" })).ShouldBeRefusedAsync("NAME_IN_THE_FUTURE");
        await (await admin.PostAsJsonAsync(names, new { name = "Phòng Mới", validFrom = "2026-06-01", reason = "QĐ 12" })).JsonAsync();
        await (await admin.PostAsJsonAsync(names, new { name = "Phòng Xưa", validFrom = "2026-03-01", reason = "QĐ" })).ShouldBeRefusedAsync("NAME_NOT_LATEST");

        var shown = await admin.GetJsonAsync("/api/v1/offices/phong-thu");
        Assert.Equal(("Phòng Mới", "phuong-hong-gai"), (shown.Text("name"), shown.Text("parentId")));
        Assert.Equal(["Phòng Thử", "Phòng Mới"], shown.GetProperty("names").EnumerateArray().Select(name => name.Text("name")));
        Assert.Equal("Phòng Thử", (await admin.GetJsonAsync("/api/v1/offices/phong-thu?on=2026-05-31")).Text("name"));
        Assert.Equal("Phòng Mới", (await admin.GetJsonAsync("/api/v1/offices/phong-thu?on=2026-06-01")).Text("name"));
        Assert.Contains((await admin.GetJsonAsync("/api/v1/offices?search=phong%20thu")).GetProperty("items").EnumerateArray(), one => one.Text("id") == "phong-thu");

        await (await admin.PostAsJsonAsync("/api/v1/offices/quang-ninh/endings", new { lastDay = "2026-11-30" })).ShouldBeRefusedAsync("OFFICE_HAS_UNITS");
        await (await admin.PostAsJsonAsync("/api/v1/offices/phong-thu/endings", new { lastDay = "2026-11-19" })).JsonAsync();
        Assert.Equal("OFFICE_NOT_IN_FORCE", Assert.Throws<RefusedException>(() => Directory().Find("phong-thu", new(2026, 11, 20))).Code);
    }

    private OfficeDirectory Directory() => host.Services.GetRequiredService<OfficeDirectory>();
}
