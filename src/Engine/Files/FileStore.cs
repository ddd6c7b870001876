using System.Buffers;
using System.Security.Cryptography;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Files;

/// <summary>
/// Papers and results by the SHA-256 of their content, under <c>files/ab/cdef...</c> of the data folder. A file is complete and
/// flushed before its name appears. The same content is stored once. Nothing is ever deleted here: a click that is rolled back
/// leaves a file without a row, which does no harm.
/// </summary>
public sealed class FileStore
{
    private readonly string root;
    private readonly string incoming;
    private readonly FileStoreOptions options;

    public FileStore(StorageOptions storage, FileStoreOptions options)
    {
        root = Path.GetFullPath(Path.Combine(storage.DataFolder, "files"));
        incoming = Path.Combine(root, "incoming");
        this.options = options;
        Directory.CreateDirectory(incoming);
    }

    /// <summary>Takes a file. Reads at most the largest size allowed, whatever length the sender announced.</summary>
    /// <param name="claimedType">What the sender says it is; null or <c>application/octet-stream</c> when it does not say.</param>
    /// <exception cref="FileRefusedException">Empty, too large, bad name, unknown type, or content that contradicts name or claimed type.</exception>
    public async Task<StoredFile> SaveAsync(
        Stream content, string fileName, string? claimedType, CancellationToken cancellationToken = default)
    {
        var name = FileNames.Check(fileName);
        var temporary = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            await using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
            var (size, hash) = await CopyAsync(content, file, cancellationToken);
            var type = MediaTypes.Detect(file);
            if (type is null || !options.Allowed.Contains(type) || !MediaTypes.Agree(type, claimedType, name))
            {
                throw new FileRefusedException(
                    FileRefusedException.TypeNotAllowed, "Loại tệp không được chấp nhận hoặc nội dung không khớp với tên tệp.");
            }

            file.Flush(flushToDisk: true);
            Keep(temporary, hash);
            return new StoredFile(name, type, size, hash);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public bool Exists(string sha256) => File.Exists(PathOf(sha256));

    /// <exception cref="FileNotFoundException">No such content.</exception>
    public Stream Open(string sha256) => new FileStream(
        PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private async Task<(long Size, string Hash)> CopyAsync(Stream from, FileStream to, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long size = 0;
            int read;
            while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
            {
                size += read;
                if (size > options.MaxBytes)
                {
                    throw new FileRefusedException(
                        FileRefusedException.TooLarge, $"Tệp lớn hơn mức cho phép ({options.MaxBytes / (1024 * 1024)} MB).");
                }

                sha.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return size == 0
                ? throw new FileRefusedException(FileRefusedException.Empty, "Tệp rỗng.")
                : (size, Convert.ToHexStringLower(sha.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private void Keep(string temporary, string hash)
    {
        var path = PathOf(hash);
        if (File.Exists(path))
        {
            return;
        }

        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            Durable.FlushFolder(root);
        }

        // Two uploads of the same content may meet here; either of them is right.
        File.Move(temporary, path, overwrite: true);
        Durable.FlushFolder(folder);
    }

    private string PathOf(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal.", nameof(sha256));
        }

        return Path.Combine(root, sha256[..2], sha256[2..]);
    }
}
