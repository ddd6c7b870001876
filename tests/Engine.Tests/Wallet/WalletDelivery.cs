using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using PublicService.Engine.Wallet;

namespace PublicService.Engine.Tests.Wallet;

/// <summary>A dossier whose result is on its way into a wallet.</summary>
internal sealed class WalletDelivery
{
    public const string Issuer = "http://localhost";

    private readonly OneStop engine;

    private WalletDelivery(OneStop engine, Walk walk, string id)
    {
        (this.engine, Walk, Id) = (engine, walk, id);
        Wallet = NewWallet();
    }

    public Walk Walk { get; }

    public string Id { get; }

    public TestWallet Wallet { get; }

    /// <summary>Another wallet, with a key of its own.</summary>
    public TestWallet NewWallet() => new(engine.CreateClient(), Issuer, engine.Clock);

    /// <summary>A procedure of reception, release, result and delivery, walked until the wallet is waited for.</summary>
    /// <param name="code">Of the procedure; another one for each test.</param>
    public static async Task<WalletDelivery> ReadyAsync(OneStop engine, string code, Action<JsonObject>? change = null)
    {
        engine.With("Wallet:Issuer", Issuer).With("Wallet:RequestsPerMinute", "100000");
        await engine.PublishAsync(
            code,
            """
            {"id":"TiepNhan","type":"PublicService.Intake","title":{"typeName":"String","expression":{"type":"Literal","value":"Tiếp nhận"}}},
            {"id":"XuLy","type":"PublicService.OfficerTask","title":{"typeName":"String","expression":{"type":"Literal","value":"Xử lý"}},
             "outcomes":{"typeName":"String[]","expression":{"type":"Object","value":"[\"Xong\"]"}}},
            {"id":"PhatHanh","type":"PublicService.NumberAndRelease","title":{"typeName":"String","expression":{"type":"Literal","value":"Phát hành"}}},
            {"id":"KetQua","type":"PublicService.IssueResult"},
            {"id":"GuiVi","type":"PublicService.DeliverToWallet","credentialType":{"typeName":"String","expression":{"type":"Literal","value":"birth-certificate-extract"}},
             "days":{"typeName":"Int32","expression":{"type":"Literal","value":5}}}
            """,
            """
            TiepNhan/Tiếp nhận > XuLy
            XuLy/Xong > PhatHanh
            PhatHanh/Done > KetQua
            KetQua/Done > GuiVi
            GuiVi/Đã nhận vào ví > KetThuc
            GuiVi/Đã cấp, chưa xác nhận > KetThuc
            GuiVi/Từ chối nhận > KetThuc
            GuiVi/Hết thời gian nhận > KetThuc
            GuiVi/Đã thu hồi lời mời > KetThuc
            """);
        var walk = await Walk.StartAsync(engine, request =>
        {
            request["procedureCode"] = code;
            change?.Invoke(request);
        });
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Xử lý", "Xong");
        await walk.DoAsync("Phát hành", "Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" });
        await engine.SettleAsync();
        await using var db = engine.Open();
        var dossier = Guid.Parse(walk.Id);
        var row = await db.Set<DeliveryRow>().AsNoTracking().FirstOrDefaultAsync(row => row.DossierId == dossier);
        Assert.True(row is not null, string.Join('\n', await db.Outbox.Where(message => message.DossierId == dossier).Select(message => $"{message.Kind} {message.Error}").ToListAsync()));
        return new(engine, walk, row.Id);
    }

    /// <summary>The officer at the counter shows a QR code.</summary>
    public async Task<JsonElement> OfferAsync() =>
        await (await engine.OfficerAsync("tra-ket-qua")).SendAsync($"/dossiers/{Walk.Id}/wallet-deliveries/{Id}/offers", new JsonObject()).JsonAsync();

    /// <summary>A QR code and the transaction code as the citizen gets it by message.</summary>
    public async Task<(string Code, string TransactionCode)> OpenAsync()
    {
        var link = (await OfferAsync()).Text("link");
        return (await Wallet.CodeAsync(link), await SentCodeAsync());
    }

    /// <summary>The newest transaction code that left the house.</summary>
    public async Task<string> SentCodeAsync()
    {
        await engine.SettleAsync();
        return Directory.GetFiles(Path.Combine(engine.Folder, "outbox-out"), "*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))).OfType<JsonObject>()
            .Where(message => message["payload"] is JsonObject content && content["template"]?.ToString() == "MaNhanVaoVi" && content["dossier"]!.ToString() == Walk.Code)
            .OrderBy(message => message["createdAt"]!.GetValue<DateTimeOffset>()).Last()["payload"]!["code"]!.ToString();
    }

    public async Task<JsonElement> ShownAsync() =>
        (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers/{Walk.Id}/wallet-deliveries")).EnumerateArray().Single();

    /// <summary>Whether the workflow still waits for the wallet.</summary>
    public async Task<bool> IsWaitedForAsync()
    {
        await engine.SettleAsync();
        await using var db = engine.Open();
        return await db.Bookmarks.AnyAsync(row => row.Key == Id);
    }

    public async Task<List<OutboxRow>> MessagesAsync()
    {
        await using var db = engine.Open();
        var dossier = Guid.Parse(Walk.Id);
        return await db.Outbox.AsNoTracking().Where(row => row.DossierId == dossier).ToListAsync();
    }
}
