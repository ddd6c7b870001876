using System.Diagnostics;

namespace PublicService.Engine.Tests.Running;

/// <summary>A real file system of a few megabytes in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("publicservice-disk-").FullName;
        return Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) ? new SmallDisk(folder) : throw new InvalidOperationException("Cannot mount.");
    }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    internal static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test for those who may mount a file system; the lane's own test fills the disk by a setting and runs everywhere.</summary>
internal sealed class NeedsMountAttribute : FactAttribute
{
    private static readonly Lazy<bool> MayMount = new(() =>
    {
        try
        {
            SmallDisk.Mount(1).Dispose();
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public NeedsMountAttribute() => Skip = MayMount.Value ? null : "needs the right to mount a file system";
}
