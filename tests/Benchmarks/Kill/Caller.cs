using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Activities.Intake;
using PublicService.Benchmarks.Setup;

namespace PublicService.Benchmarks.Kill;

/// <summary>
/// One client: starts a dossier and completes its tasks, again and again. It keeps what was acknowledged, and the one request whose
/// answer never came, which it repeats under the same key until it is answered.
/// </summary>
public sealed class Caller(int number)
{
    private readonly List<Acknowledged> acknowledged = [];
    private Request? pending;
    private Request? next;
    private int started;

    public IReadOnlyList<Acknowledged> Acknowledged => acknowledged;

    /// <summary>How often a request whose answer had been lost turned out to have been stored.</summary>
    public int Replayed { get; private set; }

    /// <summary>Clicks until the engine dies.</summary>
    public async Task ClickAsync(HttpClient http, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await SendAsync(http, next ?? NewStart()))
        {
            // The next one.
        }
    }

    /// <summary>Repeats the request whose answer never came.</summary>
    public async Task RepeatAsync(HttpClient http)
    {
        if (pending is { } lost && !await SendAsync(http, lost))
        {
            throw new InvalidOperationException($"{lost} is not answered although the engine is up.");
        }
    }

    /// <summary>Repeats an acknowledged request: the first answer must come again, byte by byte.</summary>
    public async Task RepeatAcknowledgedAsync(HttpClient http, Random random)
    {
        if (acknowledged.Count == 0)
        {
            return;
        }

        var known = acknowledged[random.Next(acknowledged.Count)];
        using var reply = await http.SendAsync(Message(known.Request));
        if (await reply.Content.ReadAsStringAsync() != known.Answer || !reply.Headers.Contains("Idempotency-Replayed"))
        {
            throw new InvalidOperationException($"{known.Request} was answered differently the second time.");
        }
    }

    private async Task<bool> SendAsync(HttpClient http, Request request)
    {
        pending = request;
        string answer;
        try
        {
            using var reply = await http.SendAsync(Message(request));
            answer = await reply.Content.ReadAsStringAsync();
            if (!reply.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{request}: {(int)reply.StatusCode} {answer}");
            }

            Replayed += reply.Headers.Contains("Idempotency-Replayed") ? 1 : 0;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }

        pending = null;
        Note(request, answer);
        return true;
    }

    private void Note(Request request, string answer)
    {
        acknowledged.Add(new Acknowledged(request, answer));
        var task = JsonNode.Parse(answer)!["tasks"]!.AsArray() is [var first, ..] ? first!["id"]!.GetValue<string>() : null;
        next = task is null ? null : new Request(
            $"{number}-{acknowledged.Count}-{Guid.NewGuid():n}",
            $"/tasks/{task}/completion",
            task,
            JsonSerializer.Serialize(new CompleteBody(request.TaskId is null ? Intake.Accepted : BenchWork.Outcome), JsonSerializerOptions.Web));
    }

    private Request NewStart() => new(
        $"{number}-{acknowledged.Count}-{Guid.NewGuid():n}",
        "/dossiers",
        null,
        JsonSerializer.Serialize(new StartBody(BenchWork.Kill, number + (7 * started++)), JsonSerializerOptions.Web));

    private static HttpRequestMessage Message(Request request) => new(HttpMethod.Post, request.Path)
    {
        Headers = { { "Idempotency-Key", request.Key } },
        Content = new StringContent(request.Body, System.Text.Encoding.UTF8, "application/json"),
    };
}

/// <summary>A request as it is sent, and sent again.</summary>
/// <param name="TaskId">The task it completes; null when it starts a dossier.</param>
public sealed record Request(string Key, string Path, string? TaskId, string Body);

/// <summary>A request with the answer the client has seen.</summary>
public sealed record Acknowledged(Request Request, string Answer);
