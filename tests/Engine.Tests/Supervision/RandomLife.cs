using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Dossiers;

namespace PublicService.Engine.Tests.Supervision;

/// <summary>A few weeks at three wards over HTTP: dossiers come in, officers claim, complete, ask for papers, forward and give back, at random but the same for a seed.</summary>
internal sealed class RandomLife(OneStop engine, int seed)
{
    private static readonly string[] Wards = [OneStop.Ward, OneStop.OtherWard, "phuong-cao-xanh"];
    private static readonly string[] Procedures = ["1.001193", "1.004873", "2.000635", "1.013225", Watched.Procedure];

    private readonly Random random = new(seed);

    public int Refused { get; private set; }

    public int Clicks { get; private set; }

    public async Task LiveAsync(int dossiers)
    {
        for (var started = 0; started < dossiers;)
        {
            switch (random.Next(20))
            {
                case < 5:
                    await StartAsync();
                    started++;
                    break;
                case < 17:
                    await WorkAsync();
                    break;
                case 17:
                    await ChangeAsync();
                    break;
                default:
                    await TimeAsync();
                    break;
            }
        }

        for (var i = 0; i < dossiers; i++)
        {
            await WorkAsync();
        }

        await engine.SettleAsync();
    }

    private async Task StartAsync()
    {
        var (receiving, procedure) = (Pick(Wards), Pick(Procedures));
        var competent = random.Next(4) == 0 ? Pick(Wards) : receiving;
        var request = OneStop.BirthRegistration(one =>
        {
            (one["procedureCode"], one["receivingOfficeId"], one["competentOfficeId"]) = (procedure, receiving, competent);
            if (procedure != "1.001193")
            {
                one["form"] = TestForms.Of(one["procedureCode"]!.ToString());
            }
        });
        await ClickAsync(await engine.OfficerAsync("tiep-nhan", receiving), "/dossiers", request);
    }

    private async Task WorkAsync()
    {
        await using var db = engine.Open();
        var open = await db.Tasks.AsNoTracking().Open().Where(task => task.OfficeId != null && task.Role != "CONG_DAN").OrderBy(task => task.Id).ToListAsync();
        if (open.Count == 0)
        {
            return;
        }

        var task = Pick(open);
        var officer = await engine.HolderAsync(task.Role!, task.OfficeId!);
        if (random.Next(3) == 0 && task.AssigneeId is null)
        {
            await ClickAsync(officer, $"/tasks/{task.Id}/claim", null);
            return;
        }

        // The way forward most of the time, so that dossiers reach their end.
        var outcomes = JsonNode.Parse(task.Outcomes)!.AsArray().Select(one => one!.ToString()).ToList();
        var outcome = random.Next(5) < 4 ? outcomes[0] : Pick(outcomes);
        await ClickAsync(officer, $"/tasks/{task.Id}/completions", Walk.Completion(outcome, Form(task.Form, outcome)));
    }

    private async Task ChangeAsync()
    {
        await using var db = engine.Open();
        var all = await db.Dossiers.AsNoTracking().Open().OrderBy(dossier => dossier.Id).ToListAsync();
        if (all.Count == 0)
        {
            return;
        }

        var dossier = Pick(all);
        var receptionist = await engine.OfficerAsync("tiep-nhan", dossier.ReceivingOfficeId);
        switch (random.Next(4))
        {
            case 0:
                await ClickAsync(receptionist, $"/dossiers/{dossier.Id}/withdrawals", new JsonObject { ["reason"] = "Rút" });
                break;
            case 1:
                await ClickAsync(receptionist, $"/dossiers/{dossier.Id}/forwardings", new JsonObject { ["officeId"] = Pick(Wards), ["reason"] = "Chuyển" });
                break;
            default:
                await ClickAsync(receptionist, $"/dossiers/{dossier.Id}/supplements", new JsonObject { ["papers"] = new JsonArray("Giấy tờ") });
                break;
        }
    }

    private async Task TimeAsync()
    {
        engine.Clock.Jump(TimeSpan.FromMinutes(random.Next(1, 240)));
        await engine.SettleAsync();
    }

    private async Task ClickAsync(HttpClient client, string path, JsonNode? body)
    {
        using var response = await client.SendAsync(path, body);
        Clicks++;
        // Random clicks are often not allowed; what must not happen is a failure.
        Assert.True((int)response.StatusCode < 500, await response.Content.ReadAsStringAsync());
        Refused += response.IsSuccessStatusCode ? 0 : 1;
    }

    /// <summary>What the form of a step demands, and the papers where papers are asked for.</summary>
    private JsonObject Form(string? schema, string outcome)
    {
        var form = new JsonObject();
        var properties = schema is null ? null : JsonNode.Parse(schema)!["properties"] as JsonObject;
        foreach (var (name, property) in properties ?? [])
        {
            form[name] = property!["enum"] is JsonArray values ? values[0]!.DeepClone() : property["type"]?.ToString() switch
            {
                "integer" or "number" => 1000,
                "boolean" => true,
                "array" => new JsonArray("Giấy tờ"),
                _ when property["format"]?.ToString() == "date-time" => engine.Clock.GetUtcNow().AddDays(20).ToString("O"),
                _ => "Ghi",
            };
        }

        if (properties is null && outcome is "Yêu cầu bổ sung" or "Từ chối" or "Không đủ điều kiện")
        {
            (form["papers"], form["reason"]) = (new JsonArray("Giấy tờ"), "Thiếu");
        }

        return form;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
