using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PublicService.Wallet.Keys;

namespace PublicService.Engine.Wallet;

/// <summary>
/// Keys and certificates in a folder: <c>anchors.pem</c>, <c>credential*.pem</c>, <c>status-list*.pem</c>, <c>verifier*.pem</c> (leaf, chain, private key)
/// and <c>server.key</c>. A newer file beside an older one is a rotation. On a demonstration the missing ones are made.
/// </summary>
internal static class WalletKeyFiles
{
    private static readonly (KeyPurpose Purpose, string Name)[] Names =
        [(KeyPurpose.Credential, "credential"), (KeyPurpose.StatusList, "status-list"), (KeyPurpose.Verifier, "verifier")];

    /// <exception cref="InvalidOperationException">Keys are missing and may not be made.</exception>
    public static KeyRing Read(string folder, string issuer, bool mayMake, TimeSpan longestCredential, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        if (Directory.GetFiles(folder, "*.pem").Length == 0)
        {
            if (!mayMake)
            {
                throw new InvalidOperationException($"{folder} has no keys for wallets. Put anchors.pem, credential.pem, status-list.pem and verifier.pem there.");
            }

            Make(folder, issuer, now);
        }

        var anchors = new X509Certificate2Collection();
        anchors.ImportFromPemFile(Path.Combine(folder, "anchors.pem"));
        return new KeyRing(
            [.. Names.SelectMany(one => Directory.GetFiles(folder, $"{one.Name}*.pem").Order(StringComparer.Ordinal).Select(file => SigningKey.FromPem(one.Purpose, File.ReadAllText(file))))],
            anchors,
            longestCredential);
    }

    /// <summary>The key behind codes and nonces; made at the first start.</summary>
    public static byte[] ServerKey(string folder)
    {
        var file = Path.Combine(folder, "server.key");
        if (!File.Exists(file))
        {
            Write(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        return Convert.FromBase64String(File.ReadAllText(file));
    }

    private static void Make(string folder, string issuer, DateTimeOffset now)
    {
        var pki = DevelopmentPki.Create("PublicService development", now);
        foreach (var (purpose, name) in Names)
        {
            Write(Path.Combine(folder, $"{name}.pem"), pki.Issue(purpose, issuer, now).ToPem());
        }

        Write(Path.Combine(folder, "anchors.pem"), pki.RootPem);
    }

    /// <summary>Readable by the engine alone; complete or not there at all.</summary>
    private static void Write(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter($"{file}.tmp", options))
        {
            writer.Write(text);
        }

        File.Move($"{file}.tmp", file, overwrite: true);
    }
}
