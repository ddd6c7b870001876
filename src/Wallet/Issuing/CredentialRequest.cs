using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>A credential request whose proofs are right (OpenID4VCI 8.2). What is left: the nonces must be ours and unused.</summary>
/// <param name="Keys">One credential for each.</param>
/// <param name="Nonces">All different ones the proofs hold; usually one.</param>
public sealed record CredentialRequest(IReadOnlyList<PublicJwk> Keys, IReadOnlyList<string> Nonces)
{
    /// <summary>How a token's one credential is called when the wallet sent <c>authorization_details</c>.</summary>
    public static string IdentifierOf(string offerKey) => ServerSecrets.HashOf(offerKey)[..32];

    /// <exception cref="ProtocolException">invalid_credential_request, unknown_credential_configuration, unknown_credential_identifier, invalid_encryption_parameters, invalid_proof.</exception>
    public static CredentialRequest Read(ReadOnlySpan<byte> body, AccessGrant grant, IssuerProfile issuer, DateTimeOffset now)
    {
        JsonObject request;
        try
        {
            request = StrictJson.ReadObject(body);
        }
        catch (UnacceptableException why)
        {
            throw Invalid("the request is not JSON as it must be", why);
        }

        MustAskForWhatWasGranted(request, grant);
        if (request.ContainsKey("credential_response_encryption"))
        {
            throw new ProtocolException("invalid_encryption_parameters", "encrypted responses are not supported");
        }

        var proofs = Proofs(request);
        if (proofs.Count > issuer.BatchSize)
        {
            throw new ProtocolException("invalid_proof", "more proofs than the batch size");
        }

        var read = proofs.Select(proof => KeyProof.Read(proof, issuer.Identifier, now)).ToList();
        return read.Select(proof => proof.Key).Distinct().Count() == read.Count
            ? new([.. read.Select(proof => proof.Key)], [.. read.Select(proof => proof.Nonce).Distinct(StringComparer.Ordinal)])
            : throw new ProtocolException("invalid_proof", "a key is sent twice");
    }

    private static void MustAskForWhatWasGranted(JsonObject request, AccessGrant grant)
    {
        var (configuration, identifier) = (request.ContainsKey("credential_configuration_id"), request.ContainsKey("credential_identifier"));
        if (configuration == identifier)
        {
            throw Invalid("either credential_configuration_id or credential_identifier");
        }

        if (configuration && request.Text("credential_configuration_id") != grant.ConfigurationId)
        {
            throw new ProtocolException("unknown_credential_configuration", "the configuration is not known or was not offered");
        }

        if (identifier && request.Text("credential_identifier") != IdentifierOf(grant.OfferKey))
        {
            throw new ProtocolException("unknown_credential_identifier", "the identifier was not given");
        }
    }

    /// <summary>
    /// <c>proofs</c> as in 1.0, or the single <c>proof</c> of drafts up to 15, which wallets in use still send; never both.
    /// </summary>
    private static List<string> Proofs(JsonObject request)
    {
        if (request.ContainsKey("proof") && !request.ContainsKey("proofs"))
        {
            return request["proof"] is JsonObject old && old.Text("proof_type") == "jwt" && old.Text("jwt") is { } only ? [only] : throw NoProof();
        }

        return request["proofs"] is JsonObject { Count: 1 } proofs && !request.ContainsKey("proof") && proofs["jwt"] is JsonArray { Count: > 0 } list
            ? [.. list.Select(proof => proof is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw NoProof())]
            : throw NoProof();
    }

    private static ProtocolException NoProof() => new("invalid_proof", "the key proof is missing or wrong");

    private static ProtocolException Invalid(string description, Exception? why = null) => new("invalid_credential_request", description, inner: why);
}
