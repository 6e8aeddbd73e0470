using System.Text.Encodings.Web;
using System.Text.Json;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;

namespace BanBuCheng.Desk.Backup;

/// <summary>What a backup says of itself: from which program and schema, of which instant, how much, and the hash of every file in it.</summary>
public sealed record BackupManifest
{
    /// <summary>The layout of archives that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;
    public required string Program { get; init; }
    public required DatabaseProvider Provider { get; init; }

    /// <summary>The last migration of the database that was copied.</summary>
    public required string Schema { get; init; }

    /// <summary>The instant of the copy, by this machine's clock: everything acknowledged before it is inside.</summary>
    public required DateTimeOffset TakenAt { get; init; }
    public required int Cases { get; init; }
    public required int OpenCases { get; init; }
    public required long JournalRows { get; init; }

    /// <summary>The newest checkpoint in the copy; worth writing down elsewhere.</summary>
    public JournalAnchor? Checkpoint { get; init; }
    public required IReadOnlyList<BackupEntry> Entries { get; init; }

    private static JsonSerializerOptions Form { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static BackupManifest Read(byte[] text) => JsonSerializer.Deserialize<BackupManifest>(text, Form) ?? throw new JsonException("Expected a manifest, but it is empty.");
}

/// <summary>One file of the archive.</summary>
/// <param name="Table">The table whose rows it holds; null for a file that goes into the data folder as it is.</param>
/// <param name="Columns">The table's columns, in the order in which the rows hold them.</param>
public sealed record BackupEntry(string Name, long Bytes, string Sha256, string? Table = null, IReadOnlyList<string>? Columns = null, long? Rows = null);
