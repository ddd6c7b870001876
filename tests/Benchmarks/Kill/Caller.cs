using PublicService.Activities.Intake;
using PublicService.Benchmarks.Setup;

namespace PublicService.Benchmarks.Kill;

/// <summary>
/// One client: starts a dossier and completes its tasks, again and again. It keeps what was acknowledged, and the one request whose
/// answer never came, which it repeats under the same key until it is answered.
/// </summary>
public sealed class Caller(HttpDoor door, int number)
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
        while (!stop.IsCancellationRequested && await SendAsync(http, next ?? door.Start(BenchWork.Kill, number + (7 * started++))))
        {
            // The next one.
        }
    }

    /// <summary>Repeats the request whose answer never came.</summary>
    public async Task RepeatAsync(HttpClient http)
    {
        if (pending is { } lost && !await SendAsync(http, lost))
        {
            throw new ProofFailedException($"{lost} is not answered although the engine is up.");
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
        if (await known.Request.SendAsync(http) != (known.Answer, true))
        {
            throw new ProofFailedException($"{known.Request} was answered differently the second time.");
        }
    }

    private async Task<bool> SendAsync(HttpClient http, Request request)
    {
        pending = request;
        string answer;
        try
        {
            (answer, var replayed) = await request.SendAsync(http);
            Replayed += replayed ? 1 : 0;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }

        pending = null;
        acknowledged.Add(new Acknowledged(request, answer));
        next = HttpDoor.TaskOf(answer) is { } task
            ? HttpDoor.Complete(task, request.TaskId is null ? Intake.Accepted : BenchWork.Outcome)
            : null;
        return true;
    }
}

/// <summary>A request with the answer the client has seen.</summary>
public sealed record Acknowledged(Request Request, string Answer);
