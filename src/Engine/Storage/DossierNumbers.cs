using System.Collections.Concurrent;
using System.Globalization;

namespace PublicService.Engine.Storage;

/// <summary>
/// Numbers of dossiers, per agency code and local date, from 1 without gaps: a number is held until its dossier is stored,
/// and given out again when it was not. Between several engines the unique index on the code decides: on
/// <see cref="DuplicateException"/> dispose the lease and take another one.
/// </summary>
/// <param name="lastNumber">Reads the largest number stored under a prefix such as <c>H49.23-261121-</c>; 0 when there is none.</param>
public sealed class DossierNumbers(Func<string, CancellationToken, Task<int>> lastNumber)
{
    /// <summary>Counters of days before the one asked for are of no use any more; a few stay for late commits.</summary>
    private const int DaysKept = 2;

    private readonly ConcurrentDictionary<(string Agency, DateOnly Date), Counter> counters = new();

    /// <summary>Waits until nobody else holds a number of this agency and date.</summary>
    public async Task<Lease> TakeAsync(string agency, DateOnly date, CancellationToken cancellationToken = default)
    {
        var counter = counters.GetOrAdd((agency, date), key =>
        {
            ForgetBefore(key.Date.AddDays(-DaysKept));
            return new Counter();
        });
        await counter.Turn.WaitAsync(cancellationToken);
        try
        {
            counter.Last ??= await lastNumber(
                string.Create(CultureInfo.InvariantCulture, $"{agency}-{date:yyMMdd}-"), cancellationToken);
            return new Lease(counter, counter.Last.Value + 1);
        }
        catch
        {
            counter.Turn.Release();
            throw;
        }
    }

    private void ForgetBefore(DateOnly date)
    {
        foreach (var key in counters.Keys.Where(key => key.Date < date))
        {
            counters.TryRemove(key, out _);
        }
    }

    internal sealed class Counter
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        /// <summary>The largest number known to be stored; null when the database has to be asked.</summary>
        public int? Last { get; set; }
    }

    /// <summary>One number, held by one caller. Disposing without <see cref="Commit"/> gives it back.</summary>
    public sealed class Lease : IDisposable
    {
        private Counter? counter;

        internal Lease(Counter counter, int number) => (this.counter, Number) = (counter, number);

        public int Number { get; }

        /// <summary>Says that the dossier is stored; call it right after the commit.</summary>
        public void Commit() => Leave(Number);

        /// <summary>After a failure nobody knows what is stored (another engine, a broken connection), so the next caller asks the database.</summary>
        public void Dispose() => Leave(null);

        private void Leave(int? last)
        {
            if (Interlocked.Exchange(ref counter, null) is { } held)
            {
                held.Last = last;
                held.Turn.Release();
            }
        }
    }
}
