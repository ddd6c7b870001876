using System.Globalization;

namespace PublicService.Benchmarks.Setup;

/// <summary>What the command line asks for besides the mode.</summary>
internal sealed record Options
{
    public int Callers { get; init; } = 16;

    /// <summary>A connection string, empty for a temporary server, null for SQLite.</summary>
    public string? Postgres { get; init; }

    /// <summary>Each commune gives its tasks to the least loaded of three officers.</summary>
    public bool Assign { get; init; }

    /// <summary>Timers of the far future.</summary>
    public int Pending { get; init; }

    /// <summary>The number behind the mode.</summary>
    public int Number { get; init; }

    public static Options Read(string[] args, int number = 0)
    {
        var options = new Options { Number = number };
        for (var i = 1; i < args.Length; i++)
        {
            var value = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : null;
            options = args[i] switch
            {
                "--callers" => options with { Callers = int.Parse(value!, CultureInfo.InvariantCulture) },
                "--assign" => options with { Assign = true },
                "--pending" => options with { Pending = int.Parse(value!, CultureInfo.InvariantCulture) },
                "--postgres" => options with { Postgres = value ?? "" },
                var text when i == 1 && int.TryParse(text, CultureInfo.InvariantCulture, out var given) => options with { Number = given },
                _ => options,
            };
        }

        return options;
    }
}
