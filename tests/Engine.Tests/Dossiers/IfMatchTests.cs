using System.Net;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Who has seen an older version changes nothing, also when both come at the same moment.</summary>
public abstract class IfMatchTests(OneStop engine)
{
    [Fact]
    public async Task Of_eight_who_saw_the_same_version_one_forwards_it()
    {
        var walk = await Walk.StartAsync(engine);
        var leader = await engine.OfficerAsync("lanh-dao");
        var seen = (await leader.GetAsync(new Uri($"/api/v1/dossiers/{walk.Id}", UriKind.Relative))).Headers.ETag!.Tag;
        string[] offices = [OneStop.OtherWard, "phuong-bai-chay", "phuong-cao-xanh", "phuong-ha-lam"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => leader.SendAsync(
            $"/dossiers/{walk.Id}/forwardings", new JsonObject { ["officeId"] = offices[n % 4], ["reason"] = "Đúng thẩm quyền" }, ("If-Match", seen))));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        var ledger = (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray();
        Assert.Single(ledger, line => line.Text("act") == "Forwarded");
    }

    [Fact]
    public async Task A_withdrawal_of_an_older_version_is_told_so()
    {
        var walk = await Walk.StartAsync(engine);
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var seen = (await receptionist.GetAsync(new Uri($"/api/v1/dossiers/{walk.Id}", UriKind.Relative))).Headers.ETag!.Tag;
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");

        var response = await receptionist.SendAsync($"/dossiers/{walk.Id}/withdrawals", new JsonObject { ["reason"] = "Đổi ý" }, ("If-Match", seen));

        await response.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        Assert.Equal("InProgress", (await receptionist.ReadAsync($"/dossiers/{walk.Id}")).Text("status"));
    }
}

public sealed class IfMatchSqliteTests(OneStop engine) : IfMatchTests(engine), IClassFixture<OneStop>;

public sealed class IfMatchPostgresTests(PostgresOneStop engine) : IfMatchTests(engine), IClassFixture<PostgresOneStop>;
