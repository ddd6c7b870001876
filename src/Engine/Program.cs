using PublicService.Engine.CommandLine;

if (CommandLineTool.Knows(args))
{
    return CommandLineTool.Run(args, Console.Out, Console.Error);
}

var app = WebApplication.CreateBuilder(args).Build();
app.Run();
return 0;
