using PublicService.Engine;
using PublicService.Engine.Access;
using PublicService.Engine.Calendars;
using PublicService.Engine.CommandLine;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Observability;
using PublicService.Engine.Offices;
using PublicService.Engine.Procedures;
using PublicService.Engine.Seeding;
using PublicService.Engine.Storage;

if (CommandLineTool.Knows(args))
{
    return CommandLineTool.Run(args, Console.Out, Console.Error);
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = EngineOptions.Translate(args),
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));
var options = EngineOptions.From(builder.Configuration);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(options);
builder.Services.AddStorage(options.Storage);
builder.Services.AddHttpConventions();
builder.Services.AddObservability();
builder.Services.AddDirectories();
builder.Services.AddAccess(options.Data, options.Access);
builder.Services.AddSeeding();
// Here the workflows: builder.Services.AddRunning(options);

var app = builder.Build();
app.UseHttpConventions();
app.UseAccess();

app.MapObservability(options.MetricsLoopbackOnly);
var api = app.MapGroup("/api/v1");
api.MapAccess();
api.MapOffices();
api.MapCalendars();
api.MapProcedures();
// Here the dossiers: api.MapDossiers(); api.MapTasks();

await app.PrepareAsync(options);
await app.RunAsync();
return 0;
