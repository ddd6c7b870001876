using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PublicService.Engine.Tests.Fixtures;

/// <summary>
/// A real PostgreSQL for this test run, in a temporary folder on a free loopback port. It is a child of a small shell that
/// stops it and removes the folder as soon as this process is gone, however it went.
/// </summary>
internal sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> One = new(StartAsync);
    private readonly int port;
    private readonly Process shell;
    private int databases;

    private PostgresServer(int port, Process shell)
    {
        this.port = port;
        this.shell = shell;
    }

    public static Task<PostgresServer> GetAsync() => One.Value;

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=40;Timeout=30";

    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"create database {name}");
        return ConnectionString(name);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Order().LastOrDefault()
            : null;
        if (programs is null || !File.Exists(Path.Combine(programs, "initdb")))
        {
            throw new InvalidOperationException("PostgreSQL is not installed: run ./test.sh, or apt-get install postgresql.");
        }

        var port = FreePort();
        // initdb refuses to run as root, so then everything is done as the user the package made.
        var asUser = Environment.UserName == "root" ? "runuser -u postgres -- " : "";
        var script = $"""
            set -e
            cd /
            folder=$({asUser}mktemp -d /tmp/publicservice-postgres-XXXXXX)
            {asUser}{programs}/initdb -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"/dev/null"
            {asUser}{programs}/postgres -D "$folder/data" -h 127.0.0.1 -p {port} -k "" -F \
                -c max_connections=300 -c shared_buffers=256MB -c log_min_messages=fatal >/dev/null 2>&1 &
            cat >/dev/null || true
            kill -QUIT "$(head -n 1 "$folder/data/postmaster.pid")" 2>/dev/null || true
            wait || true
            rm -rf "$folder"
            """;
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, ArgumentList = { "-c", script } };
        var shell = Process.Start(start)!;
        var server = new PostgresServer(port, shell);
        await server.WaitUntilReadyAsync();
        return server;
    }

    private async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("select 1");
                return;
            }
            catch (Exception error) when (error is NpgsqlException or SocketException)
            {
                if (shell.HasExited || started.Elapsed > TimeSpan.FromSeconds(60))
                {
                    throw new InvalidOperationException("PostgreSQL did not start.", error);
                }

                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
