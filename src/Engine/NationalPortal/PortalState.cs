using System.Linq.Expressions;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.NationalPortal;

/// <summary>How a dossier stands with the national portal. Every dossier is in exactly one of these.</summary>
public enum PortalState
{
    /// <summary>No message was ever made: a dossier from before the synchronisation.</summary>
    NeverSent,

    /// <summary>The portal has accepted everything there is to tell.</summary>
    Accepted,

    /// <summary>The portal refused the data.</summary>
    Rejected,

    /// <summary>Not sent, because the message lacks what the portal demands.</summary>
    Held,

    /// <summary>A message was given up and waits for a person.</summary>
    Dead,

    /// <summary>Waits in the outbox.</summary>
    Pending,
}

/// <summary>The states as conditions on the facts; the report counts by the same words in SQL.</summary>
internal static class PortalStates
{
    public static Expression<Func<DossierFactsRow, bool>> Is(PortalState state, EngineDb db) => state switch
    {
        PortalState.NeverSent => facts => facts.PortalTold == 0,
        PortalState.Accepted => facts => facts.PortalTold > 0 && facts.PortalKnown >= facts.PortalTold,
        PortalState.Rejected => facts => facts.PortalTold > 0 && facts.PortalKnown < facts.PortalTold && facts.PortalRefused > facts.PortalKnown && !facts.PortalHeld,
        PortalState.Held => facts => facts.PortalTold > 0 && facts.PortalKnown < facts.PortalTold && facts.PortalRefused > facts.PortalKnown && facts.PortalHeld,
        PortalState.Dead => facts => facts.PortalTold > 0 && facts.PortalKnown < facts.PortalTold && facts.PortalRefused <= facts.PortalKnown
            && db.Outbox.Any(row => row.DossierId == facts.DossierId && row.Kind == DossierFacts.PortalKind && row.DeadAt != null && row.SentAt == null),
        PortalState.Pending => facts => facts.PortalTold > 0 && facts.PortalKnown < facts.PortalTold && facts.PortalRefused <= facts.PortalKnown
            && !db.Outbox.Any(row => row.DossierId == facts.DossierId && row.Kind == DossierFacts.PortalKind && row.DeadAt != null && row.SentAt == null),
    };

    public static string Word(this PortalState state) => state switch
    {
        PortalState.NeverSent => "Chưa từng gửi",
        PortalState.Accepted => "Cổng đã nhận",
        PortalState.Rejected => "Cổng từ chối",
        PortalState.Held => "Giữ lại vì thiếu dữ liệu",
        PortalState.Dead => "Dừng gửi",
        PortalState.Pending => "Chờ gửi",
    };
}
