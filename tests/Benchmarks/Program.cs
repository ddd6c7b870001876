using PublicService.Benchmarks;
using PublicService.Benchmarks.Grow;
using PublicService.Benchmarks.Kill;
using PublicService.Benchmarks.Reorganise;
using PublicService.Benchmarks.Setup;

return await (args switch
{
    ["--runtime", ..] => RuntimeBenchmark.RunAsync(),
    ["--cycle", ..] when args.Contains("--http") => HttpCycleBenchmark.RunAsync(Options.Read(args)),
    ["--cycle", ..] => CycleBenchmark.DossierAsync(Options.Read(args)),
    ["--plain-cycle", ..] => CycleBenchmark.PlainAsync(Options.Read(args)),
    ["--timers", ..] => TimerBenchmark.RunAsync(Options.Read(args, 10_000)),
    ["--grow", ..] => GrowBenchmark.RunAsync(Options.Read(args, 1_000_000)),
    ["--start", ..] => StartBenchmark.RunAsync(),
    ["--kill", ..] => KillAsync(Options.Read(args, 20)),
    ["--reorganise", ..] => ReorganisationProof.RunAsync(Options.Read(args, 60_000)),
    ["--hold", var file] => Holder.RunAsync(file),
    _ => Usage(),
});

static async Task<int> KillAsync(Options options)
{
    Machine.Print();
    var seed = Random.Shared.Next();
    Console.WriteLine($"seed {seed}");
    Console.WriteLine(await new KillProof(options.Number, seed, Console.WriteLine).RunAsync());
    return 0;
}

static Task<int> Usage()
{
    Console.WriteLine("""
        benchmarks --runtime                         workflows in memory
        benchmarks --cycle [--callers N] [--http] [--assign] [--postgres [CONNECTION]]
                                                     start a dossier, complete its task, each click stored
        benchmarks --plain-cycle [--callers N] [--postgres [CONNECTION]]
                                                     the same for a workflow without a dossier
        benchmarks --timers N [--pending M] [--postgres [CONNECTION]]
                                                     N instances due at one instant, M others due much later
        benchmarks --grow N                          clicks and lists with N finished and 100,000 open dossiers
        benchmarks --start                           from the process's start to "ready"
        benchmarks --kill N                          kill the engine N times under load and look for anything lost or doubled
        benchmarks --reorganise N                    N open dossiers of the 171 old units go over to the 54 new ones; killed half-way
        --postgres without a connection starts a temporary server.
        """);
    return Task.FromResult(2);
}
