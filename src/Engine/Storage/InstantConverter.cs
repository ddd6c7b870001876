using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PublicService.Engine.Storage;

/// <summary>
/// Stores an instant as UTC milliseconds since 1970: both databases order, compare and index it alike.
/// What is read back has offset zero; anything finer than a millisecond is cut off.
/// </summary>
public sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
