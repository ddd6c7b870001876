using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Offices;

public sealed class OfficeTests(EngineHost host) : IClassFixture<EngineHost>
{
    [Fact]
    public void The_province_its_departments_partners_and_54_communes_are_there()
    {
        var offices = Directory();

        Assert.Equal("quang-ninh", offices.Root.Id);
        Assert.Equal(54, offices.All.Count(office => office.Level == OfficeLevel.Commune));
        Assert.Equal(77, offices.All.Count);
        Assert.Equal(offices.All.Count, offices.All.Select(office => office.AgencyCode).Distinct().Count());
        Assert.Equal("H49.142", offices.AgencyCode("phuong-hong-gai"));
        Assert.Equal("quang-ninh", offices.Parent("phuong-hong-gai")?.Id);
        Assert.Equal("Trung tâm Phục vụ hành chính công phường Hồng Gai", offices.OneStop("phuong-hong-gai"));
    }

    [Fact]
    public void An_unknown_office_and_one_not_yet_in_force_are_refused()
    {
        Assert.Equal("OFFICE_NOT_FOUND", Assert.Throws<RefusedException>(() => Directory().Find("nowhere")).Code);
        Assert.Equal("OFFICE_NOT_IN_FORCE", Assert.Throws<RefusedException>(() => Directory().Find("phuong-hong-gai", new(2025, 6, 30))).Code);
        Assert.Empty(Directory().ValidOn(new(2025, 6, 30)));
    }

    [Theory]
    [InlineData("hồng gai")]
    [InlineData("Hong Gai")]
    [InlineData("honggai")]
    [InlineData("H49.142")]
    [InlineData("06685")]
    public async Task An_office_is_found_with_and_without_marks_and_by_code(string search)
    {
        var page = await host.CreateClient().GetJsonAsync($"/api/v1/offices?search={Uri.EscapeDataString(search)}");

        Assert.Equal("phuong-hong-gai", Assert.Single(page.GetProperty("items").EnumerateArray()).Text("id"));
    }

    [Fact]
    public async Task Filters_and_pages_fit_together()
    {
        var client = host.CreateClient();
        var first = await client.GetJsonAsync("/api/v1/offices?level=Commune&size=50");
        var second = await client.GetJsonAsync($"/api/v1/offices?level=Commune&size=50&cursor={first.Text("next")}");

        Assert.Equal(50, first.GetProperty("items").GetArrayLength());
        Assert.Equal(4, second.GetProperty("items").GetArrayLength());
        Assert.Null(second.GetProperty("next").GetString());
        Assert.Equal(0, (await client.GetJsonAsync("/api/v1/offices?on=2025-06-30")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task One_office_is_shown_and_a_missing_one_is_not_found()
    {
        var client = host.CreateClient();

        Assert.Equal("Ủy ban nhân dân tỉnh Quảng Ninh", (await client.GetJsonAsync("/api/v1/offices/phuong-hong-gai")).Text("parentName"));
        await (await client.GetAsync(new Uri("/api/v1/offices/nowhere", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private OfficeDirectory Directory() => host.Services.GetRequiredService<OfficeDirectory>();
}
