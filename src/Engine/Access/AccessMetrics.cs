using System.Diagnostics.Metrics;

namespace PublicService.Engine.Access;

/// <summary>Names are a contract with whoever watches the engine.</summary>
internal static class AccessMetrics
{
    private static readonly Meter Meter = new("PublicService.Access");
    private static readonly Counter<long> SignIns = Meter.CreateCounter<long>("publicservice.sign_in", description: "Attempts to sign in, by result.");

    /// <param name="result"><c>ok</c>, <c>wrong_password</c>, or <c>refused</c>: unknown, switched off or locked.</param>
    public static void SignIn(string result) => SignIns.Add(1, new KeyValuePair<string, object?>("result", result));
}
