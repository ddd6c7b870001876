namespace PublicService.Engine.Running;

/// <summary>
/// Lets clicks on the same dossier of this process come one after the other, so that they do not run in vain against each other.
/// The version columns decide; this only saves work. A fixed number of turns serves all dossiers.
/// </summary>
internal sealed class Turns
{
    private readonly SemaphoreSlim[] stripes = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var stripe = stripes[(uint)string.GetHashCode(key, StringComparison.Ordinal) % (uint)stripes.Length];
        await stripe.WaitAsync(cancellationToken);
        return new Turn(stripe);
    }

    private sealed class Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
