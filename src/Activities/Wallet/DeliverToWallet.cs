using System.Text.Json.Nodes;
using PublicService.Activities.Messages;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Wallet;

/// <summary>What a wallet delivery reports; the values are what the report's <c>event</c> says.</summary>
public enum WalletEvent
{
    /// <summary>The credential was fetched. Wallets need not say more, so after a short while this is the end.</summary>
    Issued,

    /// <summary>The wallet said that the holder took it.</summary>
    Accepted,

    /// <summary>The holder or the wallet turned it down.</summary>
    Refused,

    /// <summary>The offer was taken back.</summary>
    Withdrawn,
}

/// <summary>
/// Gửi kết quả vào ví: offers the released result as a credential and waits for what becomes of the offer, at most until the give-up
/// time. Never the only way of return: paper and portal run beside it, and the signed file stays the legal original.
/// </summary>
[Activity(
    "PublicService.DeliverToWallet",
    Palette.Category,
    "Gửi kết quả vào ví",
    Description = "Mời công dân nhận kết quả vào ví điện tử và chờ đến khi nhận, từ chối hoặc hết thời gian. Luôn đặt song song với trả kết quả giấy hoặc trên Cổng, không thay thế.")]
[Outcomes(Accepted, Issued, Refused, Expired, Withdrawn)]
public sealed class DeliverToWallet : Activity
{
    public const string Accepted = "Đã nhận vào ví";
    public const string Issued = "Đã cấp, chưa xác nhận";
    public const string Refused = "Từ chối nhận";
    public const string Expired = "Hết thời gian nhận";
    public const string Withdrawn = "Đã thu hồi lời mời";

    /// <summary>Kind of stimulus of a report; its key is the offer's. The input's <c>event</c> is a <see cref="WalletEvent"/>.</summary>
    public const string BookmarkName = "PublicService.Wallet";

    /// <summary>Outbox kind of an offer, and of taking it back (<c>withdraw</c> true, same <c>callback</c>).</summary>
    public const string Kind = "wallet-offer";

    private const string GiveUp = BookmarkName + ".GiveUp";
    private const string Unconfirmed = BookmarkName + ".Unconfirmed";

    [Field("Loại giấy tờ trong ví", Description = "Mã loại chứng thực (credential type).", Source = FieldSources.CredentialTypes)]
    public Input<string> CredentialType { get; } = new();

    [Field("Số định danh người nhận", Description = "Để trống: người nộp hồ sơ.", IsSensitive = true)]
    public Input<string> Holder { get; } = new();

    [Field("Thời gian nhận (ngày)", Description = "Hết thời gian này lời mời hết hiệu lực.")]
    public Input<int> Days { get; } = new(30);

    [Field("Chờ ví xác nhận (phút)", Description = "Ví không bắt buộc phải xác nhận; hết thời gian này coi như đã cấp.")]
    public Input<int> ConfirmMinutes { get; } = new(15);

    public override StepResult Enter(StepContext step)
    {
        var subject = step.Subject();
        var dossier = subject.Dossier;
        if (dossier.BusinessStatus is not (BusinessStatus.Finished or BusinessStatus.Returned))
        {
            throw new RefusedException("RESULT_NOT_RELEASED", "Chỉ gửi kết quả vào ví sau khi kết quả đã được cấp số, phát hành.");
        }

        var type = step.Get(CredentialType);
        var until = step.Now.AddDays(Math.Max(1, step.Get(Days)));
        var offer = step.NewId();
        step.Emit(new SendMessage(Kind, new JsonObject
        {
            ["callback"] = offer,
            ["dossier"] = dossier.Code,
            ["resultNumber"] = dossier.ResultNumber,
            ["credentialType"] = type,
            ["holder"] = step.Get(Holder) is { Length: > 0 } holder ? holder : dossier.ApplicantIdNumber,
            ["until"] = Notification.Instant(until),
        }));
        dossier.Note(LedgerAct.CredentialOffered, HumanTask.Data(new JsonObject { ["type"] = type, ["until"] = Notification.Instant(until) }), subject.Act);
        step.WaitFor(GiveUp, null, null, until);
        return step.WaitFor(BookmarkName, offer, null, id: offer);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        switch (signal.Bookmark.Name)
        {
            case GiveUp:
                TakeBack(step);
                return StepResult.With(Expired);
            case Unconfirmed:
                return StepResult.With(Issued);
            default:
                return Reported(step, signal);
        }
    }

    public override void Leave(StepContext step) => TakeBack(step);

    private StepResult Reported(StepContext step, Signal signal)
    {
        if (!Enum.TryParse<WalletEvent>(signal.Input["event"]?.ToString(), out var happened) || !Enum.IsDefined(happened))
        {
            throw new RefusedException("WALLET_EVENT_UNKNOWN", $"Ví báo “{signal.Input["event"]}”, không phải: {string.Join(", ", Enum.GetNames<WalletEvent>())}.");
        }

        if (happened is WalletEvent.Issued or WalletEvent.Accepted && step["Issued"] is null)
        {
            step["Issued"] = true;
            step.Subject().Dossier.Note(LedgerAct.CredentialDelivered, HumanTask.Data(new JsonObject { ["type"] = step.Get(CredentialType) }), step.Subject().Act);
        }

        return happened switch
        {
            WalletEvent.Accepted => StepResult.With(Accepted),
            WalletEvent.Refused => StepResult.With(Refused),
            WalletEvent.Withdrawn => StepResult.With(Withdrawn),
            _ => WaitForConfirmation(step, signal),
        };
    }

    /// <summary>Fetched: the give-up time is over, a confirmation may still come. Hearing it twice changes nothing.</summary>
    private StepResult WaitForConfirmation(StepContext step, Signal signal)
    {
        if (step.Bookmarks.FirstOrDefault(bookmark => bookmark.Name == GiveUp) is { } giveUp)
        {
            step.StopWaitingFor(giveUp);
            step.WaitFor(Unconfirmed, null, null, step.Now.AddMinutes(step.Get(ConfirmMinutes)));
        }

        return step.WaitFor(BookmarkName, signal.Bookmark.Key, null);
    }

    /// <summary>An offer nobody waits for must not be taken any more.</summary>
    private static void TakeBack(StepContext step)
    {
        if (step["Issued"] is null && step.Bookmarks.FirstOrDefault(bookmark => bookmark.Name == BookmarkName) is { } offer)
        {
            step.Emit(new SendMessage(Kind, new JsonObject { ["callback"] = offer.Key, ["dossier"] = step.Subject().Dossier.Code, ["withdraw"] = true }));
        }
    }
}
