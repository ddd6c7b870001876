namespace PublicService.Dossiers;

public sealed partial class Dossier
{
    /// <summary>A paper joins the dossier; its content lies elsewhere, the ledger keeps its hash.</summary>
    public void AttachPaper(string name, string fileName, string sha256, Act act)
    {
        name = Given(name, "PAPER_NAME_REQUIRED", "tên giấy tờ");
        CheckOpen(act);
        Record(LedgerAct.PaperAttached, act, data: new { name, fileName, sha256 });
    }

    /// <summary>A paper is taken out while the dossier is open; what it was stays on record.</summary>
    public void RemovePaper(string name, string sha256, string reason, Act act)
    {
        reason = GivenReason(reason);
        CheckOpen(act);
        Record(LedgerAct.PaperRemoved, act, reason, data: new { name, sha256 });
    }
}
