using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BanBuCheng.Desk.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class HallIndexes : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
