using PublicService.Engine;
using PublicService.Engine.Access;
using PublicService.Engine.Calendars;
using PublicService.Engine.Callbacks;
using PublicService.Engine.CommandLine;
using PublicService.Engine.Definitions;
using PublicService.Engine.Directories;
using PublicService.Engine.Dossiers;
using PublicService.Engine.Files;
using PublicService.Engine.Forms;
using PublicService.Engine.Http;
using PublicService.Engine.NationalPortal;
using PublicService.Engine.Observability;
using PublicService.Engine.Offices;
using PublicService.Engine.Operations;
using PublicService.Engine.Outbox;
using PublicService.Engine.Papers;
using PublicService.Engine.Payments;
using PublicService.Engine.Population;
using PublicService.Engine.Printing;
using PublicService.Engine.Procedures;
using PublicService.Engine.Reorganisation;
using PublicService.Engine.Results;
using PublicService.Engine.Running;
using PublicService.Engine.Seeding;
using PublicService.Engine.ServiceIndex;
using PublicService.Engine.Storage;
using PublicService.Engine.Studio;
using PublicService.Engine.Supplements;
using PublicService.Engine.Supervision;
using PublicService.Engine.Tasks;
using PublicService.Engine.Tracking;
using PublicService.Engine.Trials;
using PublicService.Engine.VersionMoves;
using PublicService.Engine.Wallet;

if (CommandLineTool.Knows(args))
{
    return CommandLineTool.Run(args, Console.Out, Console.Error, ProcedureSeed.Catalogue);
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
builder.Services.AddForeignSystems(builder.Configuration);
builder.Services.AddSeeding();
builder.Services.AddFiles(new FileStoreOptions());
builder.Services.AddOutbox(new OutboxOptions());
builder.Services.AddPopulation(builder.Configuration, options.Demo);
builder.Services.AddPrinting(builder.Configuration);
builder.Services.AddRunning();
builder.Services.AddProcedures();
builder.Services.AddDefinitions();
builder.Services.AddNationalPortal(builder.Configuration);
builder.Services.AddServiceIndex(builder.Configuration);
builder.Services.AddDossiers();
builder.Services.AddForms();
builder.Services.AddTasks();
builder.Services.AddSupervision();
builder.Services.AddReorganisation();
builder.Services.AddTrials();
builder.Services.AddVersionMoves();
builder.Services.AddTracking(builder.Configuration);
builder.Services.AddWallet(builder.Configuration, options);
builder.Services.AddStudio(builder.Configuration);

var app = builder.Build();
app.UseHttpConventions();
app.UseCors();
app.UseRateLimiter();
app.UseAccess();
app.UseMiddleware<IdempotencyMiddleware>();

app.MapObservability(options.MetricsLoopbackOnly);
var api = app.MapGroup("/api/v1");
api.MapAccess();
api.MapOffices();
api.MapReorganisation();
api.MapCalendars();
api.MapProcedures();
api.MapDefinitions();
api.MapDossiers();
api.MapTasks();
api.MapPapers();
api.MapSupplements();
api.MapForms();
api.MapPopulation();
api.MapResults();
api.MapCallbacks();
api.MapPayments();
api.MapTracking();
api.MapSupervision();
api.MapOperations();
api.MapTrials();
api.MapVersionMoves();
app.MapStudio();
api.MapNationalPortal();
api.MapServiceIndex();
api.MapWallet();
app.MapWalletProtocol();

await app.PrepareAsync(options);
await app.RunAsync();
return 0;
