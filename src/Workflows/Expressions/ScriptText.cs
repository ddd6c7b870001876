namespace PublicService.Workflows.Expressions;

/// <summary>Strings of JavaScriptCore are counted by hand: this one is given back at the end of its block.</summary>
internal readonly unsafe ref struct ScriptText : IDisposable
{
    public ScriptText(string text)
    {
        fixed (char* characters = text)
        {
            Handle = JavaScriptCore.CreateString(characters, (nuint)text.Length);
        }
    }

    public nint Handle { get; }

    /// <summary>Copies a native string and gives it back; null for none.</summary>
    public static string? Take(nint handle)
    {
        if (handle == 0)
        {
            return null;
        }

        var text = new string(JavaScriptCore.GetCharacters(handle), 0, (int)JavaScriptCore.GetLength(handle));
        JavaScriptCore.ReleaseString(handle);
        return text;
    }

    public void Dispose() => JavaScriptCore.ReleaseString(Handle);
}
