using MediatR;

namespace PublicService.Engine.Http;

/// <summary>Runs the input rules of a request in front of its handler.</summary>
internal sealed class CheckInput<TRequest, TReply>(IEnumerable<IInputRules<TRequest>> rules) : IPipelineBehavior<TRequest, TReply>
{
    public Task<TReply> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TReply> next)
    {
        var errors = new InputErrors();
        foreach (var rule in rules)
        {
            rule.Check(request, errors);
        }

        errors.ThrowIfAny();
        return next();
    }
}
