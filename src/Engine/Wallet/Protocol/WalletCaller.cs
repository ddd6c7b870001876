using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>A wallet at the door: what it sent, its token and its proof of key.</summary>
internal sealed class WalletCaller(EngineDb db, WalletIssuer issuer, TimeProvider time)
{
    private const string DpopHeader = "DPoP";

    /// <exception cref="ProtocolException">invalid_request: too large.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > StrictJson.MaxBytes)
            {
                throw new ProtocolException("invalid_request", "the body is too large", StatusCodes.Status413PayloadTooLarge);
            }
        }

        return body.ToArray();
    }

    /// <summary>Fields of a form, each as often as it was sent.</summary>
    /// <exception cref="ProtocolException">invalid_request: no form.</exception>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() != "application/x-www-form-urlencoded")
        {
            throw new ProtocolException("invalid_request", "a form is expected");
        }

        var fields = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(await ReadAsync(request, cancellationToken))))
        {
            fields.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return fields;
    }

    /// <summary>The proof of key a request comes with; null without one.</summary>
    /// <exception cref="ProtocolException">invalid_dpop_proof.</exception>
    public DpopProof? Proof(HttpRequest request, string? token)
    {
        var headers = request.Headers[DpopHeader];
        return headers.Count switch
        {
            0 => null,
            1 => DpopProof.Read(headers[0]!, request.Method, issuer.Profile.Identifier + request.Path, token, time.GetUtcNow()),
            _ => throw DpopProof.Invalid(token is not null),
        };
    }

    /// <summary>The grant of the token; its proof of key counts as used in what is stored.</summary>
    /// <exception cref="ProtocolException">401 invalid_token, invalid_dpop_proof.</exception>
    public async Task<(WalletGrantRow Row, AccessGrant Grant)> OpenAsync(HttpRequest request, Changes changes, CancellationToken cancellationToken)
    {
        var token = AccessToken.Read(request.Headers.Authorization);
        var proof = token.IsBound ? Proof(request, token.Value) : null;
        var row = await db.Set<WalletGrantRow>().AsNoTracking().FirstOrDefaultAsync(one => one.Hash == token.Hash, cancellationToken);
        var grant = token.MustOpen(row?.ToGrant(), proof?.KeyThumbprint, time.GetUtcNow());
        Use(changes, proof);
        return (row!, grant);
    }

    public void Use(Changes changes, DpopProof? proof)
    {
        if (proof is not null)
        {
            changes.Insert(new WalletUsedRow { Hash = ServerSecrets.HashOf($"jti\n{proof.KeyThumbprint}\n{proof.Id}"), Until = time.GetUtcNow() + DpopProof.RememberFor });
        }
    }
}
