namespace PublicService.Workflows.Expressions;

/// <summary>One set of JavaScript built-ins and globals. Names of contract E.1 are defined in it when a script first mentions them.</summary>
internal sealed unsafe class ScriptWorld : IDisposable
{
    private readonly Dictionary<string, ScriptBinding> accessors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, nint> installed = new(StringComparer.Ordinal);
    private readonly List<ScriptBinding> bindings = [];
    private readonly List<nint> kept = [];
    private readonly nint host;
    private bool hasBarrier;
    private nint measure;
    private nint accessorMaker;

    public ScriptWorld(ScriptMachine machine)
    {
        Context = JavaScriptCore.CreateContext(machine.Group, 0);
        Global = JavaScriptCore.GetGlobal(Context);
        ForbidCodeInText(Context);
        Run(ScriptLibrary.Prelude);
        using var name = new ScriptText("host");
        host = JavaScriptCore.MakeFunction(Context, name.Handle, &ScriptHost.Answer);
        Kept(host);
    }

    public nint Context { get; }

    public nint Global { get; }

    public ScriptBinding this[int number] => bindings[number];

    /// <summary>Switches off <c>eval</c> and <c>new Function</c>: what a script may do is read from its text.</summary>
    public static void ForbidCodeInText(nint context)
    {
        using var message = new ScriptText("Code in text is not supported in scripts");
        JavaScriptCore.SetEvalEnabled(context, 0, message.Handle);
    }

    /// <summary>Gives the script the names it mentions, as they are in its scope.</summary>
    public void Prepare(ScriptPlan plan, ScriptScope scope)
    {
        if (plan.NeedsBarrier && !hasBarrier)
        {
            Run(ScriptLibrary.Barrier);
            hasBarrier = true;
        }

        foreach (var name in plan.Library)
        {
            if (IsOffered(name, scope))
            {
                Install(name);
            }
            else if (installed.Remove(name))
            {
                Remove(name);
            }
        }

        foreach (var name in plan.Accessors)
        {
            Bind(name, ScriptBinding.Find(scope, name));
        }
    }

    /// <summary>Defines a library name and gives its value.</summary>
    public nint Install(string name)
    {
        if (!installed.TryGetValue(name, out var value))
        {
            value = Make(ScriptLibrary.SourceOf(name));
            Set(name, value);
            installed[name] = value;
        }

        return value;
    }

    public void Set(string name, nint value)
    {
        using var text = new ScriptText(name);
        JavaScriptCore.SetProperty(Context, Global, text.Handle, value, 0, out _);
    }

    public void Remove(string name)
    {
        using var text = new ScriptText(name);
        JavaScriptCore.DeleteProperty(Context, Global, text.Handle, out _);
    }

    /// <summary>Calls a static function of a library object, for example <c>Guid.Parse</c>.</summary>
    public nint CallMember(nint owner, string member, nint argument)
    {
        using var name = new ScriptText(member);
        var function = JavaScriptCore.GetProperty(Context, owner, name.Handle, out _);
        return Checked(JavaScriptCore.Call(Context, function, owner, 1, &argument, out var exception), exception);
    }

    public bool IsSmall(nint value, int most)
    {
        measure = measure != 0 ? measure : Kept(Run($"({ScriptLibrary.Measure})"));
        var arguments = stackalloc nint[] { value, JavaScriptCore.MakeNumber(Context, most) };
        return JavaScriptCore.ToBoolean(Context, Checked(JavaScriptCore.Call(Context, measure, 0, 2, arguments, out var exception), exception)) != 0;
    }

    /// <summary>Runs a script and gives its value.</summary>
    /// <exception cref="ScriptException">It threw.</exception>
    public nint Run(string source)
    {
        using var script = new ScriptText(source);
        return Checked(JavaScriptCore.Evaluate(Context, script.Handle, 0, 0, 1, out var exception), exception);
    }

    public void Dispose()
    {
        // One protected value would keep the whole world alive in its machine.
        foreach (var value in kept)
        {
            JavaScriptCore.Unprotect(Context, value);
        }

        JavaScriptCore.ReleaseContext(Context);
    }

    private static bool IsOffered(string name, ScriptScope scope) => name switch
    {
        "getConfig" => scope.Configuration is not null,
        "setOutcome" or "setOutcomes" => scope.AllowsOutcomes,
        _ => true,
    };

    private void Bind(string name, ScriptBinding? binding)
    {
        var known = accessors.TryGetValue(name, out var bound);
        if (binding is null)
        {
            if (known)
            {
                accessors.Remove(name);
                Remove(name);
            }
        }
        else if (!known || bound != binding)
        {
            accessorMaker = accessorMaker != 0 ? accessorMaker : Kept(Make($"number => value => host({(int)HostCall.Accessor}, number, value)"));
            var number = JavaScriptCore.MakeNumber(Context, bindings.Count);
            bindings.Add(binding.Value);
            accessors[name] = binding.Value;
            Set(name, Checked(JavaScriptCore.Call(Context, accessorMaker, 0, 1, &number, out var exception), exception));
        }
    }

    private nint Make(string source)
    {
        var function = Run($"(host => ({source}))");
        var argument = host;
        return Kept(Checked(JavaScriptCore.Call(Context, function, 0, 1, &argument, out var exception), exception));
    }

    // A value remembered here is not on the stack, where the collector would see it.
    private nint Kept(nint value)
    {
        JavaScriptCore.Protect(Context, value);
        kept.Add(value);
        return value;
    }

    private nint Checked(nint value, nint exception) => exception == 0 ? value : throw ScriptValues.Failure(Context, exception, ScriptFailure.Runtime);
}
