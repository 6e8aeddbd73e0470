namespace BanBuCheng.Engine.Durable;

/// <summary>A document that ships with the product, read before the step that imports it: a step opens no files.</summary>
/// <param name="Name">File name without its folder.</param>
public sealed record FlowFile(string Name, string Text)
{
    /// <summary>All <c>*.json</c> of a folder, by name; empty when there is no such folder.</summary>
    public static async Task<IReadOnlyList<FlowFile>> ReadAllAsync(string directory, CancellationToken ct)
    {
        if (!Directory.Exists(directory)) return [];
        var files = new List<FlowFile>();
        foreach (var path in Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal))
            files.Add(new FlowFile(Path.GetFileName(path), await File.ReadAllTextAsync(path, ct)));
        return files;
    }
}

/// <summary>What became of a file.</summary>
public enum FileOutcome
{
    /// <summary>The same as last time: nothing was touched.</summary>
    Unchanged,
    Published,

    /// <summary>The flow was edited here, so the product's new one lies beside it as a draft named 随产品更新: tell the administrator.</summary>
    KeptAsDraft,

    /// <summary>The gate refused; it is stored as a draft.</summary>
    Refused,

    /// <summary>Not a flow that could be read; nothing was stored, and it is looked at again at the next start.</summary>
    Damaged,
}

/// <param name="Version">The version stored; 0 when none was.</param>
public sealed record FileImport(string FileName, FileOutcome Outcome, string? DefinitionId, int Version, IReadOnlyList<FlowFinding> Findings);
