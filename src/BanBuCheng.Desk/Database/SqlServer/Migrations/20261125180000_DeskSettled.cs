using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.SqlServer.Migrations
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
                name: "flow_acts",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    definition_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    from_version = table.Column<int>(type: "int", nullable: true),
                    to_version = table.Column<int>(type: "int", nullable: true),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    actor_login = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    actor_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flow_acts", x => x.id);
                });

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
                name: "ix_flow_acts_definition_id",
                table: "flow_acts",
                column: "definition_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "flow_acts");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_case_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_holder_login_sort_at_id",
                table: "inbox_tasks");

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
