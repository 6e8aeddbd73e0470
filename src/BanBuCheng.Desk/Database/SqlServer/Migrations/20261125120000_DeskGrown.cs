using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DeskGrown : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "excluded_login",
                table: "inbox_tasks");

            migrationBuilder.AddColumn<string>(
                name: "excluded",
                table: "inbox_tasks",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "held_at",
                table: "inbox_tasks",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "about",
                table: "cases",
                type: "nvarchar(30)",
                maxLength: 30,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "backdate_reason",
                table: "cases",
                type: "nvarchar(120)",
                maxLength: 120,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "calendar_version",
                table: "cases",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "entered_at",
                table: "cases",
                type: "datetime2",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<bool>(
                name: "handed_over",
                table: "cases",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "legal_clauses",
                table: "cases",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "legal_finding",
                table: "cases",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "related_to",
                table: "cases",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "risk",
                table: "cases",
                type: "nvarchar(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "risk_text",
                table: "cases",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "text",
                table: "case_notices",
                type: "nvarchar(max)",
                maxLength: 8000,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(2000)",
                oldMaxLength: 2000);

            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "case_notices",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "needs_person",
                table: "case_notices",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "agency_steps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    authorisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    agent = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    applicant = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    text = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    recorded_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "agenda_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    raised_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    decided_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    outcome = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agenda_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attachment_contents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    bytes = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachment_contents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bottleneck_cases",
                columns: table => new
                {
                    bottleneck_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    call_back_at = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bottleneck_cases", x => new { x.bottleneck_id, x.case_id });
                });

            migrationBuilder.CreateTable(
                name: "calendar_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    year = table.Column<int>(type: "int", nullable: false),
                    notice_number = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    content = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    source = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    state = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    proposed_by_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    decided_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    decided_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    undo_asked_by_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    undo_asked_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    undo_reason = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    undone_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    undone_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_versions",
                columns: table => new
                {
                    number = table.Column<int>(type: "int", nullable: false),
                    change_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    adds = table.Column<bool>(type: "bit", nullable: false),
                    decided_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_versions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "case_attachments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    file_name = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    media_type = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    size = table.Column<int>(type: "int", nullable: false),
                    sha256 = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    scan = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    kept_by_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    kept_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    kept_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_attachments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_authorisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    agent_name = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    masked_agent = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    agent_phone = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    masked_agent_phone = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    relation = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    scope = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    recorded_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    recorded_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    revoked_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    revoked_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_authorisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_clusters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    begun_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    begun_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    study = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_clusters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_consultations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    unit = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    person = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    question = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    answer = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    basis = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    recorded_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    recorded_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_consultations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_praises",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    text = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    recorded_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_praises", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_returns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    from_unit = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_unit = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    basis = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    returned_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    decided_unit = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    decided_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    decided_at = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_returns", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_supplements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    items = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    wanted_by = table.Column<DateOnly>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    asked_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    asked_at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_supplements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_visits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    round = table.Column<int>(type: "int", nullable: false),
                    solved = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    satisfaction = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true),
                    words = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    visited_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_visits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cluster_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    cluster_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    situation = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    joined_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    left_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    left_because = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cluster_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "committee_meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    place = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    called_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    called_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    present = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    closed_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    closed_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_committee_meetings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "companion_steps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    text = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    planned_on = table.Column<DateOnly>(type: "date", nullable: false),
                    companion = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    planned_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    done_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    done_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    result = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_companion_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "decision_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    code = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    text = table.Column<string>(type: "nvarchar(240)", maxLength: 240, nullable: false),
                    unit_code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decision_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "on_site_answers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    submission_key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    question = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    answer = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    seconds = table.Column<int>(type: "int", nullable: false),
                    unit_code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    by_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_on_site_answers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "policy_bottlenecks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    clause = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    clause_key = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    conflict = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    proposal = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    owner_unit = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    addressee = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    review_on = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    found_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    changed_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    changed_to = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy_bottlenecks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "staff_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    to = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    seen_at = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_notices", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_cases_paused_until",
                table: "cases",
                column: "paused_until");

            migrationBuilder.CreateIndex(
                name: "ix_cases_state_calendar_version",
                table: "cases",
                columns: new[] { "state", "calendar_version" });

            migrationBuilder.CreateIndex(
                name: "ix_agency_steps_case_id",
                table: "agency_steps",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_items_case_id",
                table: "agenda_items",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_agenda_items_meeting_id",
                table: "agenda_items",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_bottleneck_cases_case_id",
                table: "bottleneck_cases",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_attachments_case_id",
                table: "case_attachments",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_attachments_key_kept_at",
                table: "case_attachments",
                columns: new[] { "key", "kept_at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_authorisations_case_id",
                table: "case_authorisations",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_clusters_number",
                table: "case_clusters",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_case_consultations_case_id",
                table: "case_consultations",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_praises_case_id",
                table: "case_praises",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_returns_case_id_from_unit",
                table: "case_returns",
                columns: new[] { "case_id", "from_unit" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_case_returns_from_unit_at",
                table: "case_returns",
                columns: new[] { "from_unit", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_case_supplements_case_id_number",
                table: "case_supplements",
                columns: new[] { "case_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_case_visits_at",
                table: "case_visits",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_case_visits_case_id_round",
                table: "case_visits",
                columns: new[] { "case_id", "round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cluster_members_case_id",
                table: "cluster_members",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_cluster_members_cluster_id",
                table: "cluster_members",
                column: "cluster_id");

            migrationBuilder.CreateIndex(
                name: "ix_committee_meetings_number",
                table: "committee_meetings",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_committee_meetings_on",
                table: "committee_meetings",
                column: "on");

            migrationBuilder.CreateIndex(
                name: "ix_companion_steps_case_id_number",
                table: "companion_steps",
                columns: new[] { "case_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_decision_items_case_id",
                table: "decision_items",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_decision_items_code",
                table: "decision_items",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_decision_items_meeting_id",
                table: "decision_items",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_on_site_answers_day_at",
                table: "on_site_answers",
                columns: new[] { "day", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_on_site_answers_number",
                table: "on_site_answers",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_on_site_answers_submission_key",
                table: "on_site_answers",
                column: "submission_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_policy_bottlenecks_clause_key",
                table: "policy_bottlenecks",
                column: "clause_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_policy_bottlenecks_number",
                table: "policy_bottlenecks",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_notices_case_id",
                table: "staff_notices",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_notices_to_seen_at_at",
                table: "staff_notices",
                columns: new[] { "to", "seen_at", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agency_steps");

            migrationBuilder.DropTable(
                name: "agenda_items");

            migrationBuilder.DropTable(
                name: "attachment_contents");

            migrationBuilder.DropTable(
                name: "bottleneck_cases");

            migrationBuilder.DropTable(
                name: "calendar_changes");

            migrationBuilder.DropTable(
                name: "calendar_versions");

            migrationBuilder.DropTable(
                name: "case_attachments");

            migrationBuilder.DropTable(
                name: "case_authorisations");

            migrationBuilder.DropTable(
                name: "case_clusters");

            migrationBuilder.DropTable(
                name: "case_consultations");

            migrationBuilder.DropTable(
                name: "case_praises");

            migrationBuilder.DropTable(
                name: "case_returns");

            migrationBuilder.DropTable(
                name: "case_supplements");

            migrationBuilder.DropTable(
                name: "case_visits");

            migrationBuilder.DropTable(
                name: "cluster_members");

            migrationBuilder.DropTable(
                name: "committee_meetings");

            migrationBuilder.DropTable(
                name: "companion_steps");

            migrationBuilder.DropTable(
                name: "decision_items");

            migrationBuilder.DropTable(
                name: "on_site_answers");

            migrationBuilder.DropTable(
                name: "policy_bottlenecks");

            migrationBuilder.DropTable(
                name: "staff_notices");

            migrationBuilder.DropIndex(
                name: "ix_cases_paused_until",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_state_calendar_version",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "excluded",
                table: "inbox_tasks");

            migrationBuilder.DropColumn(
                name: "held_at",
                table: "inbox_tasks");

            migrationBuilder.DropColumn(
                name: "about",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "backdate_reason",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "calendar_version",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "entered_at",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "handed_over",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "legal_clauses",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "legal_finding",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "related_to",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "risk",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "risk_text",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "details",
                table: "case_notices");

            migrationBuilder.DropColumn(
                name: "needs_person",
                table: "case_notices");

            migrationBuilder.AddColumn<string>(
                name: "excluded_login",
                table: "inbox_tasks",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "text",
                table: "case_notices",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(max)",
                oldMaxLength: 8000);
        }
    }
}
