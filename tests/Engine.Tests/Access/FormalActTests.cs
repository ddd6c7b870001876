using System.Net;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Access;

/// <summary>Approve, sign, number and release, hand over: four rights, each refused to whoever holds only the others.</summary>
public abstract class FormalActTests(OneStop engine)
{
    private const string Ward = OneStop.Ward;

    [Theory]
    [InlineData("Ký", Role.OfficeLeader, "Sign", "Approve", "Đã ký")]
    [InlineData("Đóng dấu", Role.Clerk, "NumberAndRelease", "HandOver", "Đã phát hành")]
    [InlineData("Trả", Role.ResultOfficer, "HandOver", "NumberAndRelease", "Đã trả")]
    public async Task A_right_for_another_act_of_the_same_role_is_not_enough(string title, string role, string right, string other, string outcome)
    {
        var walk = await AtAsync(title);
        var task = await walk.TaskAsync(title);
        var (without, _) = await PersonAsync(role, other);
        var (with, _) = await PersonAsync(role, right);

        Assert.Equal(right, (await with.ReadAsync($"/tasks/{task.Text("id")}")).Text("formalAct"));
        await (await without.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion(outcome, FormOf(title))))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        Assert.DoesNotContain((await without.ReadAsync($"/tasks?dossierId={walk.Id}")).List("items"), one => one.Text("id") == task.Text("id"));
        Assert.Contains((await with.ReadAsync($"/tasks?dossierId={walk.Id}")).List("items"), one => one.Text("id") == task.Text("id"));
        await with.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion(outcome, FormOf(title))).JsonAsync();
    }

    [Fact]
    public async Task Who_may_only_sign_does_not_approve()
    {
        const string code = "9.800001";
        await engine.PublishAsync(code, definition =>
        {
            // The examination becomes a leader's decision.
            var step = definition["root"]!["activities"]!.AsArray().First(one => one!["id"]!.ToString() == "ThamTra")!;
            step["role"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = Role.OfficeLeader } };
        });
        var walk = await Walk.StartAsync(engine, body => (body["procedureCode"], body["form"]) = (code, new JsonObject()));
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var task = await walk.TaskAsync("Thẩm tra");
        var (signer, _) = await PersonAsync(Role.OfficeLeader, "Sign");
        var (approver, _) = await PersonAsync(Role.OfficeLeader, "Approve");

        Assert.Equal("Approve", (await approver.ReadAsync($"/tasks/{task.Text("id")}")).Text("formalAct"));
        await (await signer.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đủ điều kiện"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await approver.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đủ điều kiện")).JsonAsync();
    }

    [Fact]
    public async Task A_substitute_for_the_signature_alone_signs_in_both_names_and_approves_nothing()
    {
        var walk = await AtAsync("Ký");
        var task = await walk.TaskAsync("Ký");
        var (leader, leaderId) = await PersonAsync(Role.OfficeLeader);
        var (substitute, substituteId) = await PersonAsync(Role.CaseOfficer, office: OneStop.OtherWard);
        await leader.SendAsync("/substitutions", Lend(leaderId, substituteId, "Approve")).JsonAsync();
        await (await substitute.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã ký"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");

        await leader.SendAsync("/substitutions", Lend(leaderId, substituteId, "Sign")).JsonAsync();
        await substitute.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã ký")).JsonAsync();

        var signed = (await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray().Single(line => line.Text("act") == "Signed");
        Assert.Equal(((await substitute.ReadAsync("/me")).Text("fullName"), (await leader.ReadAsync("/me")).Text("fullName")), (signed.Text("actorName"), signed.Text("onBehalfOf")));
    }

    [Fact]
    public async Task A_substitute_whose_time_is_over_is_told_so()
    {
        var walk = await AtAsync("Ký");
        var task = await walk.TaskAsync("Ký");
        var (leader, leaderId) = await PersonAsync(Role.OfficeLeader);
        var (substitute, substituteId) = await PersonAsync(Role.CaseOfficer, office: OneStop.OtherWard);
        var lent = await leader.SendAsync("/substitutions", Lend(leaderId, substituteId)).JsonAsync();
        await substitute.ReadAsync($"/tasks/{task.Text("id")}");
        await leader.DeleteAsync(new Uri($"/api/v1/substitutions/{lent.Text("id")}", UriKind.Relative));

        await (await substitute.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã ký"))).ShouldBeRefusedAsync("SUBSTITUTION_ENDED");
    }

    [Fact]
    public async Task Work_that_was_given_to_somebody_is_done_by_the_substitute_in_that_ones_name()
    {
        var walk = await AtAsync("Ký");
        var task = await walk.TaskAsync("Ký");
        var (leader, leaderId) = await PersonAsync(Role.OfficeLeader);
        var (colleague, colleagueId) = await PersonAsync(Role.OfficeLeader);
        await leader.SendAsync($"/tasks/{task.Text("id")}/claim").JsonAsync();
        await (await colleague.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã ký"))).ShouldBeRefusedAsync("TASK_ASSIGNED_TO_ANOTHER");

        await leader.SendAsync("/substitutions", Lend(leaderId, colleagueId)).JsonAsync();
        Assert.Contains((await colleague.ReadAsync("/tasks?scope=mine")).List("items"), one => one.Text("id") == task.Text("id"));
        await colleague.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã ký")).JsonAsync();

        var signed = (await (await engine.OfficerAsync("tiep-nhan")).ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray().Single(line => line.Text("act") == "Signed");
        Assert.Equal((await leader.ReadAsync("/me")).Text("fullName"), signed.Text("onBehalfOf"));
    }

    [Fact]
    public async Task Two_substitutes_for_the_same_right_and_substitutes_of_substitutes_are_refused()
    {
        var (leader, leaderId) = await PersonAsync(Role.OfficeLeader);
        var (first, firstId) = await PersonAsync(Role.CaseOfficer);
        var (_, secondId) = await PersonAsync(Role.CaseOfficer);
        await leader.SendAsync("/substitutions", Lend(leaderId, firstId, "Sign")).JsonAsync();

        await (await leader.SendAsync("/substitutions", Lend(leaderId, secondId, "Sign", "Approve"))).ShouldBeRefusedAsync("SUBSTITUTION_OVERLAPS");
        await (await leader.SendAsync("/substitutions", Lend(leaderId, secondId))).ShouldBeRefusedAsync("SUBSTITUTION_OVERLAPS");
        await (await first.SendAsync("/substitutions", Lend(firstId, secondId))).ShouldBeRefusedAsync("SUBSTITUTION_CHAIN");
        await leader.SendAsync("/substitutions", Lend(leaderId, secondId, "Approve")).JsonAsync();
        Assert.Equal([["Sign"], ["Approve"]], (await leader.ReadAsync("/substitutions")).EnumerateArray()
            .OrderByDescending(one => one.List("acts").First().GetString()).Select(one => one.List("acts").Select(act => act.GetString()!).ToArray()));
    }

    private async Task<Walk> AtAsync(string title)
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi sổ", "Đã ghi sổ");
        if (title != "Ký")
        {
            await walk.DoAsync("Ký", "Đã ký");
        }

        if (title == "Trả")
        {
            await walk.DoAsync("Đóng dấu", "Đã phát hành", FormOf("Đóng dấu"));
        }

        return walk;
    }

    private Task<(HttpClient Client, string Id)> PersonAsync(string role, string? act = null, string office = Ward) => engine.NewPersonAsync(role, office, act);

    private static JsonObject Lend(string from, string to, params string[] acts) => new()
    {
        ["fromPersonId"] = from,
        ["toPersonId"] = to,
        ["validFrom"] = "2026-11-20",
        ["validTo"] = "2026-11-25",
        ["acts"] = acts.Length == 0 ? null : new JsonArray([.. acts.Select(act => (JsonNode)act)]),
    };

    private static JsonObject? FormOf(string title) => title switch
    {
        "Đóng dấu" => new() { ["resultNumber"] = "12/2026" },
        "Trả" => new() { ["receiver"] = "Nguyễn Văn Mẫu", ["method"] = "Counter" },
        _ => null,
    };
}

public sealed class FormalActSqliteTests(OneStop engine) : FormalActTests(engine), IClassFixture<OneStop>;

public sealed class FormalActPostgresTests(PostgresOneStop engine) : FormalActTests(engine), IClassFixture<PostgresOneStop>;
