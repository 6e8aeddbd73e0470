using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DispatchRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_cases_accepted_at_id",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_open_part_on_id",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_paused_until",
                table: "cases");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at_case_id",
                table: "inbox_tasks",
                columns: new[] { "done_by_login", "ended_at", "case_id" },
                filter: "done_by_login IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_accepted_at_id_subject",
                table: "cases",
                columns: new[] { "accepted_at", "id", "subject" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_open_part_on_id",
                table: "cases",
                columns: new[] { "open_part_on", "id" },
                filter: "open_part_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_paused_until",
                table: "cases",
                column: "paused_until",
                filter: "paused_until IS NOT NULL");

            migrationBuilder.CreateTable(
                name: "dispatch_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    item = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    item_key = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    unit_code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    basis = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    case_number = table.Column<string>(type: "nvarchar(12)", maxLength: 12, nullable: true),
                    set_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    set_at = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ended_by = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    ended_at = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ended_why = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispatch_rules", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dispatch_rules_item_key",
                table: "dispatch_rules",
                column: "item_key",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dispatch_rules_item_key_set_at",
                table: "dispatch_rules",
                columns: new[] { "item_key", "set_at" });

            migrationBuilder.CreateIndex(
                name: "ix_dispatch_rules_set_at",
                table: "dispatch_rules",
                column: "set_at");

            // What was arbitrated before the list existed stands in it, the newest decision of each item.
            migrationBuilder.Sql("""
                INSERT INTO dispatch_rules (id, item, item_key, unit_code, basis, case_number, set_by, set_at, version)
                SELECT r.id, c.original_item, upper(replace(c.original_item, N' ', N'')), r.decided_unit, N'裁定', c.number, r.decided_by, r.decided_at, 0
                FROM case_returns r JOIN cases c ON c.id = r.case_id
                WHERE r.decided_by IS NOT NULL AND r.decided_unit IS NOT NULL AND r.decided_at IS NOT NULL AND upper(replace(c.original_item, N' ', N'')) <> N'' AND NOT EXISTS (
                    SELECT 1 FROM case_returns r2 JOIN cases c2 ON c2.id = r2.case_id
                    WHERE r2.decided_by IS NOT NULL AND r2.decided_unit IS NOT NULL AND upper(replace(c2.original_item, N' ', N'')) = upper(replace(c.original_item, N' ', N''))
                      AND (r2.decided_at > r.decided_at OR (r2.decided_at = r.decided_at AND r2.id > r.id)));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dispatch_rules");

            migrationBuilder.DropIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at_case_id",
                table: "inbox_tasks");

            migrationBuilder.DropIndex(
                name: "ix_cases_accepted_at_id_subject",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_open_part_on_id",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_paused_until",
                table: "cases");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_tasks_done_by_login_ended_at",
                table: "inbox_tasks",
                columns: new[] { "done_by_login", "ended_at" },
                filter: "done_by_login IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_accepted_at_id",
                table: "cases",
                columns: new[] { "accepted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_open_part_on_id",
                table: "cases",
                columns: new[] { "open_part_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_paused_until",
                table: "cases",
                column: "paused_until");
        }
    }
}
