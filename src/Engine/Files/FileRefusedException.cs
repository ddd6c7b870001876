namespace PublicService.Engine.Files;

/// <summary>A file that is not taken. The message is for the person who uploads it.</summary>
public sealed class FileRefusedException : Exception
{
    public const string TooLarge = "FILE_TOO_LARGE";
    public const string TypeNotAllowed = "FILE_TYPE_NOT_ALLOWED";
    public const string Empty = "FILE_EMPTY";
    public const string NameInvalid = "FILE_NAME_INVALID";

    public FileRefusedException()
        : this(TypeNotAllowed, "Tệp không được chấp nhận.")
    {
    }

    public FileRefusedException(string message)
        : this(TypeNotAllowed, message)
    {
    }

    public FileRefusedException(string message, Exception innerException)
        : base(message, innerException) =>
        Code = TypeNotAllowed;

    public FileRefusedException(string code, string message)
        : base(message) =>
        Code = code;

    /// <summary>Stable: FILE_TOO_LARGE, FILE_TYPE_NOT_ALLOWED, FILE_EMPTY or FILE_NAME_INVALID.</summary>
    public string Code { get; } = TypeNotAllowed;
}
