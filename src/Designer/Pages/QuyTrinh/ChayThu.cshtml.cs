using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using PublicService.Designer.Access;
using PublicService.Designer.Drawings;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>
/// Trial of a version, step by step, with a clock and people of its own. The page keeps nothing: the start and the moves travel in its
/// forms, and the engine plays them from the beginning each time.
/// </summary>
internal sealed class ChayThuModel(Session session, Engine engine) : EnginePage(session, engine)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    /// <summary>Number of the version; nothing is the latest, the draft when there is one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? PhienBan { get; set; }

    /// <summary>The start as JSON, once the trial has begun.</summary>
    [BindProperty]
    public string? BatDau { get; set; }

    /// <summary>JSON array of the moves made so far.</summary>
    [BindProperty]
    public string? ThaoTac { get; set; }

    /// <summary>The move to be made now, as JSON.</summary>
    [BindProperty]
    public string? Chon { get; set; }

    /// <summary>Until when time is to pass, as the wall clock shows it.</summary>
    [BindProperty]
    public DateTime? ChoDen { get; set; }

    /// <summary>Reason of the person who answers.</summary>
    [BindProperty]
    public string? GhiChu { get; set; }

    /// <summary>JSON that comes with the answer to a task without a form.</summary>
    [BindProperty]
    public string? DuLieu { get; set; }

    public TrialOffer? Offer { get; private set; }

    public TrialPicture? Picture { get; private set; }

    /// <summary>What the person at the screen has written that cannot be read.</summary>
    public string? Unreadable { get; private set; }

    public JsonArray Moves { get; private set; } = [];

    /// <summary>The version as a picture; null when it cannot be had, and the page does without.</summary>
    public DrawnVersion? Drawn { get; private set; }

    /// <summary>Where the trial stands in the picture.</summary>
    public Marks Marks => new(Picture!.Done.Select(step => (Id: step, Mark: new StepMark("passed", "đã qua")))
        .Concat(Picture.Active.Select(step => (Id: step, Mark: new StepMark("live", "đang chờ")))).DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Mark));

    public Task OnGetAsync() => OfferAsync();

    /// <summary>Begins a trial with the start that was filled in.</summary>
    public async Task OnPostBatDauAsync(string kenh, string tiepNhan, string? thamQuyen, DateTime? nop, string? nguoiNop)
    {
        if (!await OfferAsync())
        {
            return;
        }

        try
        {
            var form = Offer!.Form is { } schema ? SchemaFields.Read(schema, Field) : null;
            var start = new TrialStart(kenh, tiepNhan, string.IsNullOrEmpty(thamQuyen) ? null : thamQuyen, form, nop is { } at ? Instant(at) : null, string.IsNullOrWhiteSpace(nguoiNop) ? null : nguoiNop);
            BatDau = JsonSerializer.Serialize(start, Json);
            await PlayAsync();
        }
        catch (FormatException wrong)
        {
            Unreadable = wrong.Message;
        }
    }

    /// <summary>Makes a move, takes the last one back, or plays again what was done, e.g. after the draft was changed.</summary>
    public async Task OnPostAsync(string? lam)
    {
        if (!await OfferAsync() || BatDau is null)
        {
            return;
        }

        try
        {
            Moves = ThaoTac is { Length: > 0 } made ? (JsonArray)JsonNode.Parse(made)! : [];
            if (lam == "lui" && Moves.Count > 0)
            {
                Moves.RemoveAt(Moves.Count - 1);
            }
            else if (Chosen() is { } move)
            {
                Moves.Add(move);
            }
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidCastException)
        {
            Unreadable = wrong is FormatException ? wrong.Message : "Nội dung gửi lên không đọc được; hãy bắt đầu lại.";
        }

        await PlayAsync();
    }

    /// <summary>The state of the trial, to be carried by every form.</summary>
    public IEnumerable<(string Name, string Value)> Carried =>
    [
        ("BatDau", BatDau ?? ""),
        ("ThaoTac", Moves.ToJsonString(Json)),
        ("PhienBan", PhienBan?.ToString(CultureInfo.InvariantCulture) ?? ""),
    ];

    /// <summary>A move as the value of a button.</summary>
    public static string Text(TrialChoice choice) => choice.Move.ToJsonString(Json);

    /// <summary>JSON for people.</summary>
    public static string Pretty(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions(Json) { WriteIndented = true }) ?? "";

    /// <summary>The wall clock of an instant, as an input of the browser takes it.</summary>
    public static string Wall(DateTimeOffset? at) =>
        at is { } instant ? TimeZoneInfo.ConvertTime(instant, Zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : "";

    public static string ChannelWord(string channel) => channel switch
    {
        "Direct" => "Trực tiếp",
        "Online" => "Trực tuyến",
        "Post" => "Bưu chính",
        _ => channel,
    };

    private JsonObject? Chosen()
    {
        if (ChoDen is { } until)
        {
            return new() { ["kind"] = "Wait", ["until"] = Instant(until) };
        }

        if (Chon is not { Length: > 0 } chosen)
        {
            return null;
        }

        var move = (JsonObject)JsonNode.Parse(chosen)!;
        if (Request.Form["schema"].ToString() is { Length: > 0 } schema)
        {
            move["form"] = SchemaFields.Read((JsonObject)JsonNode.Parse(schema)!, Field);
        }

        else if (DuLieu is { Length: > 0 } data)
        {
            move["form"] = Parsed(data);
        }

        if (GhiChu is not null)
        {
            move["note"] = GhiChu.Length == 0 ? null : GhiChu;
        }

        return move;
    }

    private static JsonObject Parsed(string data)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(data)!;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidCastException)
        {
            throw new FormatException("“Dữ liệu kèm theo” không phải là JSON đúng dạng.", wrong);
        }
    }

    private string? Field(string path) => Request.Form["f." + path];

    private async Task<bool> OfferAsync() =>
        (Offer = await ReadAsync<TrialOffer>($"/definitions/{Escape(Id)}/trial", ("version", PhienBan?.ToString(CultureInfo.InvariantCulture)))) is not null;

    private async Task PlayAsync()
    {
        // A start that is refused is shown as it was filled in.
        Offer = Offer! with { Start = JsonSerializer.Deserialize<TrialStart>(BatDau!, Json)! };
        var body = new JsonObject { ["start"] = JsonNode.Parse(BatDau!), ["version"] = PhienBan, ["moves"] = Moves.DeepClone() };
        Picture = await AskAsync<TrialPicture>(HttpMethod.Post, $"/definitions/{Escape(Id)}/trial", JsonContent.Create(body));
        if (Picture is null)
        {
            return;
        }

        while (Moves.Count > Picture.Accepted)
        {
            Moves.RemoveAt(Moves.Count - 1);
        }

        Drawn = await ReadAsync<DrawnVersion>($"/definitions/{Escape(Id)}/drawing", ("version", Picture.Version.Version.ToString(CultureInfo.InvariantCulture)));
    }

    private static DateTimeOffset Instant(DateTime wall) => new DateTimeOffset(wall, Zone.GetUtcOffset(wall)).ToUniversalTime();
}
