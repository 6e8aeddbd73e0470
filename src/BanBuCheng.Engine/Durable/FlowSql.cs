using System.Data;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Engine.Durable;

/// <summary>
/// The engine's statements in the words of one provider. SQLite and PostgreSQL are run by the tests; SQL Server's differ in the
/// places named here and were never run.
/// </summary>
internal sealed partial class FlowSql
{
    private const string InstanceColumns =
        "id, definition_id, definition_version_id, definition_version, version, correlation_id, name, parent_id, status, sub_status, " +
        "created_at, updated_at, finished_at, state, outputs, open_incidents, journal_length";
    private const string WaitColumns = "id, instance_id, name, hash, payload, activity_id, node_path, execution, due_at, tag, details, created_at";
    private const string KeptColumns = "id, name, hash, correlation_id, instance_id, input, created_at, keep_until";
    private const string TriggerColumns =
        "id, definition_id, definition_version_id, activity_id, node_path, name, hash, payload, due_at, interval_ticks, cron";
    private const string IncidentColumns = "id, instance_id, activity_id, node_path, execution, type, message, details, at, resolved_at, resolution";
    private const string DefinitionHead = "version_id, definition_id, version, name, is_latest, is_published, usable_as_activity, created_at, hash";

    private static readonly FlowSql Sqlite = new(Provider.Sqlite);
    private static readonly FlowSql Postgres = new(Provider.Postgres);
    private static readonly FlowSql SqlServer = new(Provider.SqlServer);

    private readonly Provider _provider;
    private readonly DbType _instant;

    private FlowSql(Provider provider)
    {
        _provider = provider;
        _instant = provider == Provider.SqlServer ? DbType.DateTime2 : DbType.DateTime;
        // A lock on the instance's row orders the steps of one instance. SQLite has one writer anyway.
        var hint = provider == Provider.SqlServer ? " WITH (UPDLOCK, ROWLOCK)" : "";
        var forUpdate = provider == Provider.Postgres ? " FOR UPDATE" : "";

        Load = Make($"SELECT no, {InstanceColumns} FROM flow_instances{hint} WHERE id = @id{forUpdate}");
        LoadOfWait = Make(
            $"SELECT no, {InstanceColumns} FROM flow_instances{hint} WHERE id = (SELECT instance_id FROM flow_waits WHERE id = @id){forUpdate}");
        Running = Make($"SELECT id, created_at FROM flow_instances WHERE status = 'Running' ORDER BY no {First("@take")}");
        RunningOfDefinition = Make(
            $"SELECT id, created_at FROM flow_instances WHERE status = 'Running' AND definition_id = @definition_id ORDER BY no {First("@take")}");
        RunningOfDefinitionAndCorrelation = Make(
            "SELECT id, created_at FROM flow_instances WHERE status = 'Running' AND definition_id = @definition_id AND correlation_id = @correlation_id " +
            $"ORDER BY no {First("@take")}");
        RunningOfCorrelation = Make(
            $"SELECT id, created_at FROM flow_instances WHERE status = 'Running' AND correlation_id = @correlation_id ORDER BY no {First("@take")}");
        InsertInstance = Insert("flow_instances", InstanceColumns);
        UpdateInstance = Make(
            "UPDATE flow_instances SET version = @version + 1, sub_status = @sub_status, updated_at = @updated_at, state = @state, " +
            "journal_length = @journal_length WHERE id = @id AND version = @version");
        UpdateInstanceFully = Make(
            "UPDATE flow_instances SET version = @version + 1, sub_status = @sub_status, updated_at = @updated_at, state = @state, " +
            "journal_length = @journal_length, definition_version_id = @definition_version_id, definition_version = @definition_version, " +
            "correlation_id = @correlation_id, name = @name, status = @status, finished_at = @finished_at, outputs = @outputs, " +
            "open_incidents = @open_incidents WHERE id = @id AND version = @version");

        Wait = Make($"SELECT {WaitColumns} FROM flow_waits WHERE id = @id");
        WaitsByHash = Make($"SELECT {WaitColumns} FROM flow_waits WHERE hash = @hash ORDER BY created_at, id");
        WaitsByHashAndInstance = Make($"SELECT {WaitColumns} FROM flow_waits WHERE hash = @hash AND instance_id = @instance_id ORDER BY created_at, id");
        WaitsByHashAndCorrelation = Make(
            $"SELECT {Of("w", WaitColumns)} FROM flow_instances i {(provider == Provider.Sqlite ? "CROSS JOIN" : "JOIN")} flow_waits w " +
            $"{(provider == Provider.Sqlite ? "" : "ON w.instance_id = i.id ")}WHERE i.correlation_id = @correlation_id AND i.status = 'Running' " +
            // The unary plus keeps SQLite from starting at the hash, which a million waiting cases may share.
            $"AND w.instance_id = i.id AND {(provider == Provider.Sqlite ? "+" : "")}w.hash = @hash ORDER BY w.created_at, w.id");
        InsertWait = Insert("flow_waits", WaitColumns);
        DeleteWait = Make("DELETE FROM flow_waits WHERE id = @id");
        DeleteWaitsOf = Make("DELETE FROM flow_waits WHERE instance_id = @instance_id");
        MoveWait = Make("UPDATE flow_waits SET due_at = @due_at, leased_until = NULL WHERE id = @id");

        RelocateWait = Make("UPDATE flow_waits SET activity_id = @activity_id, node_path = @node_path WHERE id = @id");
        RelocateIncidents = Make(
            "UPDATE flow_incidents SET activity_id = @activity_id, node_path = @node_path " +
            "WHERE instance_id = @instance_id AND execution = @execution AND resolved_at IS NULL");

        Kept = Make(
            $"SELECT {KeptColumns} FROM flow_inbox WHERE hash = @hash AND keep_until > @now AND (correlation_id IS NULL OR correlation_id = @correlation_id) " +
            "AND (instance_id IS NULL OR instance_id = @instance_id) ORDER BY created_at, id");
        InsertKept = Insert("flow_inbox", KeptColumns);
        DeleteKept = Make("DELETE FROM flow_inbox WHERE id = @id");

        TriggersByHash = Make($"SELECT {TriggerColumns} FROM flow_triggers WHERE hash = @hash ORDER BY id");
        Trigger = Make($"SELECT {TriggerColumns} FROM flow_triggers{hint} WHERE id = @id{forUpdate}");
        InsertTrigger = Insert("flow_triggers", TriggerColumns);
        DeleteTriggersOf = Make("DELETE FROM flow_triggers WHERE definition_id = @definition_id");
        DeleteTrigger = Make("DELETE FROM flow_triggers WHERE id = @id");
        MoveTrigger = Make("UPDATE flow_triggers SET due_at = @due_at, leased_until = NULL WHERE id = @id AND due_at = @was_due_at");

        InsertIncident = Insert("flow_incidents", IncidentColumns);
        ResolveIncidents = Make("UPDATE flow_incidents SET resolved_at = @now, resolution = @resolution WHERE instance_id = @instance_id AND resolved_at IS NULL");
        ResolveIncidentsOfExecution = Make(
            "UPDATE flow_incidents SET resolved_at = @now, resolution = @resolution " +
            "WHERE instance_id = @instance_id AND execution = @execution AND resolved_at IS NULL");

        InsertLog = Make("INSERT INTO flow_log (instance_no, first_seq, count, at, data) VALUES (@no, @first_seq, @count, @at, @data)");
        InsertFirstLog = Make(
            "INSERT INTO flow_log (instance_no, first_seq, count, at, data) SELECT no, @first_seq, @count, @at, @data FROM flow_instances WHERE id = @id");

        LogOf = Make("SELECT first_seq, count, at, data FROM flow_log WHERE instance_no = @no ORDER BY first_seq");
        DeleteLogOf = Make("DELETE FROM flow_log WHERE instance_no = @no");

        Version = Make($"SELECT {DefinitionHead} FROM flow_definitions WHERE version_id = @version_id");
        Published = Make($"SELECT {DefinitionHead} FROM flow_definitions WHERE definition_id = @definition_id AND is_published = @yes");
        Versions = Make($"SELECT {DefinitionHead} FROM flow_definitions WHERE definition_id = @definition_id ORDER BY version");
        Document = Make("SELECT document FROM flow_definitions WHERE version_id = @version_id");
        LatestNaming = Make($"SELECT {DefinitionHead} FROM flow_definitions WHERE is_latest = @yes AND document LIKE @like ORDER BY definition_id");
        Origins = Make("SELECT origin, is_published FROM flow_definitions WHERE definition_id = @definition_id ORDER BY version DESC");
        UpdateDefinition = Make(
            "UPDATE flow_definitions SET name = @name, kind = @kind, document = @document, hash = @hash, is_latest = @is_latest, " +
            "is_published = @is_published, usable_as_activity = @usable_as_activity WHERE version_id = @version_id");
        InsertDefinition = Make(
            "INSERT INTO flow_definitions (version_id, definition_id, version, name, kind, document, hash, is_latest, is_published, usable_as_activity, origin, created_at) " +
            "SELECT @version_id, @definition_id, @version, @name, @kind, @document, @hash, @is_latest, @is_published, @usable_as_activity, @origin, @created_at " +
            "WHERE NOT EXISTS (SELECT 1 FROM flow_definitions WHERE version_id = @version_id)");
        SetOrigin = Make("UPDATE flow_definitions SET origin = @origin WHERE version_id = @version_id");
        DeleteDefinition = Make("DELETE FROM flow_definitions WHERE version_id = @version_id");
        Unpublish = Make("UPDATE flow_definitions SET is_published = @no_longer WHERE definition_id = @definition_id AND version_id <> @version_id AND is_published = @yes");
        Unlatest = Make("UPDATE flow_definitions SET is_latest = @no_longer WHERE definition_id = @definition_id AND version_id <> @version_id AND is_latest = @yes");

        Sources = Make("SELECT file_name, hash FROM flow_sources");
        UpdateSource = Make(
            "UPDATE flow_sources SET hash = @hash, definition_id = @definition_id, outcome = @outcome, imported_at = @at WHERE file_name = @file_name");
        InsertSource = Make(
            "INSERT INTO flow_sources (file_name, hash, definition_id, outcome, imported_at) SELECT @file_name, @hash, @definition_id, @outcome, @at " +
            "WHERE NOT EXISTS (SELECT 1 FROM flow_sources WHERE file_name = @file_name)");

        Turn = TurnAt("pg_advisory_xact_lock", "Exclusive");
        SharedTurn = TurnAt("pg_advisory_xact_lock_shared", "Shared");

        DueWaits = Due("flow_waits");
        DueTriggers = Due("flow_triggers");
        NextWait = Next("flow_waits");
        NextTrigger = Next("flow_triggers");
        LeaseWaits = Lease("flow_waits");
        LeaseTriggers = Lease("flow_triggers");
    }

    private enum Provider { Sqlite, Postgres, SqlServer }

    public Statement Load { get; }
    public Statement LoadOfWait { get; }
    public Statement Running { get; }
    public Statement RunningOfDefinition { get; }
    public Statement RunningOfDefinitionAndCorrelation { get; }
    public Statement RunningOfCorrelation { get; }
    public Statement InsertInstance { get; }
    public Statement UpdateInstance { get; }
    public Statement UpdateInstanceFully { get; }
    public Statement Wait { get; }
    public Statement WaitsByHash { get; }
    public Statement WaitsByHashAndInstance { get; }
    public Statement WaitsByHashAndCorrelation { get; }
    public Statement InsertWait { get; }
    public Statement DeleteWait { get; }
    public Statement DeleteWaitsOf { get; }
    public Statement MoveWait { get; }
    public Statement RelocateWait { get; }
    public Statement RelocateIncidents { get; }
    public Statement Kept { get; }
    public Statement InsertKept { get; }
    public Statement DeleteKept { get; }
    public Statement TriggersByHash { get; }
    public Statement Trigger { get; }
    public Statement InsertTrigger { get; }
    public Statement DeleteTriggersOf { get; }
    public Statement DeleteTrigger { get; }
    public Statement MoveTrigger { get; }
    public Statement InsertIncident { get; }
    public Statement ResolveIncidents { get; }
    public Statement ResolveIncidentsOfExecution { get; }
    public Statement InsertLog { get; }
    public Statement InsertFirstLog { get; }
    public Statement LogOf { get; }
    public Statement DeleteLogOf { get; }
    public Statement Version { get; }
    public Statement Published { get; }
    public Statement Versions { get; }
    public Statement Document { get; }
    public Statement LatestNaming { get; }
    public Statement Origins { get; }
    public Statement UpdateDefinition { get; }
    public Statement InsertDefinition { get; }
    public Statement DeleteDefinition { get; }
    public Statement SetOrigin { get; }
    public Statement Unpublish { get; }
    public Statement Unlatest { get; }
    public Statement Sources { get; }
    public Statement UpdateSource { get; }
    public Statement InsertSource { get; }

    /// <summary>A lock by number until the end of the transaction; <see cref="SharedTurn"/> lets others of its kind pass.</summary>
    public Statement Turn { get; }
    public Statement SharedTurn { get; }
    public Statement DueWaits { get; }
    public Statement DueTriggers { get; }
    public Statement NextWait { get; }
    public Statement NextTrigger { get; }
    public Statement LeaseWaits { get; }
    public Statement LeaseTriggers { get; }

    /// <summary>Several writers at once: steps must be kept apart by locks. SQLite has one writer.</summary>
    public bool HasManyWriters => _provider != Provider.Sqlite;

    /// <summary>PostgreSQL: round trips are the cost of a step, so its statements travel together.</summary>
    public bool Batches => _provider == Provider.Postgres;

    public static FlowSql Of(DbContext db) => db.Database.ProviderName switch
    {
        "Microsoft.EntityFrameworkCore.Sqlite" => Sqlite,
        "Npgsql.EntityFrameworkCore.PostgreSQL" => Postgres,
        "Microsoft.EntityFrameworkCore.SqlServer" => SqlServer,
        var other => throw new NotSupportedException($"Expected SQLite, PostgreSQL or SQL Server below the flows, but the database context uses {other}."),
    };

    private Statement Due(string table) => Make(
        $"SELECT id, due_at FROM {table} WHERE due_at <= @now AND due_at >= @after_due AND (due_at > @after_due OR id > @after_id) " +
        $"ORDER BY due_at, id {First("@take")}");

    private Statement Next(string table) => Make($"SELECT due_at FROM {table} WHERE due_at > @after_due ORDER BY due_at {First("1")}");

    private Statement Lease(string table) => _provider switch
    {
        Provider.Postgres => Make(
            // A lease further away than one is ever given was written by a clock that has been set back since: it binds nobody.
            $"UPDATE {table} SET leased_until = @until WHERE id IN (SELECT id FROM {table} WHERE due_at <= @now AND due_at >= @after_due " +
            "AND (leased_until IS NULL OR leased_until <= @now OR leased_until > @until) ORDER BY due_at, id LIMIT @take FOR UPDATE SKIP LOCKED) RETURNING id, due_at"),
        Provider.SqlServer => Make(
            $"WITH head AS (SELECT TOP (@take) id, due_at, leased_until FROM {table} WITH (UPDLOCK, READPAST, ROWLOCK) WHERE due_at <= @now " +
            "AND due_at >= @after_due AND (leased_until IS NULL OR leased_until <= @now OR leased_until > @until) ORDER BY due_at, id) " +
            "UPDATE head SET leased_until = @until OUTPUT inserted.id, inserted.due_at", "@until", "@now", "@after_due", "@take"),
        _ => Make($"SELECT id, due_at FROM {table} WHERE due_at <= @now AND due_at >= @after_due ORDER BY due_at, id LIMIT @take"),
    };

    private Statement TurnAt(string function, string mode) => new(
        _provider switch
        {
            Provider.Postgres => $"SELECT {function}(@key)",
            Provider.SqlServer => "DECLARE @resource nvarchar(32) = CAST(@key AS nvarchar(32)); " +
                $"EXEC sp_getapplock @Resource = @resource, @LockMode = '{mode}', @LockOwner = 'Transaction'",
            _ => "SELECT 1 WHERE @key = 0",
        },
        ("@key", DbType.Int64));

    private string First(string count) => _provider == Provider.SqlServer ? $"OFFSET 0 ROWS FETCH NEXT {count} ROWS ONLY" : $"LIMIT {count}";

    private static string Of(string table, string columns) => string.Join(", ", columns.Split(", ").Select(c => $"{table}.{c}"));

    private Statement Insert(string table, string columns) =>
        Make($"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", columns.Split(", ").Select(c => "@" + c))})");

    /// <summary>Parameters come in the order of their first mention, unless an order is given; their types follow from their names.</summary>
    private Statement Make(string text, params string[] order) => new(
        text,
        [.. (order.Length > 0 ? order : ParameterName().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal)).Select(n => (n, TypeOf(n)))]);

    private DbType TypeOf(string name) => name switch
    {
        "@id" or "@instance_id" or "@parent_id" or "@after_id" => DbType.Guid,
        "@created_at" or "@updated_at" or "@finished_at" or "@due_at" or "@was_due_at" or "@keep_until" or "@at" or "@resolved_at" or "@now" or "@until"
            or "@after_due" => _instant,
        "@no" or "@key" or "@interval_ticks" => DbType.Int64,
        "@version" or "@definition_version" or "@open_incidents" or "@journal_length" or "@execution" or "@first_seq" or "@count" or "@take" => DbType.Int32,
        "@is_latest" or "@is_published" or "@usable_as_activity" or "@yes" or "@no_longer" => DbType.Boolean,
        _ => DbType.String,
    };

    [GeneratedRegex(@"@\w+")]
    private static partial Regex ParameterName();
}
