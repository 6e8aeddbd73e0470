using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Engine.Durable;

/// <summary>
/// The engine's rows of one step, over the database context of the caller's step: reads by prepared commands, writes collected and
/// flushed once, in its transaction. Reads see what was collected.
/// </summary>
/// <remarks>
/// On PostgreSQL the row of an instance is locked when it is loaded, always before its waits, so that steps of one instance follow one
/// another. Whoever publishes a stimulus and whoever begins to wait for it pass the same gate, or both could miss each other.
/// </remarks>
public sealed partial class DbFlowStore(DbContext db, TimeProvider clock, DefinitionTexts texts) : IFlowStore
{
    private readonly FlowCommands _commands = new(db);
    private readonly Dictionary<Guid, StepInstance> _instances = [];
    private readonly List<StepInstance> _order = [];

    private FlowSql Sql => _commands.Sql;

    public async ValueTask<FlowInstance?> LoadAsync(Guid instanceId, CancellationToken ct)
    {
        if (_instances.TryGetValue(instanceId, out var known)) return known.Instance;
        await _commands.ReadAsync([(Sql.Load, [instanceId])], Take, ct);
        return _instances.GetValueOrDefault(instanceId)?.Instance;
    }

    public void Add(FlowInstance instance) => Track(new StepInstance(instance, null));

    public void Save(FlowInstance instance) => _instances[instance.Id].IsChanged = true;

    public async ValueTask<bool> AnyRunningAsync(string? definitionId, string? correlationId, CancellationToken ct)
    {
        foreach (var known in _order)
            if (known.IsRunning && (definitionId is null || known.Instance.DefinitionId == definitionId)
                && (correlationId is null || known.Instance.CorrelationId == correlationId)) return true;

        // Those known in this step were just looked at and may have ended since: look past them.
        var take = _order.Count + 1;
        (Statement, object?[]) ask = (definitionId, correlationId) switch
        {
            (null, null) => (Sql.Running, [take]),
            (null, _) => (Sql.RunningOfCorrelation, [correlationId, take]),
            (_, null) => (Sql.RunningOfDefinition, [definitionId, take]),
            _ => (Sql.RunningOfDefinitionAndCorrelation, [definitionId, correlationId, take]),
        };
        var any = false;
        // Who asks is about to start the only one: two who ask at once must not both be told no.
        await _commands.ReadAsync(
            Sql.HasManyWriters ? [(Sql.Turn, [Key("start", definitionId, correlationId)]), ask] : [ask],
            reader => any |= !_instances.ContainsKey(reader.GetGuid(0)), ct);
        return any;
    }

    public async ValueTask<IReadOnlyList<Guid>> RunningOfCorrelationAsync(string correlationId, CancellationToken ct)
    {
        var found = new List<(DateTimeOffset At, Guid Id)>();
        await _commands.ReadAsync([(Sql.RunningOfCorrelation, [correlationId, int.MaxValue])], reader =>
        {
            if (!_instances.ContainsKey(reader.GetGuid(0))) found.Add((Instant(reader, 1), reader.GetGuid(0)));
        }, ct);
        foreach (var known in _order)
            if (known.IsRunning && known.Instance.CorrelationId == correlationId) found.Add((known.Instance.CreatedAt, known.Instance.Id));
        return [.. found.OrderBy(f => f.At).ThenBy(f => f.Id).Select(f => f.Id)];
    }

    public void Log(FlowInstance instance, int firstNumber, IReadOnlyList<JournalEntry> entries) => _instances[instance.Id].Log(firstNumber, entries);

    private void Track(StepInstance instance)
    {
        _instances.Add(instance.Instance.Id, instance);
        _order.Add(instance);
    }

    private void Take(DbDataReader reader)
    {
        if (_instances.ContainsKey(reader.GetGuid(1))) return;
        Track(new StepInstance(
            new FlowInstance
            {
                Id = reader.GetGuid(1),
                DefinitionId = reader.GetString(2),
                DefinitionVersionId = reader.GetString(3),
                DefinitionVersion = reader.GetInt32(4),
                Version = reader.GetInt32(5),
                CorrelationId = Text(reader, 6),
                Name = Text(reader, 7),
                ParentId = reader.IsDBNull(8) ? null : reader.GetGuid(8),
                Status = reader.GetString(9) == nameof(FlowStatus.Running) ? FlowStatus.Running : FlowStatus.Finished,
                SubStatus = Enum.Parse<FlowSubStatus>(reader.GetString(10)),
                CreatedAt = Instant(reader, 11),
                UpdatedAt = Instant(reader, 12),
                FinishedAt = InstantOrNull(reader, 13),
                State = reader.GetString(14),
                Outputs = Text(reader, 15),
                OpenIncidents = reader.GetInt32(16),
                JournalLength = reader.GetInt32(17),
            },
            reader.GetInt64(0)));
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset Instant(DbDataReader reader, int column) => new(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));

    private static DateTimeOffset? InstantOrNull(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : Instant(reader, column);

    /// <summary>A number for a gate of the database, the same on every node.</summary>
    private static long Key(string purpose, string? first, string? second) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{first}\n{second}")));
}
