namespace PublicService.Engine.Http;

/// <summary>Rules a command or query must meet before its handler sees it. Implemented by the nested <c>Validator</c> of a slice.</summary>
/// <typeparam name="T">The command or query.</typeparam>
public interface IInputRules<in T>
{
    void Check(T input, InputErrors errors);
}
