using PublicService.Activities.Checks;
using PublicService.Engine.Directories;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Checks;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.CommandLine;

/// <summary><c>check PATH...</c>: validates definitions and credential types, one line for each finding: file, activity, code and a Vietnamese sentence.</summary>
internal sealed class CheckCommand(ActivityCatalog catalog, TextWriter output, TextWriter errors, Func<IEnumerable<Procedure>> procedures)
{
    private readonly Lazy<Dictionary<string, ProcedureFacts>> facts = new(() => procedures()
        .ToDictionary(procedure => procedure.Code, procedure => new ProcedureFacts(procedure.Code, procedure.Name, procedure.Limit)));

    public int Run(string[] paths)
    {
        if (paths.Length == 0)
        {
            errors.WriteLine("USAGE: check PATH...");
            return CommandLineTool.Malformed;
        }

        var missing = paths.FirstOrDefault(path => !File.Exists(path) && !Directory.Exists(path));
        if (missing is not null)
        {
            errors.WriteLine($"FILE_UNREADABLE: {missing} does not exist.");
            return CommandLineTool.Malformed;
        }

        var files = paths.SelectMany(path => FilesAt(path)).ToList();
        var errorCount = files.Sum(Check);
        output.WriteLine($"{files.Count} tệp, {errorCount} lỗi.");
        return errorCount == 0 ? CommandLineTool.Fine : CommandLineTool.Findings;
    }

    private static IEnumerable<string> FilesAt(string path) =>
        Directory.Exists(path) ? Directory.GetFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    private int Check(string file)
    {
        IReadOnlyList<Finding> findings;
        try
        {
            if (CredentialTypeFiles.IsOne(file))
            {
                CredentialTypeReader.Read(File.ReadAllText(file));
                return 0;
            }

            var definition = DefinitionReader.Read(File.ReadAllBytes(file), catalog);
            findings = [.. DefinitionCheck.Check(definition), .. ProcedureCheck.Check(definition, facts.Value.GetValueOrDefault(ProcedureCheck.CodeOf(definition)))];
        }
        catch (DefinitionException malformed)
        {
            findings = [new Finding(malformed.Code, FindingLevel.Error, null, $"Tệp không phải định nghĩa quy trình: {malformed.Message}")];
        }
        catch (UnacceptableException wrong)
        {
            findings = [new Finding("CREDENTIAL_TYPE_WRONG", FindingLevel.Error, null, $"Loại giấy tờ trong ví chưa đúng: {wrong.Message}")];
        }

        foreach (var finding in findings)
        {
            output.WriteLine($"{file}: {finding.ActivityId ?? "-"}: {(finding.Level is FindingLevel.Error ? "lỗi" : "cảnh báo")} {finding.Code}: {finding.Message}");
        }

        return findings.Count(finding => finding.Level is FindingLevel.Error);
    }
}
