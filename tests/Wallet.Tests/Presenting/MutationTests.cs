using System.Diagnostics;
using System.Text.Json.Nodes;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Presenting;
using PublicService.Wallet.Tests.Fixtures;
using Xunit.Abstractions;

namespace PublicService.Wallet.Tests.Presenting;

/// <summary>Properties over many changed tokens: whatever is changed, nothing that was changed is accepted, and nothing fails in another way than by being refused.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Tokens = 100_000;
    private const int Seed = 20261122;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=+ {}\"[]\0é";

    [Fact]
    public void No_changed_presentation_is_accepted()
    {
        string[] asked = ["full_name", "personal_id"];
        var holder = new Holder();
        var request = House.The.Ask(asked);
        var query = request.Query.Credentials[0];
        var trusted = House.The.Trusted;
        var sound = holder.Present(House.The.IssueCard(holder), request, asked);
        VerifiedPresentation.Of(sound, query, request, trusted, House.Now);

        Count("presentations", sound, changed => VerifiedPresentation.Of(changed, query, request, trusted, House.Now));
    }

    [Fact]
    public void No_changed_proof_is_accepted()
    {
        var sound = new Holder().Proof(House.Secrets.NewNonce(House.Now));
        KeyProof.Read(sound, House.Origin, House.Now);

        Count("proofs", sound, changed => KeyProof.Read(changed, House.Origin, House.Now));
    }

    [Fact]
    public void No_changed_encrypted_answer_is_accepted()
    {
        var request = House.The.Ask("full_name");
        var sound = Encryption.For(request, new JsonObject { ["error"] = "access_denied", ["state"] = request.State });
        PresentationAnswer.Read([KeyValuePair.Create("response", sound)], request);

        Count("answers", sound, changed => PresentationAnswer.Read([KeyValuePair.Create("response", changed)], request), Tokens / 10);
    }

    [Fact]
    public void No_changed_nonce_is_accepted()
    {
        var sound = House.Secrets.NewNonce(House.Now);
        Count("nonces", sound, changed => House.Secrets.CheckNonce(changed, House.Now));
    }

    private void Count(string what, string sound, Func<string, object> accept, int count = Tokens)
    {
        var random = new Random(Seed);
        var watch = Stopwatch.StartNew();
        var accepted = 0;
        for (var i = 0; i < count; i++)
        {
            var changed = Mutate(sound, random);
            try
            {
                accept(changed);
                accepted++;
                output.WriteLine($"accepted: {changed}");
            }
            catch (Exception refusal) when (refusal is UnacceptableException or ProtocolException)
            {
                // Refused, as it must be.
            }
        }

        output.WriteLine($"{count} changed {what} (seed {Seed}): {accepted} accepted, {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(0, accepted);
    }

    /// <summary>One to three changes of one kind each: a letter, a bit, a cut, a copy, an exchange of parts.</summary>
    private static string Mutate(string sound, Random random)
    {
        for (; ; )
        {
            var text = sound;
            for (var changes = random.Next(1, 4); changes > 0 && text.Length > 2; changes--)
            {
                var at = random.Next(text.Length - 1);
                text = random.Next(7) switch
                {
                    0 => $"{text[..at]}{Alphabet[random.Next(Alphabet.Length)]}{text[(at + 1)..]}",
                    1 => $"{text[..at]}{(char)(text[at] ^ (1 << random.Next(7)))}{text[(at + 1)..]}",
                    2 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)),
                    3 => text.Insert(at, Alphabet[random.Next(Alphabet.Length)].ToString()),
                    4 => text.Insert(random.Next(text.Length), text.Substring(at, Math.Min(random.Next(1, 60), text.Length - at))),
                    5 => Swap(text, random.Next(2) == 0 ? '~' : '.', random),
                    _ => text[..^1] + Alphabet[random.Next(64)],
                };
            }

            if (text != sound)
            {
                return text;
            }
        }
    }

    private static string Swap(string text, char separator, Random random)
    {
        var parts = text.Split(separator);
        var (one, other) = (random.Next(parts.Length), random.Next(parts.Length));
        (parts[one], parts[other]) = (parts[other], parts[one]);
        return string.Join(separator, parts);
    }
}
