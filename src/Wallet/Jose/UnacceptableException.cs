namespace PublicService.Wallet.Jose;

/// <summary>
/// Something read from outside is not what it must be. The message is for the log and in English; whoever answers a wallet turns it into a
/// <see cref="ProtocolException"/> with a fixed text, so that nothing from inside leaves the house.
/// </summary>
public sealed class UnacceptableException(string message, Exception? inner = null) : Exception(message, inner);
