using PublicService.Benchmarks;
using PublicService.Benchmarks.Setup;

return await (args switch
{
    ["--runtime", ..] => RuntimeBenchmark.RunAsync(),
    ["--cycle", ..] => CycleBenchmark.DossierAsync(Options.Read(args)),
    ["--plain-cycle", ..] => CycleBenchmark.PlainAsync(Options.Read(args)),
    _ => Usage(),
});

static Task<int> Usage()
{
    Console.WriteLine("""
        benchmarks --runtime                         workflows in memory
        benchmarks --cycle [--callers N] [--http] [--postgres [CONNECTION]]
                                                     start a dossier, complete its task, each click stored
        benchmarks --plain-cycle [--callers N] [--postgres [CONNECTION]]
                                                     the same for a workflow without a dossier
        --postgres without a connection starts a temporary server.
        """);
    return Task.FromResult(2);
}
