using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace PublicService.Engine.Observability;

/// <summary>
/// Listens to the engine's meters and writes them as Prometheus text (version 0.0.4). Names: dots become underscores,
/// counters end in <c>_total</c>, seconds in <c>_seconds</c>.
/// </summary>
public sealed class PrometheusText : IDisposable
{
    private const int MostSeriesPerInstrument = 500;
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> instruments = new();
    private readonly MeterListener listener = new();

    public PrometheusText()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name.StartsWith("PublicService", StringComparison.Ordinal)
                || instrument.Meter.Name is "Microsoft.AspNetCore.Hosting" or "Microsoft.AspNetCore.Server.Kestrel" or "System.Runtime")
            {
                instruments[instrument] = new();
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<byte>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<short>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<float>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<decimal>((instrument, value, tags, _) => Add(instrument, (double)value, tags));
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in instruments.GroupBy(pair => Name(pair.Key)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = group.First().Key;
            text.Append("# HELP ").Append(group.Key).Append(' ').Append((first.Description ?? first.Name).ReplaceLineEndings(" ")).Append('\n');
            text.Append("# TYPE ").Append(group.Key).Append(' ').Append(Kind(first)).Append('\n');
            foreach (var (labels, series) in group.SelectMany(pair => pair.Value).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                series.Write(text, group.Key, labels);
            }
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!instruments.TryGetValue(instrument, out var series))
        {
            return;
        }

        var labels = Labels(tags);
        if (!series.TryGetValue(labels, out var one))
        {
            // A label with ever new values would eat the memory; what is over the limit is summed up in one series.
            one = series.GetOrAdd(series.Count < MostSeriesPerInstrument ? labels : "overflow=\"true\"", _ => new Series(Kind(instrument)));
        }

        one.Add(value, isTotal: instrument.IsObservable || Kind(instrument) == "gauge" && !IsUpDown(instrument));
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var shown = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(text.Length == 0 ? "" : ",").Append(Safe(name)).Append("=\"")
                .Append(shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n"))
                .Append('"');
        }

        return text.ToString();
    }

    private static string Name(Instrument instrument)
    {
        var name = Safe(instrument.Name) + (instrument.Unit == "s" ? "_seconds" : instrument.Unit == "By" ? "_bytes" : "");
        return Kind(instrument) == "counter" ? name + "_total" : name;
    }

    private static string Safe(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static bool IsUpDown(Instrument instrument) => Generic(instrument).StartsWith("UpDownCounter", StringComparison.Ordinal);

    private static string Generic(Instrument instrument) => instrument.GetType().Name;

    private static string Kind(Instrument instrument) => Generic(instrument) switch
    {
        var type when type.StartsWith("Histogram", StringComparison.Ordinal) => "histogram",
        var type when type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) => "counter",
        _ => "gauge",
    };

    private sealed class Series(string kind)
    {
        private readonly Lock guard = new();
        private readonly long[] buckets = kind == "histogram" ? new long[Bounds.Length + 1] : [];
        private double sum;
        private long count;

        public void Add(double value, bool isTotal)
        {
            lock (guard)
            {
                sum = isTotal && kind != "histogram" ? value : sum + value;
                count++;
                if (buckets.Length > 0)
                {
                    var at = Array.FindIndex(Bounds, bound => value <= bound);
                    buckets[at < 0 ? Bounds.Length : at]++;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (guard)
            {
                if (buckets.Length == 0)
                {
                    Line(text, name, labels, sum);
                    return;
                }

                long upTo = 0;
                for (var i = 0; i < Bounds.Length; i++)
                {
                    Line(text, name + "_bucket", With(labels, Bounds[i].ToString(CultureInfo.InvariantCulture)), upTo += buckets[i]);
                }

                Line(text, name + "_bucket", With(labels, "+Inf"), count);
                Line(text, name + "_sum", labels, sum);
                Line(text, name + "_count", labels, count);
            }
        }

        private static string With(string labels, string bound) => labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"";

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0)
            {
                text.Append('{').Append(labels).Append('}');
            }

            text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
    }
}
