using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Directories;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Calendars;

public sealed class CalendarTests(EngineHost host) : IClassFixture<EngineHost>
{
    private static readonly string[] Morning = ["07:30-11:30"];

    [Fact]
    public async Task An_office_without_a_calendar_keeps_the_provinces()
    {
        var calendar = await host.CreateClient().GetJsonAsync("/api/v1/calendars/phuong-cam-pha");

        Assert.Equal("quang-ninh", calendar.Text("calendarId"));
        Assert.Equal("07:00-11:30", calendar.GetProperty("week").GetProperty("Monday")[0].GetString());
        Assert.Contains(calendar.GetProperty("specialDays").EnumerateArray(), day => day.Text("date") == "2026-11-24" && !day.GetProperty("inForce").GetBoolean());
    }

    [Theory]
    [InlineData("2026-11-20T14:59:00+07:00", "2026-11-20T10:00:00+00:00")]
    [InlineData("2026-11-20T15:30:00+07:00", "2026-11-23T10:00:00+00:00")]
    [InlineData("2026-02-13T15:30:00+07:00", "2026-02-23T10:00:00+00:00")]
    public async Task The_promise_of_a_birth_registration_follows_cut_off_weekend_and_holidays(string received, string due)
    {
        var promise = await host.CreateClient().GetJsonAsync(
            $"/api/v1/calendars/phuong-hong-gai/promise?procedure=1.001193&received={Uri.EscapeDataString(received)}");

        Assert.Equal(DateTimeOffset.Parse(due, null), promise.GetProperty("due").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_new_version_counts_from_its_date_for_its_office_only()
    {
        using var admin = await host.AsAsync("quantri");
        var calendars = host.Services.GetRequiredService<CalendarDirectory>();

        var written = await (await PutAsync(admin, "phuong-ha-long", "2026-12-01", Morning)).JsonAsync();

        Assert.Equal(1, written.GetProperty("version").GetInt32());
        Assert.Equal("phuong-ha-long", calendars.For("phuong-ha-long", new(2026, 12, 1)).Id);
        Assert.Equal("quang-ninh", calendars.For("phuong-ha-long", new(2026, 11, 30)).Id);
        Assert.Equal("quang-ninh", calendars.For("phuong-hong-gai", new(2026, 12, 1)).Id);
        Assert.Equal(2, (await (await PutAsync(admin, "phuong-ha-long", "2026-12-05", Morning)).JsonAsync()).GetProperty("version").GetInt32());
        var log = (await admin.GetJsonAsync("/api/v1/calendars")).EnumerateArray().Last(row => row.Text("calendarId") == "phuong-ha-long");
        Assert.Equal("Giờ mùa đông", log.Text("note"));
        Assert.Equal(await host.PersonIdAsync("quantri"), log.Text("createdBy"));
    }

    [Fact]
    public async Task Overlapping_hours_and_a_missing_reason_are_refused()
    {
        using var admin = await host.AsAsync("quantri");

        var problem = await (await PutAsync(admin, "phuong-ha-long", "2026-12-01", ["07:00-11:30", "11:00-12:00"]))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        Assert.True(problem.GetProperty("errors").TryGetProperty("week", out _));
        await (await PutAsync(admin, "phuong-ha-long", "2026-12-01", Morning, "")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await PutAsync(admin, "nowhere", "2026-12-01", Morning)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await PutAsync(admin, "phuong-ha-long", "2026-12-01", ["7h-11h"])).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    [Fact]
    public async Task An_officer_may_not_change_a_calendar()
    {
        using var officer = await host.AsAsync("tiepnhan");

        await (await PutAsync(officer, "phuong-hong-gai", "2026-12-01", Morning)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string officeId, string validFrom, string[] monday, string note = "Giờ mùa đông") =>
        client.PutAsJsonAsync($"/api/v1/calendars/{officeId}", new
        {
            validFrom,
            week = new Dictionary<string, string[]> { ["Monday"] = monday },
            specialDays = Array.Empty<object>(),
            note,
        });
}
