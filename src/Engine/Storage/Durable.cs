using System.Runtime.InteropServices;
using System.Text;

namespace PublicService.Engine.Storage;

/// <summary>A new name in a folder survives a power cut only after the folder itself was flushed.</summary>
internal static class Durable
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The folder could not be flushed.</exception>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(Encoding.UTF8.GetBytes(path + "\0"), ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"Cannot open folder {path}: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            if (Flush(handle) != 0)
            {
                throw new IOException($"Cannot flush folder {path}: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int handle);
}
