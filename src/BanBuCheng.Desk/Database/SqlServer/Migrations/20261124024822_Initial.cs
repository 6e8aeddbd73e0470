using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "case_documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    title = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    document_number = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    issuing_unit = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    filed_with = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    receipt_number = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    added_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    added_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_documents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_journal",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sequence = table.Column<int>(type: "int", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    actor_kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    actor_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    facts = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_journal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    text = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    author = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    outcome = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true),
                    text = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    sms_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    issued_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    issued_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    withdrawn = table.Column<bool>(type: "bit", nullable: false),
                    delivered_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    delivered_by = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true),
                    delivered_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    delivery_note = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_pauses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_pauses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_serials",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    last = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_serials", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false),
                    query_code_hash = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    submission_key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subject = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    story = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    original_item = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    original_window = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    visits_before = table.Column<int>(type: "int", nullable: false),
                    applicant_kind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    applicant_name = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    masked_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    phone = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    phone_index = table.Column<byte[]>(type: "varbinary(900)", nullable: false),
                    masked_phone = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    id_number = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    id_number_index = table.Column<byte[]>(type: "varbinary(900)", nullable: true),
                    care_flags = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    channel = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    needed_by = table.Column<DateOnly>(type: "date", nullable: true),
                    needed_by_reason = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    difficulty = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    first_contact = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    first_contact_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    first_contact_phone = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    window_unit_code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    accepted_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    accepted_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    stage = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    clock = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_is_provisional = table.Column<bool>(type: "bit", nullable: false),
                    limit_working_days = table.Column<int>(type: "int", nullable: false),
                    extended_by = table.Column<int>(type: "int", nullable: false),
                    paused_on = table.Column<DateOnly>(type: "date", nullable: true),
                    paused_until = table.Column<DateOnly>(type: "date", nullable: true),
                    pause_reason = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    policy_attribute = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    cause_codes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    lead_unit = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    assisting_units = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    reply_owed = table.Column<bool>(type: "bit", nullable: false),
                    outcome = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true),
                    replied_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    closed_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    journal_salt = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    journal_count = table.Column<int>(type: "int", nullable: false),
                    journal_head = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cases", x => x.id);
                    table.CheckConstraint("ck_cases_closed_has_reply", "state <> 'Closed' OR (replied_at IS NOT NULL AND outcome IS NOT NULL)");
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    friendly_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    xml = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "desk_facts",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    value = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_desk_facts", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "flow_definitions",
                columns: table => new
                {
                    version_id = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    kind = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    document = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    is_latest = table.Column<bool>(type: "bit", nullable: false),
                    is_published = table.Column<bool>(type: "bit", nullable: false),
                    usable_as_activity = table.Column<bool>(type: "bit", nullable: false),
                    origin = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_definitions", x => x.version_id);
                });

            migrationBuilder.CreateTable(
                name: "flow_inbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    correlation_id = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    instance_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    input = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    keep_until = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_inbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flow_incidents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    instance_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    node_path = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    execution = table.Column<int>(type: "int", nullable: false),
                    type = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    message = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    details = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    resolved_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    resolution = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_incidents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flow_instances",
                columns: table => new
                {
                    no = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    definition_version_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    definition_version = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    correlation_id = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: true),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    parent_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    status = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    sub_status = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    finished_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    state = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    outputs = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    open_incidents = table.Column<int>(type: "int", nullable: false),
                    journal_length = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_instances", x => x.no);
                });

            migrationBuilder.CreateTable(
                name: "flow_log",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    instance_no = table.Column<long>(type: "bigint", nullable: false),
                    first_seq = table.Column<int>(type: "int", nullable: false),
                    count = table.Column<int>(type: "int", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    data = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_log", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flow_sources",
                columns: table => new
                {
                    file_name = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    outcome = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    imported_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_sources", x => x.file_name);
                });

            migrationBuilder.CreateTable(
                name: "flow_triggers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    definition_id = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    definition_version_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    node_path = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    payload = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    due_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    interval_ticks = table.Column<long>(type: "bigint", nullable: true),
                    cron = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    leased_until = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_triggers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flow_waits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    instance_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    payload = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    activity_id = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    node_path = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    execution = table.Column<int>(type: "int", nullable: false),
                    due_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    leased_until = table.Column<DateTime>(type: "datetime2", nullable: true),
                    tag = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    details = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    created_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_waits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    instance_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    activity_id = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    purpose = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    title = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    instructions = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    form_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    outcomes = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    assigned_role = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    assigned_unit = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    assigned_person = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    excluded_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    holder_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    holder_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    round = table.Column<int>(type: "int", nullable: false),
                    within_days = table.Column<int>(type: "int", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    sort_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    state = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    opened_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ended_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    done_by_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    done_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    outcome = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    answer = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "journal_checkpoints",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    cases = table.Column<int>(type: "int", nullable: false),
                    heads = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_checkpoints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "office_units",
                columns: table => new
                {
                    code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    phone = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    address = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    order = table.Column<int>(type: "int", nullable: false),
                    active = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_office_units", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_sms",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    template = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    phone = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    masked_phone = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    parameters = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    state = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    queued_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    leased_until = table.Column<DateTime>(type: "datetime2", nullable: true),
                    gateway_reference = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    failure_code = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    handed_over_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    reported_at = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outgoing_sms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "policy_versions",
                columns: table => new
                {
                    number = table.Column<int>(type: "int", nullable: false),
                    content = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    changed_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    changed_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy_versions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "solution_attempts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    text = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    proposed_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_by_unit = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    state = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    objection = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    objector = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    objection_basis = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    decided_at = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_solution_attempts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "task_drafts",
                columns: table => new
                {
                    key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    content = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    revision = table.Column<int>(type: "int", nullable: false),
                    saved_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_drafts", x => new { x.key, x.login });
                });

            migrationBuilder.CreateTable(
                name: "task_forms",
                columns: table => new
                {
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    schema = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_forms", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "staff",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    unit_code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    phone = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    roles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    active = table.Column<bool>(type: "bit", nullable: false),
                    password_hash = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    must_change_password = table.Column<bool>(type: "bit", nullable: false),
                    failed_sign_ins = table.Column<int>(type: "int", nullable: false),
                    locked_until = table.Column<DateTime>(type: "datetime2", nullable: true),
                    security_stamp = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff", x => x.id);
                    table.ForeignKey(
                        name: "fk_staff_office_units_unit_code",
                        column: x => x.unit_code,
                        principalTable: "office_units",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_case_documents_case_id",
                table: "case_documents",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_journal_case_id_sequence",
                table: "case_journal",
                columns: new[] { "case_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_case_notes_case_id",
                table: "case_notes",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_notices_case_id",
                table: "case_notices",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_notices_sms_id",
                table: "case_notices",
                column: "sms_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_pauses_case_id",
                table: "case_pauses",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_cases_accepted_at_id",
                table: "cases",
                columns: new[] { "accepted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_id_number_index",
                table: "cases",
                column: "id_number_index");

            migrationBuilder.CreateIndex(
                name: "ix_cases_number",
                table: "cases",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cases_phone_index",
                table: "cases",
                column: "phone_index");

            migrationBuilder.CreateIndex(
                name: "ix_cases_state_due_on_id",
                table: "cases",
                columns: new[] { "state", "due_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_submission_key",
                table: "cases",
                column: "submission_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_flow_definitions_version",
                table: "flow_definitions",
                columns: new[] { "definition_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_flow_inbox_hash",
                table: "flow_inbox",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_flow_inbox_keep_until",
                table: "flow_inbox",
                column: "keep_until");

            migrationBuilder.CreateIndex(
                name: "ix_flow_incidents_instance",
                table: "flow_incidents",
                column: "instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_flow_incidents_open",
                table: "flow_incidents",
                column: "at",
                filter: "resolved_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_flow_instances_correlation",
                table: "flow_instances",
                column: "correlation_id");

            migrationBuilder.CreateIndex(
                name: "ix_flow_instances_incidents",
                table: "flow_instances",
                column: "open_incidents",
                filter: "open_incidents > 0");

            migrationBuilder.CreateIndex(
                name: "ix_flow_instances_parent",
                table: "flow_instances",
                column: "parent_id",
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_flow_instances_running",
                table: "flow_instances",
                column: "definition_id",
                filter: "status = 'Running'");

            migrationBuilder.CreateIndex(
                name: "ux_flow_instances_id",
                table: "flow_instances",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_flow_log_seq",
                table: "flow_log",
                columns: new[] { "instance_no", "first_seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_flow_triggers_definition",
                table: "flow_triggers",
                column: "definition_id");

            migrationBuilder.CreateIndex(
                name: "ix_flow_triggers_due",
                table: "flow_triggers",
                columns: new[] { "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_flow_triggers_hash",
                table: "flow_triggers",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_flow_waits_due",
                table: "flow_waits",
                columns: new[] { "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_flow_waits_hash",
                table: "flow_waits",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_flow_waits_instance",
                table: "flow_waits",
                column: "instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_assigned_role_state_sort_at_id",
                table: "inbox_tasks",
                columns: new[] { "assigned_role", "state", "sort_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_assigned_unit_state_sort_at_id",
                table: "inbox_tasks",
                columns: new[] { "assigned_unit", "state", "sort_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_case_id_opened_at",
                table: "inbox_tasks",
                columns: new[] { "case_id", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at_id",
                table: "inbox_tasks",
                columns: new[] { "done_by_login", "ended_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_holder_login_state_sort_at_id",
                table: "inbox_tasks",
                columns: new[] { "holder_login", "state", "sort_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_instance_id",
                table: "inbox_tasks",
                column: "instance_id");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_sms_case_id",
                table: "outgoing_sms",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_sms_queued_at_id",
                table: "outgoing_sms",
                columns: new[] { "queued_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_sms_state_next_attempt_at_id",
                table: "outgoing_sms",
                columns: new[] { "state", "next_attempt_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_solution_attempts_case_id_number",
                table: "solution_attempts",
                columns: new[] { "case_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_login",
                table: "staff",
                column: "login",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_unit_code",
                table: "staff",
                column: "unit_code");

            migrationBuilder.CreateIndex(
                name: "ix_task_drafts_saved_at",
                table: "task_drafts",
                column: "saved_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_documents");

            migrationBuilder.DropTable(
                name: "case_journal");

            migrationBuilder.DropTable(
                name: "case_notes");

            migrationBuilder.DropTable(
                name: "case_notices");

            migrationBuilder.DropTable(
                name: "case_pauses");

            migrationBuilder.DropTable(
                name: "case_serials");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "desk_facts");

            migrationBuilder.DropTable(
                name: "flow_definitions");

            migrationBuilder.DropTable(
                name: "flow_inbox");

            migrationBuilder.DropTable(
                name: "flow_incidents");

            migrationBuilder.DropTable(
                name: "flow_instances");

            migrationBuilder.DropTable(
                name: "flow_log");

            migrationBuilder.DropTable(
                name: "flow_sources");

            migrationBuilder.DropTable(
                name: "flow_triggers");

            migrationBuilder.DropTable(
                name: "flow_waits");

            migrationBuilder.DropTable(
                name: "inbox_tasks");

            migrationBuilder.DropTable(
                name: "journal_checkpoints");

            migrationBuilder.DropTable(
                name: "outgoing_sms");

            migrationBuilder.DropTable(
                name: "policy_versions");

            migrationBuilder.DropTable(
                name: "solution_attempts");

            migrationBuilder.DropTable(
                name: "staff");

            migrationBuilder.DropTable(
                name: "task_drafts");

            migrationBuilder.DropTable(
                name: "task_forms");

            migrationBuilder.DropTable(
                name: "office_units");
        }
    }
}
