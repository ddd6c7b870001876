using System.IO.Compression;
using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Credentials;

public sealed class StatusListTests
{
    private static readonly JsonObject Vectors = Vector.Read("status-lists.json");
    private static readonly string Uri = House.Issuer.StatusList(1);

    private static SigningKey Key => House.The.Keys.Current(KeyPurpose.StatusList, House.Now);

    private static StatusList Read(string token, DateTimeOffset? at = null, string? uri = null) => StatusListToken.Read(token, uri ?? Uri, House.The.Pki.Anchors, at ?? House.Now);

    [Fact]
    public void Packs_the_small_examples_of_the_specification()
    {
        foreach (var vector in Vectors["small"]!.AsArray())
        {
            var statuses = vector!["statuses"]!.AsArray().Select(status => status!.GetValue<int>()).ToList();
            var list = new StatusList(vector["bits"]!.GetValue<int>(), new byte[Convert.FromHexString(vector["bytes"]!.ToString()).Length]);
            for (var i = 0; i < statuses.Count; i++)
            {
                list[i] = statuses[i];
            }

            Assert.Equal(vector["bytes"]!.ToString(), Convert.ToHexStringLower(list.Bytes));
            Assert.Equal(vector["lst"]!.ToString(), list.Pack());
        }
    }

    [Fact]
    public void Unpacks_the_large_examples_of_the_specification()
    {
        foreach (var vector in Vectors["large"]!.AsArray())
        {
            var expected = vector!["statuses"]!.AsObject().ToDictionary(status => int.Parse(status.Key, null), status => status.Value!.GetValue<int>());
            var list = StatusList.Unpack(vector["bits"]!.GetValue<int>(), vector["lst"]!.ToString());

            Assert.Equal(vector["size"]!.GetValue<int>(), list.Size);
            for (var i = 0; i < list.Size; i++)
            {
                Assert.Equal(expected.GetValueOrDefault(i), list[i]);
            }

            Assert.Equal(list.Bytes, StatusList.Unpack(list.Bits, list.Pack()).Bytes);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Keeps_every_value_in_its_place(int bits)
    {
        var random = new Random(7);
        var list = new StatusList(bits, new byte[512]);
        var expected = new int[list.Size];
        for (var i = 0; i < 10_000; i++)
        {
            var (at, value) = (random.Next(list.Size), random.Next(1 << bits));
            list[at] = expected[at] = value;
        }

        var again = StatusList.Unpack(bits, list.Pack());
        Assert.All(Enumerable.Range(0, list.Size), i => Assert.Equal(expected[i], again[i]));
    }

    [Fact]
    public void A_new_list_is_large_and_says_valid_of_everybody()
    {
        var list = StatusList.New();
        Assert.Equal(131_072, list.Size);
        Assert.Equal((int)CredentialStatus.Valid, list[4711]);
        Assert.InRange(list.Pack().Length, 1, 100);
    }

    [Fact]
    public void Refuses_other_widths_places_outside_and_bombs()
    {
        Assert.Throws<UnacceptableException>(() => new StatusList(3, new byte[3]));
        Assert.Throws<UnacceptableException>(() => StatusList.New()[131_072]);
        Assert.Throws<UnacceptableException>(() => StatusList.New()[-1]);
        Assert.Throws<UnacceptableException>(() => StatusList.Unpack(2, "AAAA"));
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[StatusList.MaxBytes * 20]);
        }

        Assert.Throws<UnacceptableException>(() => StatusList.Unpack(2, Base64Text.Encode(target.ToArray())));
    }

    [Fact]
    public void A_signed_list_says_what_was_set()
    {
        var list = StatusList.New();
        list[4711] = (int)CredentialStatus.Suspended;

        var read = Read(StatusListToken.Sign(list, Uri, Key, House.Now));

        Assert.Equal((int)CredentialStatus.Suspended, read[4711]);
        Assert.Equal((int)CredentialStatus.Valid, read[4710]);
    }

    [Fact]
    public void A_list_of_another_place_time_or_signer_is_refused()
    {
        var token = StatusListToken.Sign(StatusList.New(), Uri, Key, House.Now);
        Assert.Throws<UnacceptableException>(() => Read(token, uri: House.Issuer.StatusList(2)));
        Assert.Throws<UnacceptableException>(() => Read(token, House.Now.AddHours(25)));
        Assert.Throws<UnacceptableException>(() => Read(token, House.Now.AddMinutes(-5)));
        var foreign = DevelopmentPki.Create("Gốc thử nghiệm", House.Now).Issue(KeyPurpose.StatusList, House.Origin, House.Now);
        Assert.Throws<UnacceptableException>(() => Read(StatusListToken.Sign(StatusList.New(), Uri, foreign, House.Now)));
        Assert.Throws<UnacceptableException>(() => Read(Holder.Forge(token, (header, _) => header["typ"] = "JWT")));
        Assert.Throws<UnacceptableException>(() => Read(Key.Sign(StatusListToken.TokenType, new JsonObject { ["sub"] = Uri, ["iat"] = House.Now.ToUnixTimeSeconds() })));
    }
}
