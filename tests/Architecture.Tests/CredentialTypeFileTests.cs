using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;

namespace PublicService.Architecture.Tests;

/// <summary>Every credential type is sound, and a definition delivers to a wallet only what is a result of its procedure.</summary>
public sealed class CredentialTypeFileTests
{
    internal const string Folder = "workflows/credential-types/";

    private static IEnumerable<HouseFile> Types => House.Files.Where(file => file.Path.StartsWith(Folder, StringComparison.Ordinal) && file.Extension == ".json");

    private static IEnumerable<string> TypeViolations(IEnumerable<HouseFile> files)
    {
        foreach (var file in files)
        {
            string? problem = null;
            try
            {
                var id = CredentialTypeReader.Read(file.Text).Id;
                problem = file.Name == $"{id}.json" ? null : $"the file of {id} is called otherwise.";
            }
            catch (UnacceptableException wrong)
            {
                problem = wrong.Message;
            }

            if (problem is not null)
            {
                yield return $"{file.Path}: {problem}";
            }
        }
    }

    private static IEnumerable<string> DeliveryViolations(IEnumerable<HouseFile> definitions, IReadOnlyList<CredentialType> types) =>
        from file in definitions
        let source = JsonNode.Parse(file.Text)!
        let procedure = source["customProperties"]?["procedureCode"]?.ToString()
        from named in Deliveries(source)
        where !types.Any(type => type.Id == named && type.Procedures.Contains(procedure!))
        select $"{file.Path} delivers {named}, which is no credential type of procedure {procedure}.";

    private static IEnumerable<string> Deliveries(JsonNode? node) => node switch
    {
        JsonObject step => (step["type"]?.ToString() == "PublicService.DeliverToWallet" ? [step["credentialType"]?["expression"]?["value"]?.ToString() ?? ""] : Array.Empty<string>())
            .Concat(step.SelectMany(member => Deliveries(member.Value))),
        JsonArray list => list.SelectMany(Deliveries),
        _ => [],
    };

    private static IEnumerable<HouseFile> Definitions => House.Files.Where(file =>
        file.Path.StartsWith("workflows/", StringComparison.Ordinal) && file.Extension == ".json" && !file.Path.StartsWith(Folder, StringComparison.Ordinal));

    [Fact]
    public void Every_credential_type_is_sound() => House.IsEmpty(TypeViolations(Types));

    [Fact]
    public void Every_delivery_names_a_type_of_its_procedure() => House.IsEmpty(DeliveryViolations(Definitions, [.. Types.Select(file => CredentialTypeReader.Read(file.Text))]));

    [Fact]
    public void Sees_a_wrong_type_and_a_wrong_name() => Assert.Equal(
        2, TypeViolations([new HouseFile($"{Folder}a.json", "{}"), new HouseFile($"{Folder}b.json", Types.First().Text)]).Count());

    [Fact]
    public void Sees_a_delivery_of_something_else() => Assert.Single(DeliveryViolations(
        [new HouseFile("workflows/a.json", """{"customProperties":{"procedureCode":"1.001193"},"root":{"type":"PublicService.DeliverToWallet","credentialType":{"expression":{"value":"construction-permit"}}}}""")],
        [.. Types.Select(file => CredentialTypeReader.Read(file.Text))]));
}
