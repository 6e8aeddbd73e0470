using System.Security.Cryptography;
using System.Text;

namespace BanBuCheng.Desk.Inbox;

/// <summary>表单 — a JSON Schema used by tasks, stored once per content; a thousand tasks with one form are one row here.</summary>
public sealed class TaskForm
{
    private TaskForm() { }

    public static TaskForm Of(string schema) => new() { Hash = HashOf(schema), Schema = schema };

    public static string HashOf(string schema) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)));

    public string Hash { get; private set; } = "";
    public string Schema { get; private set; } = "";
}

/// <summary>草稿 — what somebody has typed into a task's form and not handed in; survives a refused or failed save.</summary>
public sealed class TaskDraft
{
    private TaskDraft() { }

    public static TaskDraft Begin(Guid key, string login) => new() { Key = key, Login = login };

    /// <summary>The task's id, or the submission key of a blank intake form.</summary>
    public Guid Key { get; private set; }
    public string Login { get; private set; } = "";

    /// <summary>Posted fields as JSON, sealed: a draft may hold names and numbers.</summary>
    public byte[] Content { get; private set; } = [];
    public int Revision { get; private set; }
    public DateTimeOffset SavedAt { get; private set; }

    public void Save(byte[] content, DateTimeOffset now)
    {
        Content = content;
        Revision++;
        SavedAt = now;
    }
}
