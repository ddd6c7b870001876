using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace PublicService.Tests.NationalPortal;

/// <summary>How the portal misbehaves on one call.</summary>
public enum Trouble
{
    None,

    /// <summary>A page of HTML with status 200.</summary>
    Html,

    /// <summary>Half an answer.</summary>
    Truncated,

    /// <summary>A right answer called text/plain.</summary>
    WrongContentType,
    ServerError,

    /// <summary>The connection breaks before anything was done.</summary>
    Reset,

    /// <summary>It was done, but the answer never arrives.</summary>
    LostAnswer,

    /// <summary>It was done, but long after the caller's patience.</summary>
    Slow,

    /// <summary>A new dossier is stored and the answer says it exists already.</summary>
    Doubled,

    /// <summary>The session is over.</summary>
    Expired,

    /// <summary>An error_code of an outage.</summary>
    Busy,
}

/// <summary>
/// A national portal on a real socket, written from the description of the wire format alone: it accepts, checks every field and the order
/// of statuses strictly, and misbehaves on demand.
/// </summary>
public sealed class PortalSimulator : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PortalEntry> entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> sessions = new(StringComparer.Ordinal);
    private readonly Lock guard = new();
    private readonly WebApplication app;

    private PortalSimulator(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First() + "/adapter/");

    /// <summary>Asked once for each call.</summary>
    public Func<Trouble> Behave { get; set; } = () => Trouble.None;

    /// <summary>A business refusal on demand: an error message for a dossier, or null.</summary>
    public Func<JsonObject, string?> Refuse { get; set; } = _ => null;

    public IReadOnlyDictionary<string, PortalEntry> Entries => entries;

    /// <summary>Why messages were refused; a truthful client gives no reason but those a test asks for.</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    public static async Task<PortalSimulator> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var simulator = new PortalSimulator(app);
        app.MapPost("/adapter/login", simulator.LoginAsync);
        app.MapPost("/adapter/integration", context => simulator.AnswerAsync(context, simulator.Integrate));
        app.MapPost("/adapter/share", context => simulator.AnswerAsync(context, simulator.Share));
        await app.StartAsync();
        return simulator;
    }

    /// <summary>Throws a dossier away, as if the portal had lost it.</summary>
    public void Lose(string code) => entries.TryRemove(code, out _);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task LoginAsync(HttpContext context)
    {
        var trouble = Behave();
        if (trouble is Trouble.ServerError or Trouble.Reset)
        {
            context.Response.StatusCode = 503;
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.Body);
        if (body?["username"]?.ToString() != "quangninh" || body["password"]?.ToString() != "secret")
        {
            await context.Response.WriteAsJsonAsync(new { error_code = "2", message = "Sai tài khoản" });
            return;
        }

        var session = Guid.NewGuid().ToString("n");
        sessions[session] = true;
        await context.Response.WriteAsJsonAsync(new { error_code = "0", session });
    }

    private async Task AnswerAsync(HttpContext context, Func<JsonObject, Trouble, JsonObject> work)
    {
        var trouble = Behave();
        var body = await JsonNode.ParseAsync(context.Request.Body) as JsonObject ?? throw new JsonException("No object.");
        var session = body["session"]?.ToString() ?? string.Empty;
        if (trouble is Trouble.Expired)
        {
            sessions.TryRemove(session, out _);
        }

        switch (trouble)
        {
            case Trouble.Reset:
                context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
                return;
            case Trouble.ServerError:
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync("Internal error");
                return;
            case Trouble.Html:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>Hệ thống đang bảo trì</body></html>");
                return;
            case Trouble.Busy:
                await context.Response.WriteAsJsonAsync(new { error_code = "-1", message = "Hệ thống bận" });
                return;
            default:
                break;
        }

        if (!sessions.ContainsKey(session))
        {
            context.Response.StatusCode = 401;
            return;
        }

        JsonObject answer;
        lock (guard)
        {
            answer = work(body, trouble);
        }

        switch (trouble)
        {
            case Trouble.LostAnswer:
                context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
                return;
            case Trouble.Slow:
                await Task.Delay(TimeSpan.FromSeconds(3));
                break;
            case Trouble.Truncated:
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(answer.ToJsonString()[..^3]);
                return;
            default:
                break;
        }

        context.Response.ContentType = trouble is Trouble.WrongContentType ? "text/plain" : "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonObject Integrate(JsonObject body, Trouble trouble)
    {
        var update = body["isUpdating"]?.ToString();
        if (body["madonvi"]?.ToString() != "H49" || update is not ("True" or "False") || body["data"] is not JsonArray { Count: > 0 } data)
        {
            return Refused("100", "Phong bì không hợp lệ");
        }

        return body["service"]?.ToString() switch
        {
            "DongBoHoSoMC" when data.Count == 1 => Store((JsonObject)data[0]!, update == "True", trouble),
            "CapNhatTienDoHoSoMC" => AddProgress(data),
            _ => Refused("101", "Dịch vụ không hợp lệ"),
        };
    }

    private JsonObject Store(JsonObject state, bool isUpdate, Trouble trouble)
    {
        var code = state["MaHoSo"]?.ToString() ?? string.Empty;
        var known = entries.GetValueOrDefault(code);
        if (known is not null && !isUpdate)
        {
            return Answer("3", $"Hồ sơ {code} đã tồn tại");
        }

        if (known is null && isUpdate)
        {
            return Answer("5", $"Hồ sơ {code} không tồn tại");
        }

        if ((PortalRules.ErrorOf(state, known?.Statuses.LastOrDefault()) ?? Refuse(state)) is { } error)
        {
            return Refused("10", $"{code}: {error}");
        }

        var entry = known ?? (entries[code] = new PortalEntry());
        entry.State = (JsonObject)state.DeepClone();
        var status = state["TrangThaiHoSo"]!.ToString();
        if (entry.Statuses.LastOrDefault() != status)
        {
            entry.Statuses.Add(status);
        }

        return trouble is Trouble.Doubled && !isUpdate ? Answer("-3", "Hồ sơ đã tồn tại") : Answer("0", "Thành công");
    }

    private JsonObject AddProgress(JsonArray data)
    {
        foreach (var one in data)
        {
            if (PortalRules.ProgressErrorOf((JsonObject)one!) is { } error)
            {
                return Refused("10", error);
            }

            if (!entries.ContainsKey(one!["MaHoSo"]!.ToString()))
            {
                return Refused("5", $"Hồ sơ {one["MaHoSo"]} không tồn tại");
            }
        }

        foreach (var one in data)
        {
            var entry = entries[one!["MaHoSo"]!.ToString()];
            var text = one.ToJsonString();
            if (!entry.Progress.Contains(text))
            {
                entry.Progress.Add(text);
            }
        }

        return Answer("00", "Thành công");
    }

    private JsonObject Share(JsonObject body, Trouble trouble)
    {
        var code = body["MaHoSo"]?.ToString() ?? string.Empty;
        if (body["service"]?.ToString() != "TraCuuHoSo")
        {
            return Refused("101", "Dịch vụ không hợp lệ");
        }

        var answer = entries.TryGetValue(code, out var entry) ? Answer("0", "Thành công") : Answer("5", "Hồ sơ không tồn tại");
        answer["result"] = entry is null ? new JsonArray() : new JsonArray(entry.State.DeepClone());
        return answer;
    }

    private JsonObject Refused(string code, string message)
    {
        Refusals.Enqueue(message);
        return Answer(code, message);
    }

    private static JsonObject Answer(string code, string message) => new() { ["error_code"] = code, ["message"] = message };
}

/// <summary>What the portal knows of a dossier.</summary>
public sealed class PortalEntry
{
    public JsonObject State { get; set; } = [];

    /// <summary>Every status it was told, without immediate repetitions.</summary>
    public List<string> Statuses { get; } = [];

    public List<string> Progress { get; } = [];
}
