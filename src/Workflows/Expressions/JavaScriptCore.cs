using System.Runtime.InteropServices;

namespace PublicService.Workflows.Expressions;

/// <summary>The C interface of JavaScriptCore, and the search for its library. Nothing else in the house calls native code.</summary>
internal static unsafe partial class JavaScriptCore
{
    public const int Undefined = 0;
    public const int Null = 1;
    public const int Boolean = 2;
    public const int Number = 3;
    public const int String = 4;
    public const int Object = 5;
    public const int BigInt = 7;

    private const string Library = "JavaScriptCore";
    private static readonly string[] Candidates =
    [
        "libjavascriptcoregtk-4.1.so.0", "libjavascriptcoregtk-6.0.so.1", "/System/Library/Frameworks/JavaScriptCore.framework/JavaScriptCore",
    ];
    private static readonly nint Handle;

    static JavaScriptCore()
    {
        Handle = Load(Candidates);
        NativeLibrary.SetDllImportResolver(typeof(JavaScriptCore).Assembly, static (name, _, _) => name == Library ? Handle : 0);
    }

    public static bool IsLoaded => Handle != 0;

    /// <summary>The first library that loads, or 0.</summary>
    public static nint Load(IEnumerable<string> candidates)
    {
        // Scripts are tiny, so compiling them to machine code costs more than it gives; without it the limits are polled and
        // need no signal handlers, which belong to .NET in this process.
        SetOption("JSC_useJIT", "0");
        SetOption("JSC_useWasm", "0");
        return candidates.Select(name => NativeLibrary.TryLoad(name, out var handle) ? handle : 0).FirstOrDefault(handle => handle != 0);
    }

    private static void SetOption(string name, string value)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            // Environment.SetEnvironmentVariable changes .NET's copy only; the library reads the one of the process.
            _ = SetEnv(name, value, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport(Library, EntryPoint = "JSContextGroupCreate")]
    public static partial nint CreateGroup();

    [LibraryImport(Library, EntryPoint = "JSContextGroupRelease")]
    public static partial void ReleaseGroup(nint group);

    [LibraryImport(Library, EntryPoint = "JSContextGroupSetExecutionTimeLimit")]
    public static partial void SetTimeLimit(nint group, double seconds, delegate* unmanaged[Cdecl]<nint, nint, byte> callback, nint state);

    [LibraryImport(Library, EntryPoint = "JSGlobalContextCreateInGroup")]
    public static partial nint CreateContext(nint group, nint globalClass);

    [LibraryImport(Library, EntryPoint = "JSGlobalContextRelease")]
    public static partial void ReleaseContext(nint context);

    [LibraryImport(Library, EntryPoint = "JSGlobalContextSetEvalEnabled")]
    public static partial void SetEvalEnabled(nint context, byte enabled, nint message);

    [LibraryImport(Library, EntryPoint = "JSContextGetGlobalObject")]
    public static partial nint GetGlobal(nint context);

    [LibraryImport(Library, EntryPoint = "JSEvaluateScript")]
    public static partial nint Evaluate(nint context, nint script, nint self, nint url, int line, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSCheckScriptSyntax")]
    public static partial byte CheckSyntax(nint context, nint script, nint url, int line, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSGarbageCollect")]
    public static partial void Collect(nint context);

    [LibraryImport(Library, EntryPoint = "JSStringCreateWithCharacters")]
    public static partial nint CreateString(char* characters, nuint length);

    [LibraryImport(Library, EntryPoint = "JSStringRelease")]
    public static partial void ReleaseString(nint text);

    [LibraryImport(Library, EntryPoint = "JSStringGetLength")]
    public static partial nuint GetLength(nint text);

    [LibraryImport(Library, EntryPoint = "JSStringGetCharactersPtr")]
    public static partial char* GetCharacters(nint text);

    [LibraryImport(Library, EntryPoint = "JSValueGetType")]
    public static partial int GetType(nint context, nint value);

    [LibraryImport(Library, EntryPoint = "JSValueIsDate")]
    public static partial byte IsDate(nint context, nint value);

    [LibraryImport(Library, EntryPoint = "JSValueMakeNull")]
    public static partial nint MakeNull(nint context);

    [LibraryImport(Library, EntryPoint = "JSValueMakeUndefined")]
    public static partial nint MakeUndefined(nint context);

    [LibraryImport(Library, EntryPoint = "JSValueMakeBoolean")]
    public static partial nint MakeBoolean(nint context, byte value);

    [LibraryImport(Library, EntryPoint = "JSValueMakeNumber")]
    public static partial nint MakeNumber(nint context, double value);

    [LibraryImport(Library, EntryPoint = "JSValueMakeString")]
    public static partial nint MakeString(nint context, nint text);

    [LibraryImport(Library, EntryPoint = "JSValueMakeFromJSONString")]
    public static partial nint MakeFromJson(nint context, nint text);

    [LibraryImport(Library, EntryPoint = "JSValueCreateJSONString")]
    public static partial nint CreateJson(nint context, nint value, uint indent, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSValueToBoolean")]
    public static partial byte ToBoolean(nint context, nint value);

    [LibraryImport(Library, EntryPoint = "JSValueToNumber")]
    public static partial double ToNumber(nint context, nint value, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSValueToStringCopy")]
    public static partial nint CopyString(nint context, nint value, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSValueProtect")]
    public static partial void Protect(nint context, nint value);

    [LibraryImport(Library, EntryPoint = "JSValueUnprotect")]
    public static partial void Unprotect(nint context, nint value);

    [LibraryImport(Library, EntryPoint = "JSObjectMakeDate")]
    public static partial nint MakeDate(nint context, nuint count, nint* arguments, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSObjectMakeError")]
    public static partial nint MakeError(nint context, nuint count, nint* arguments, nint exception);

    [LibraryImport(Library, EntryPoint = "JSObjectMakeFunction")]
    public static partial nint MakeFunction(
        nint context, nint name, uint parameters, nint* parameterNames, nint body, nint url, int line, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSObjectMakeFunctionWithCallback")]
    public static partial nint MakeFunction(nint context, nint name, delegate* unmanaged[Cdecl]<nint, nint, nint, nuint, nint*, nint*, nint> callback);

    [LibraryImport(Library, EntryPoint = "JSObjectCallAsFunction")]
    public static partial nint Call(nint context, nint function, nint self, nuint count, nint* arguments, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSObjectGetProperty")]
    public static partial nint GetProperty(nint context, nint target, nint name, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSObjectSetProperty")]
    public static partial void SetProperty(nint context, nint target, nint name, nint value, uint attributes, out nint exception);

    [LibraryImport(Library, EntryPoint = "JSObjectDeleteProperty")]
    public static partial byte DeleteProperty(nint context, nint target, nint name, out nint exception);
}
