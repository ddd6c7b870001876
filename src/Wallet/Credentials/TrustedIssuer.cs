using System.Security.Cryptography.X509Certificates;

namespace PublicService.Wallet.Credentials;

/// <summary>Who may issue a type of credential: being trusted for one type says nothing about another.</summary>
/// <param name="Type">Value of <c>vct</c>.</param>
/// <param name="Issuer">Value of <c>iss</c>; the signing certificate must name it.</param>
public sealed record TrustedIssuer(string Type, string Issuer, X509Certificate2Collection Anchors);
