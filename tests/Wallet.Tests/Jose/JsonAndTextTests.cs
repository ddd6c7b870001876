using System.Text;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Tests.Jose;

public sealed class JsonAndTextTests
{
    [Theory]
    [InlineData("AA==")]
    [InlineData("A A")]
    [InlineData("AB")]
    [InlineData("A")]
    [InlineData("A+/A")]
    [InlineData("AAA\n")]
    public void Base64url_has_one_spelling_only(string text) => Assert.Throws<UnacceptableException>(() => Base64Text.Decode(text));

    [Theory]
    [InlineData("AA")]
    [InlineData("AAAA=")]
    [InlineData("AB==")]
    [InlineData("A A=")]
    public void So_has_base64(string text) => Assert.Throws<UnacceptableException>(() => Base64Text.DecodeStandard(text));

    [Fact]
    public void Reads_what_it_writes()
    {
        var random = new Random(1);
        for (var length = 0; length < 100; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(bytes, Base64Text.Decode(Base64Text.Encode(bytes)));
        }
    }

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1} x""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":[{"b":"\udc00"}]}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("{/* note */}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public void Refuses_json_that_two_readers_would_read_differently(string json) =>
        Assert.Throws<UnacceptableException>(() => StrictJson.ReadObject(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Refuses_broken_text_deep_nesting_and_large_documents()
    {
        Assert.Throws<UnacceptableException>(() => StrictJson.ReadObject([(byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}']));
        Assert.Throws<UnacceptableException>(() => StrictJson.ReadObject(Encoding.UTF8.GetBytes($$"""{"a":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""")));
        Assert.Throws<UnacceptableException>(() => StrictJson.ReadObject(Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', StrictJson.MaxBytes)}}"}""")));
    }

    [Theory]
    [InlineData("1795219200", true)]
    [InlineData("1795219200.5", true)]
    [InlineData("\"1795219200\"", false)]
    [InlineData("-1", false)]
    [InlineData("1e300", false)]
    [InlineData("true", false)]
    public void An_instant_is_a_number_of_seconds(string value, bool isOne) =>
        Assert.Equal(isOne, StrictJson.ReadObject(Encoding.UTF8.GetBytes($$"""{"at":{{value}}}""")).Instant("at") is not null);

    [Fact]
    public void Writes_Vietnamese_as_it_is() => Assert.Equal("""{"name":"Nguyễn Thị Ánh"}""", StrictJson.Write(StrictJson.ReadObject("""{"name":"Nguyễn Thị Ánh"}"""u8)));
}
