namespace PublicService.Benchmarks.Setup;

/// <summary>A folder that goes when it is not needed any more.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("publicservice-bench-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed may still hold a file for a moment; the system's own cleaning takes what is left.
        }
    }
}
