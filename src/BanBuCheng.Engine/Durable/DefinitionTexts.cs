using System.Collections.Concurrent;

namespace BanBuCheng.Engine.Durable;

/// <summary>Document texts by version and hash, shared by all steps of a process: a text is fetched once, and again when it became another.</summary>
public sealed class DefinitionTexts
{
    private const int MaxKept = 1_000;
    private readonly ConcurrentDictionary<(string VersionId, string Hash), string> _texts = new();

    internal bool TryGet(string versionId, string hash, out string? text) => _texts.TryGetValue((versionId, hash), out text);

    internal void Keep(string versionId, string hash, string text)
    {
        if (_texts.Count >= MaxKept) _texts.Clear();
        _texts[(versionId, hash)] = text;
    }
}
