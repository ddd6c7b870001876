using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Dossiers;

namespace PublicService.Engine.Procedures;

/// <summary>The parts of an entry that have parts themselves: time limit, fees, papers, results.</summary>
internal sealed class EntryParts(JsonObject entry, JsonObject? current, JsonObject clean, List<EntryFinding> findings)
{
    /// <summary>Less than this many đồng is hardly ever a fee: portals drop the thousands (700 against 700.000).</summary>
    private const long SmallestFee = 1000;

    public void Look()
    {
        LookAtLimit();
        LookAtFees();
        LookAtNamed("papers", "PAPER_WITHOUT_NAME", "Có giấy tờ không có tên, được bỏ qua.");
        LookAtNamed("result", "RESULT_WITHOUT_NAME", "Có kết quả không có tên, được bỏ qua.");
    }

    private void LookAtLimit()
    {
        if (clean["time"] is not JsonObject time)
        {
            Refuse("LIMIT_MISSING", clean["time"]?.ToJsonString(JsonText.Readable), "Chưa có thời hạn giải quyết.");
            return;
        }

        if (time["alternatives"] is JsonArray { Count: > 0 } others)
        {
            findings.Add(new("LIMIT_SEVERAL", EntryLevel.Warning, "time", others.ToJsonString(JsonText.Readable), "Thời hạn khác nhau giữa các cách thực hiện; đang lấy thời hạn đầu tiên."));
        }

        time.Remove("alternatives");
        var (text, unit) = (time["value"].Text(), time["unit"].Text());
        if (EntryWords.SaysNothing(text))
        {
            Refuse("NO_INFORMATION", text, $"“{text}”: phải ghi thời hạn, hoặc đơn vị “none” nếu thủ tục không hẹn ngày trả.", LimitNow());
            return;
        }

        if (unit is "none")
        {
            (time["value"], time["unit"]) = (0, "none");
            return;
        }

        if (text is null || EntryWords.LimitOf(text) is not { } limit)
        {
            Refuse(text is null ? "LIMIT_MISSING" : "LIMIT_NOT_A_NUMBER", text, "Thời hạn không phải là số.", LimitNow());
            return;
        }

        var word = unit ?? limit.Unit;
        if (word is null || EntryWords.SaysNothing(word))
        {
            Refuse("LIMIT_UNIT_MISSING", text, $"Thời hạn “{text}” không có đơn vị (ngày, ngày làm việc, giờ, tháng).", UnitNow() ?? "working_day");
        }
        else if (EntryWords.UnitOf(word) is not { } known)
        {
            Refuse("LIMIT_UNIT_UNKNOWN", word, $"Không rõ đơn vị thời hạn “{word}”.", UnitNow() ?? "working_day");
        }
        else
        {
            Take(time, limit.Value, known);
        }
    }

    private void Take(JsonObject time, int value, string unit)
    {
        try
        {
            _ = TimeLimit.Parse(value, unit, time["cutoff"].Text());
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            Refuse("LIMIT_OUT_OF_RANGE", time.ToJsonString(JsonText.Readable), "Thời hạn nằm ngoài khoảng cho phép.", LimitNow());
            return;
        }

        (time["value"], time["unit"]) = (value, unit);
        // Notes, cut-off and special cases belong to the limit; they go when it changes.
        if (current?["time"] is JsonObject before && before["value"].Text() == time["value"].Text() && before["unit"].Text() == unit)
        {
            clean["time"] = Overlay(before, time);
        }
    }

    private void LookAtFees()
    {
        var list = ListOf("fee");
        foreach (var fee in list.OfType<JsonObject>())
        {
            LookAtAmount(fee);
            fee["currency"] ??= "VND";
            fee["per"] ??= "hồ sơ";
        }

        if (current?["fee"] is JsonArray before && before.Count == list.Count && before.Zip(list).All(pair => JsonNode.DeepEquals(pair.First?["amount"], pair.Second?["amount"])))
        {
            clean["fee"] = new JsonArray([.. before.Zip(list).Select(pair => (JsonNode?)Overlay((JsonObject)pair.First!, (JsonObject)pair.Second!))]);
        }
    }

    private void LookAtAmount(JsonObject fee)
    {
        if (fee["amount"] is JsonValue value && value.GetValueKind() is JsonValueKind.String)
        {
            var text = value.Text() ?? "";
            if (EntryWords.AmountOf(text) is { } read)
            {
                fee["amount"] = read;
            }
            else
            {
                findings.Add(EntryWords.SaysNothing(text)
                    ? new("NO_INFORMATION", EntryLevel.Warning, "fee", text, $"“{text}”: mức thu được hiểu là chưa có số liệu.")
                    : new("FEE_NOT_A_NUMBER", EntryLevel.Warning, "fee", text, $"Mức thu “{text}” không phải là số tiền; được giữ làm ghi chú."));
                fee["amount"] = null;
                fee["note"] ??= text;
            }
        }

        if (fee["amount"].Text() is not { } amount)
        {
            return;
        }

        if (!long.TryParse(amount, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            findings.Add(new("FEE_NOT_A_NUMBER", EntryLevel.Refusal, "fee", amount, "Mức thu phải là số đồng nguyên, không âm."));
        }
        else if (number is > 0 and < SmallestFee && fee["currency"].Text() is null or "VND")
        {
            findings.Add(new("FEE_SUSPICIOUS", EntryLevel.Warning, "fee", amount, $"Mức thu {number} đồng nhỏ bất thường, có thể thiếu phần nghìn.", $"{number * 1000}"));
        }
    }

    private void LookAtNamed(string field, string code, string sentence)
    {
        var list = ListOf(field);
        var before = current?[field] as JsonArray ?? [];
        foreach (var one in list.ToList())
        {
            var name = one?["name"].Text();
            if (name is null || EntryWords.SaysNothing(name))
            {
                findings.Add(name is null
                    ? new(code, EntryLevel.Warning, field, one?.ToJsonString(JsonText.Readable), sentence)
                    : new("NO_INFORMATION", EntryLevel.Warning, field, name, $"“{name}” được hiểu là chưa có."));
                list.Remove(one);
            }
            else if (before.FirstOrDefault(known => known?["name"].Text() == name) is JsonObject same)
            {
                list[list.IndexOf(one)] = Overlay(same, (JsonObject)one!);
            }
        }
    }

    /// <summary>The list as it may be worked on; an entry that does not speak of it keeps what is in force.</summary>
    private JsonArray ListOf(string field)
    {
        if (clean[field] is JsonArray list && list.All(one => one is JsonObject))
        {
            return list;
        }

        if (clean[field] is not null)
        {
            findings.Add(new("FIELD_MALFORMED", EntryLevel.Refusal, field, entry[field]?.ToJsonString(JsonText.Readable), "Phải là một danh sách."));
        }

        var empty = new JsonArray();
        clean[field] = empty;
        return empty;
    }

    private static JsonObject Overlay(JsonObject under, JsonObject over)
    {
        var both = (JsonObject)under.DeepClone();
        foreach (var (name, value) in over)
        {
            both[name] = value?.DeepClone();
        }

        return both;
    }

    private void Refuse(string code, string? raw, string sentence, string? suggestion = null) =>
        findings.Add(new(code, EntryLevel.Refusal, "time", raw, sentence, suggestion));

    private string? UnitNow() => current?["time"]?["unit"].Text();

    private string? LimitNow() => current?["time"]?.ToJsonString(JsonText.Readable);
}
