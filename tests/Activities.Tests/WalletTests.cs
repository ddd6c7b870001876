using System.Text.Json.Nodes;
using PublicService.Activities.Wallet;
using PublicService.Dossiers;
using static PublicService.Activities.Tests.OneStep;

namespace PublicService.Activities.Tests;

/// <summary>The offer of a result to the wallet: every end it can come to, and never a wait without one.</summary>
public sealed class WalletTests
{
    private static readonly string[] Outcomes =
        [DeliverToWallet.Accepted, DeliverToWallet.Issued, DeliverToWallet.Refused, DeliverToWallet.Expired, DeliverToWallet.Withdrawn];

    [Theory]
    [InlineData(WalletEvent.Accepted, DeliverToWallet.Accepted)]
    [InlineData(WalletEvent.Refused, DeliverToWallet.Refused)]
    [InlineData(WalletEvent.Withdrawn, DeliverToWallet.Withdrawn)]
    public void Leaves_by_what_the_wallet_reports(WalletEvent happened, string outcome)
    {
        var trial = Offered();

        Report(trial, happened);

        Assert.Equal([outcome], trial.Lines);
        Assert.Equal(happened is WalletEvent.Accepted, trial.Dossier.Ledger.Any(entry => entry.Act is LedgerAct.CredentialDelivered));
        Assert.Empty(trial.State.Bookmarks);
    }

    [Fact]
    public void A_wallet_that_fetched_and_says_no_more_has_it()
    {
        var trial = Offered();

        Report(trial, WalletEvent.Issued);
        Report(trial, WalletEvent.Issued);
        trial.Pass(TimeSpan.FromMinutes(14));
        Assert.Empty(trial.Lines);
        trial.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal([DeliverToWallet.Issued], trial.Lines);
        Assert.Single(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.CredentialDelivered);
    }

    [Fact]
    public void A_confirmation_soon_after_it_was_fetched_counts()
    {
        var trial = Offered();

        Report(trial, WalletEvent.Issued);
        Report(trial, WalletEvent.Accepted);

        Assert.Equal([DeliverToWallet.Accepted], trial.Lines);
    }

    [Fact]
    public void An_offer_nobody_takes_expires()
    {
        var trial = Offered();

        trial.Pass(TimeSpan.FromDays(30));

        Assert.Equal([DeliverToWallet.Expired], trial.Lines);
    }

    [Fact]
    public void An_unknown_event_is_refused()
    {
        var trial = Offered();

        var refusal = Assert.Throws<RefusedException>(() => trial.Resume(Id, DeliverToWallet.BookmarkName, new JsonObject { ["event"] = "Lost" }));

        Assert.Equal("WALLET_EVENT_UNKNOWN", refusal.Code);
    }

    [Fact]
    public void Only_a_released_result_is_offered()
    {
        var refusal = Assert.Throws<RefusedException>(() => Run("PublicService.DeliverToWallet", [], Outcomes));

        Assert.Equal("RESULT_NOT_RELEASED", refusal.Code);
    }

    private static DossierTrial Offered()
    {
        var trial = RunReleased("PublicService.DeliverToWallet", [], Outcomes);
        Assert.Contains(trial.Dossier.Ledger, entry => entry.Act is LedgerAct.CredentialOffered);
        return trial;
    }

    private static void Report(DossierTrial trial, WalletEvent happened) =>
        trial.Resume(Id, DeliverToWallet.BookmarkName, new JsonObject { ["event"] = happened.ToString() });
}
