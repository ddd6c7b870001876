using PublicService.Activities;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>What a click is about: a dossier with what its activities may know of it, or a workflow without one.</summary>
public sealed record ClickTarget(Dossier? Dossier, bool IsNew, DossierSubject? Subject);

/// <summary>A stored instance as a click needs it.</summary>
/// <param name="Skips">Outcomes of steps that somebody has let be skipped.</param>
public sealed record LoadedInstance(InstanceRow Row, WorkflowDefinition Definition, Dictionary<string, string> Skips);
