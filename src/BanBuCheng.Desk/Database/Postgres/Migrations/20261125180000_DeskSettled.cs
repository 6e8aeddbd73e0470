using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace BanBuCheng.Desk.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class DeskSettled : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_assigned_role_state_sort_at_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_assigned_unit_state_sort_at_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_case_id_opened_at",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_holder_login_state_sort_at_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_instance_id",
                table: "inbox_tasks");

            migrationBuilder.CreateTable(
                name: "case_reclasses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    to = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    old_due = table.Column<DateOnly>(type: "date", nullable: true),
                    new_due = table.Column<DateOnly>(type: "date", nullable: false),
                    asked_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    approved_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    approved_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_reclasses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flow_acts",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    definition_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    from_version = table.Column<int>(type: "integer", nullable: true),
                    to_version = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    actor_login = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actor_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_acts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_assigned_person_case_id",
                table: "inbox_tasks",
                columns: new[] { "assigned_person", "case_id" },
                filter: "assigned_person IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_assigned_role_sort_at_id",
                table: "inbox_tasks",
                columns: new[] { "assigned_role", "sort_at", "id" },
                filter: "state = 'Open' AND assigned_role IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_assigned_unit_case_id",
                table: "inbox_tasks",
                columns: new[] { "assigned_unit", "case_id" },
                filter: "assigned_unit IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_assigned_unit_sort_at_id",
                table: "inbox_tasks",
                columns: new[] { "assigned_unit", "sort_at", "id" },
                filter: "state = 'Open' AND assigned_unit IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_case_id",
                table: "inbox_tasks",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at",
                table: "inbox_tasks",
                columns: new[] { "done_by_login", "ended_at" },
                filter: "done_by_login IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_holder_login_sort_at_id",
                table: "inbox_tasks",
                columns: new[] { "holder_login", "sort_at", "id" },
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_cases_first_contact_state_due_on_id",
                table: "cases",
                columns: new[] { "first_contact", "state", "due_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_case_reclasses_case_id",
                table: "case_reclasses",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_flow_acts_definition_id",
                table: "flow_acts",
                column: "definition_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_reclasses");

            migrationBuilder.DropTable(
                name: "flow_acts");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_assigned_person_case_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_assigned_role_sort_at_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_assigned_unit_case_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_assigned_unit_sort_at_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_case_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_holder_login_sort_at_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_cases_first_contact_state_due_on_id",
                table: "cases");

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
        }
    }
}
