using PublicService.Benchmarks;

return await (args switch
{
    ["--runtime", ..] => RuntimeBenchmark.RunAsync(),
    _ => Usage(),
});

static Task<int> Usage()
{
    Console.WriteLine("""
        benchmarks --runtime                         workflows in memory
        """);
    return Task.FromResult(2);
}
