using System.Data;

namespace BanBuCheng.Engine.Durable;

/// <summary>A command text with the names and types of its parameters; one object per provider and purpose, the key of prepared commands.</summary>
internal sealed class Statement(string text, params (string Name, DbType Type)[] parameters)
{
    public string Text { get; } = text;
    public (string Name, DbType Type)[] Parameters { get; } = parameters;
}
