namespace PublicService.Workflows.Expressions;

/// <summary>The JavaScriptCore library is not installed; the message names the command that installs it.</summary>
public sealed class ScriptEngineMissingException(Exception? inner = null) : Exception(Instruction, inner)
{
    /// <summary>What an operator has to do.</summary>
    public const string Instruction =
        "JavaScript expressions need JavaScriptCore, which was not found. Debian or Ubuntu: apt-get install libjavascriptcoregtk-4.1-0. "
        + "macOS: JavaScriptCore.framework is part of the system. Then start the program again.";
}
